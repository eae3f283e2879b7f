import { describe, expect, test } from "vitest";
import { doorNames } from "../../domain/names.ts";
import { instant } from "../../domain/time.ts";
import {
  type DoorHardwareUnderTest,
  doorHardwareContract,
} from "../../ports/contracts/door-hardware.contract.ts";
import { HardwareFault, lineOf, type Reading } from "../../ports/door-hardware.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { FakeLineDriver, lineForTests, planForTests } from "./fake-line-driver.ts";
import { GpioDoorHardware } from "./gpio-door-hardware.ts";
import { BoardMismatch } from "./line-driver.ts";
import type { GpioPlan } from "./line-plan.ts";

doorHardwareContract("GpioDoorHardware", underTest);

function underTest(): DoorHardwareUnderTest {
  const clock = new VirtualClock();
  // A bolt follows its lock at once; the contact is whatever the leaf is moved to.
  const driver = new FakeLineDriver((name, active) => {
    if (name.endsWith(".lock")) driver.input(name.replace("lock", "bolt"), active, clock.now());
  });
  for (const power of ["mains", "battery"]) driver.inputUnseen(power, true);
  const hardware = new GpioDoorHardware({ plan: planForTests(), driver, clock, log: () => {} });
  return {
    hardware,
    lockLevels: (door) =>
      (driver.levels.get(`${door}.lock`) ?? []).map((active) => (active ? "released" : "secured")),
    move: (door, to) => driver.input(`${door}.contact`, to === "open", clock.now()),
    press: (door, pressed) => driver.input(`${door}.rex`, pressed, clock.now()),
    setInput: (input, active) => driver.input(input, active, clock.now()),
    isSounding: () => driver.level("buzzer"),
    isDriven: () => driver.level("output.siren"),
    breakLines: () => driver.away.add("chip"),
    mendLines: () => driver.away.delete("chip"),
    settle: async () => {
      for (let turn = 0; turn < 2; turn++) {
        await Promise.resolve();
        clock.advance(100);
      }
    },
  };
}

interface Seen {
  readonly line: string;
  readonly value: Reading["value"];
  readonly at: number;
}

function rig(plan: GpioPlan = planForTests()) {
  const clock = new VirtualClock();
  const driver = new FakeLineDriver();
  const texts: string[] = [];
  const seen: Seen[] = [];
  const hardware = new GpioDoorHardware({ plan, driver, clock, log: (text) => texts.push(text) });
  const open = () =>
    hardware.open((reading, at) => seen.push({ line: lineOf(reading), value: reading.value, at }));
  return { clock, driver, texts, seen, hardware, open };
}

describe("edges", () => {
  test("have the kernel's own time", async () => {
    const { clock, driver, seen, open } = rig();
    await open();
    clock.advance(50);
    driver.input("outer.contact", true, instant(1_020));
    expect(seen).toEqual([{ line: "v1.outer.contact", value: "open", at: 1_020 }]);
  });

  test.each([
    ["none at all", undefined],
    ["one that lies ahead", instant(9_999)],
    ["one of before this was opened", instant(900)],
    ["one of long ago, for whoever was away meanwhile let timers run", instant(1_100)],
  ])("have the time they are seen where the kernel gives %s", async (_, at) => {
    const { clock, driver, seen, open } = rig();
    await open();
    clock.advance(5_000);
    driver.input("outer.contact", true, at);
    expect(seen.map((each) => each.at)).toEqual([6_000]);
  });

  test("are not older than the first readings: those were so already", async () => {
    const { clock, driver, seen, open } = rig();
    clock.advance(10);
    await open();
    clock.advance(40);
    driver.input("outer.contact", true, instant(1_005));
    expect(seen.map(({ at }) => at)).toEqual([1_010]);
  });

  test("never run backwards, even where the kernel's times do", async () => {
    const { clock, driver, seen, open } = rig();
    await open();
    clock.advance(50);
    driver.input("outer.contact", true, instant(1_040));
    driver.input("inner.contact", true, instant(1_030));
    expect(seen.map(({ at }) => at)).toEqual([1_040, 1_040]);
  });

  test("T27: a pulse too short for its level to be read is a pulse all the same", async () => {
    const { driver, seen, open } = rig();
    await open();
    driver.input("outer.contact", true);
    driver.input("outer.contact", false);
    seen.length = 0;
    driver.edge("outer.contact", false);
    expect(seen.map(({ value }) => value)).toEqual(["open", "closed"]);
  });

  test("T32: one that the kernel lost is known at the next look, and once", async () => {
    const { clock, driver, seen, open } = rig();
    await open();
    driver.inputUnseen("outer.contact", true);
    clock.advance(99);
    expect(seen).toEqual([]);
    clock.advance(1);
    expect(seen.map(({ value }) => value)).toEqual(["open"]);
    driver.edge("outer.contact", true);
    clock.advance(1_000);
    expect(seen).toHaveLength(1);
  });

  test("T32: who was told otherwise in between, when he asked, hears of it though nobody saw an edge", async () => {
    const { clock, driver, hardware, seen, open } = rig();
    await open();
    driver.input("inner.contact", true);
    driver.inputUnseen("inner.contact", false);
    expect(hardware.read("v1", "inner").contact).toBe("closed");
    driver.inputUnseen("inner.contact", true);
    seen.length = 0;
    clock.advance(100);
    expect(seen.map(({ line, value }) => `${line}=${value}`)).toEqual(["v1.inner.contact=open"]);
    clock.advance(100);
    expect(seen).toHaveLength(1);
  });

  test("T32: where the kernel says that some were lost, everything is read at once", async () => {
    const { driver, seen, open } = rig();
    await open();
    driver.inputUnseen("inner.contact", true);
    driver.gap();
    expect(seen.map(({ line, value }) => `${line}=${value}`)).toEqual(["v1.inner.contact=open"]);
  });
});

describe("lines that several vestibules share", () => {
  test("R12: the fire panel's contact is everybody's", async () => {
    const { driver, seen, open } = rig(planForTests("v1", "v2"));
    await open();
    driver.input("fire", true);
    expect(seen.map(({ line, value }) => `${line}=${value}`)).toEqual(["v1.fire=active", "v2.fire=active"]);
  });

  test("the others are each vestibule's own", async () => {
    const { driver, hardware, open } = rig(planForTests("v1", "v2"));
    await open();
    hardware.command("v2", "inner", "released");
    expect(driver.level("v2.inner.lock")).toBe(true);
    expect(driver.level("inner.lock")).toBe(false);
  });
});

describe("what cannot be read errs on the safe side", () => {
  test("R14: locked down, tampered with, without mains, the battery low; a button is not pressed", async () => {
    const { clock, driver, seen, open } = rig();
    for (const power of ["mains", "battery"]) driver.inputUnseen(power, true);
    await open();
    driver.away.add("chip");
    clock.advance(100);
    const values = Object.fromEntries(seen.map(({ line, value }) => [line, value]));
    expect(values).toMatchObject({
      "v1.lockdown": true,
      "v1.tamper": true,
      "v1.mains": false,
      "v1.battery": false,
    });
    expect(values).not.toHaveProperty(["v1.outer.rex"]);
  });

  test("R11: a button that is pressed when the lines come back is no press; its release and the next are told", async () => {
    const { clock, driver, seen, open } = rig();
    await open();
    driver.away.add("chip");
    clock.advance(100);
    driver.inputUnseen("outer.rex", true);
    driver.away.delete("chip");
    clock.advance(100);
    const presses = (): unknown[] =>
      seen.filter(({ line }) => line === "v1.outer.rex").map(({ value }) => value);
    expect(presses()).toEqual([]);
    driver.input("outer.rex", false);
    driver.input("outer.rex", true);
    expect(presses()).toEqual([false, true]);
  });

  test("a door without a bolt sensor has none, whatever becomes of the chip", async () => {
    const door = (name: string) => ({
      lock: lineForTests(`${name}.lock`),
      contact: lineForTests(`${name}.contact`),
    });
    const { driver, hardware, open } = rig(
      new Map([["v1", { doors: { outer: door("outer"), inner: door("inner") } }]]),
    );
    await open();
    expect(hardware.read("v1", "outer")).toEqual({ contact: "closed", bolt: "unfitted" });
    driver.away.add("chip");
    expect(hardware.read("v1", "outer")).toEqual({ contact: "fault", bolt: "unfitted" });
    expect(() => hardware.sound("v1", true)).not.toThrow();
  });
});

describe("T30: outputs that do not obey", () => {
  test("a lock that reads otherwise than commanded is a fault of that lock", async () => {
    const { driver, hardware, open } = rig();
    await open();
    driver.stuck.add("outer.lock");
    expect(() => hardware.command("v1", "outer", "released")).toThrow(/^v1\.outer\.lock: .*reads otherwise/);
    expect(() => hardware.command("v1", "inner", "released")).not.toThrow();
  });

  test("one that something else moved is put to rest, and the others stay as they are", async () => {
    const { clock, driver, texts, hardware, open } = rig(planForTests("v1", "v2"));
    await open();
    hardware.command("v2", "outer", "released");
    driver.force("outer.lock", true);
    clock.advance(100);
    expect(driver.level("outer.lock")).toBe(false);
    expect(driver.level("v2.outer.lock")).toBe(true);
    expect(texts).toEqual([expect.stringContaining("outer.lock")]);
  });

  test("one that stays wrong is said once, not ten times a second", async () => {
    const { clock, driver, texts, open } = rig();
    await open();
    driver.force("outer.lock", true);
    driver.stuck.add("outer.lock");
    clock.advance(5_000);
    expect(texts).toHaveLength(1);
  });
});

describe("T32: opening", () => {
  test("R10: without its chip it opens all the same, believes no line, and takes the chip when it comes", async () => {
    const { clock, driver, texts, hardware, open } = rig();
    driver.away.add("chip");
    const readings = await open();
    expect(readings.filter(({ input }) => input === "contact").map(({ value }) => value)).toEqual([
      "fault",
      "fault",
    ]);
    expect(() => hardware.command("v1", "outer", "secured")).toThrow(/no chip has this label/);
    expect(texts).toEqual([
      expect.stringContaining("outer.lock, inner.lock"),
      expect.stringContaining("fire"),
    ]);
    driver.away.delete("chip");
    clock.advance(100);
    expect(hardware.read("v1", "outer").contact).toBe("closed");
    for (const door of doorNames) expect(driver.levels.get(`${door}.lock`)).toEqual([false]);
    expect(() => hardware.command("v1", "outer", "released")).not.toThrow();
  });

  test.each(["locks", "contacts"])("is refused where waiting is no use, for %s", async (chip) => {
    const door = (name: string) => ({
      lock: lineForTests(`${name}.lock`, { chip: "locks" }),
      contact: lineForTests(`${name}.contact`, { chip: "contacts" }),
    });
    const { driver, open } = rig(
      new Map([["v1", { doors: { outer: door("outer"), inner: door("inner") } }]]),
    );
    driver.refusals.set(chip, new BoardMismatch(chip, "several chips have this label"));
    await expect(open()).rejects.toThrow(BoardMismatch);
  });

  test("a mismatch that comes later is a fault like any other: the doors are not left to themselves", async () => {
    const { clock, driver, hardware, open } = rig();
    await open();
    driver.away.add("chip");
    clock.advance(100);
    driver.refusals.set("chip", new BoardMismatch("chip", "several chips have this label"));
    clock.advance(1_000);
    expect(() => hardware.command("v1", "outer", "secured")).toThrow(HardwareFault);
    driver.refusals.clear();
    driver.away.delete("chip");
    clock.advance(100);
    expect(hardware.read("v1", "outer").contact).toBe("closed");
  });
});

test("nothing is left running once it is disposed", async () => {
  const { clock, hardware, open } = rig();
  await open();
  await hardware[Symbol.asyncDispose]();
  expect(clock.nextWake()).toBeUndefined();
});
