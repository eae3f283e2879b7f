import { describe, expect, test } from "vitest";
import type { DoorName, Lock } from "../../domain/names.ts";
import type { Instant } from "../../domain/time.ts";
import {
  type DoorHardware,
  HardwareFault,
  lineOf,
  type Reading,
  type VestibuleReading,
} from "../door-hardware.ts";

/**
 * One vestibule `v1` whose doors have contact, bolt and button, with every input of the box and a buzzer, and a further
 * output `siren`; closed and at rest to begin with.
 */
export interface DoorHardwareUnderTest {
  readonly hardware: DoorHardware;
  /** Every level a lock's line has had since power came on, oldest first. */
  lockLevels(door: DoorName): readonly Lock[];
  /** Opens or closes the leaf by hand, whatever the lock says. */
  move(door: DoorName, to: "open" | "closed"): void;
  press(door: DoorName, pressed: boolean): void;
  /** True: fire, locked down, housing open, mains there, battery good. */
  setInput(input: VestibuleReading["input"], active: boolean): void;
  isSounding(): boolean;
  /** Whether the output `siren` is. */
  isDriven(): boolean;
  /** Takes the lines away, and gives them back: the board is unplugged, the chip is gone. */
  breakLines(): void;
  mendLines(): void;
  /** Lets time pass for bolts to travel and contacts to come to rest. */
  settle(): Promise<void>;
}

/** What every driver of DoorHardware keeps; run by each of them beside its own tests. */
export function doorHardwareContract(name: string, create: () => DoorHardwareUnderTest): void {
  const opened = async (under: DoorHardwareUnderTest, seen: { reading: Reading; at: Instant }[] = []) => {
    const opening = under.hardware.open((reading, at) => seen.push({ reading, at }));
    await under.settle();
    return { readings: await opening, seen };
  };
  const valuesOf = (seen: readonly { reading: Reading }[], input: Reading["input"]): Reading["value"][] =>
    seen.filter(({ reading }) => reading.input === input).map(({ reading }) => reading.value);

  describe(`${name} keeps the contract of door hardware`, () => {
    test("R10: opening it secures every lock, and none is released even for an instant", async () => {
      const under = create();
      await opened(under);
      for (const door of ["outer", "inner"] as const) {
        expect(under.lockLevels(door).length).toBeGreaterThan(0);
        expect(under.lockLevels(door)).not.toContain("released");
      }
    });

    test("opening it gives the first reading of every fitted input, once", async () => {
      const { readings } = await opened(create());
      const names = readings.map((reading) => `${lineOf(reading)}=${reading.value}`);
      expect(names.toSorted()).toEqual([
        "v1.battery=true",
        "v1.fire=inactive",
        "v1.inner.bolt=thrown",
        "v1.inner.contact=closed",
        "v1.inner.rex=false",
        "v1.lockdown=false",
        "v1.mains=true",
        "v1.outer.bolt=thrown",
        "v1.outer.contact=closed",
        "v1.outer.rex=false",
        "v1.tamper=false",
      ]);
    });

    test("a door moved before opening is seen by the first reading", async () => {
      const under = create();
      under.move("inner", "open");
      await under.settle();
      const { readings } = await opened(under);
      expect(readings).toContainEqual({ vestibule: "v1", door: "inner", input: "contact", value: "open" });
      expect(under.hardware.read("v1", "inner").contact).toBe("open");
    });

    test("a commanded lock is switched, alone, and its bolt is read back", async () => {
      const under = create();
      const { seen } = await opened(under);
      under.hardware.command("v1", "outer", "released");
      await under.settle();
      expect(under.lockLevels("outer").at(-1)).toBe("released");
      expect(under.lockLevels("inner")).not.toContain("released");
      expect(under.hardware.read("v1", "outer")).toEqual({ contact: "closed", bolt: "retracted" });
      expect(under.hardware.read("v1", "inner")).toEqual({ contact: "closed", bolt: "thrown" });
      under.hardware.command("v1", "outer", "secured");
      await under.settle();
      expect(under.hardware.read("v1", "outer").bolt).toBe("thrown");
      expect(valuesOf(seen, "bolt")).toEqual(["retracted", "thrown"]);
    });

    test("edges come in order, each different from the one before, ending with what is so", async () => {
      const under = create();
      const { seen } = await opened(under);
      under.move("outer", "open");
      await under.settle();
      under.move("outer", "closed");
      await under.settle();
      const contacts = valuesOf(seen, "contact");
      expect(contacts[0]).toBe("open");
      expect(contacts.at(-1)).toBe("closed");
      expect(contacts.every((value, index) => index === 0 || value !== contacts[index - 1])).toBe(true);
      expect(seen.every(({ at }, index) => index === 0 || at >= (seen[index - 1]?.at ?? 0))).toBe(true);
      expect(seen.every(({ reading }) => lineOf(reading).startsWith("v1.outer."))).toBe(true);
    });

    test("R11: the button's press and release are edges", async () => {
      const under = create();
      const { seen } = await opened(under);
      under.press("inner", true);
      await under.settle();
      under.press("inner", false);
      await under.settle();
      expect(valuesOf(seen, "rex")).toEqual([true, false]);
    });

    test("R12, R14: the inputs of the box are read at the start and at each edge", async () => {
      const under = create();
      under.setInput("fire", true);
      const { readings, seen } = await opened(under);
      expect(readings).toContainEqual({ vestibule: "v1", input: "fire", value: "active" });
      under.setInput("fire", false);
      for (const input of ["lockdown", "tamper"] as const) under.setInput(input, true);
      for (const input of ["mains", "battery"] as const) under.setInput(input, false);
      await under.settle();
      const last = new Map(seen.map(({ reading }) => [lineOf(reading), reading.value]));
      expect(Object.fromEntries(last)).toEqual({
        "v1.fire": "inactive",
        "v1.lockdown": true,
        "v1.tamper": true,
        "v1.mains": false,
        "v1.battery": false,
      });
    });

    test("R6: the buzzer sounds when told to, and is silent when the lines are parked", async () => {
      const under = create();
      await opened(under);
      expect(under.isSounding()).toBe(false);
      under.hardware.sound("v1", true);
      await under.settle();
      expect(under.isSounding()).toBe(true);
      await under.hardware[Symbol.asyncDispose]();
      await under.settle();
      expect(under.isSounding()).toBe(false);
    });

    test("a further output is driven when told to, moves no lock, and is at rest when the lines are parked", async () => {
      const under = create();
      await opened(under);
      for (const on of [true, false, true]) {
        under.hardware.drive("siren", on);
        await under.settle();
        expect([under.isDriven(), under.isSounding()]).toEqual([on, false]);
      }
      await under.hardware[Symbol.asyncDispose]();
      await under.settle();
      expect(under.isDriven()).toBe(false);
      for (const door of ["outer", "inner"] as const)
        expect(under.lockLevels(door)).not.toContain("released");
    });

    test("T32: lines that are gone read as faults, are reported as such, and refuse commands", async () => {
      const under = create();
      const { seen } = await opened(under);
      under.breakLines();
      await under.settle();
      expect(under.hardware.read("v1", "outer")).toEqual({ contact: "fault", bolt: "fault" });
      expect(valuesOf(seen, "contact")).toEqual(["fault", "fault"]);
      expect(valuesOf(seen, "bolt")).toEqual(["fault", "fault"]);
      expect(valuesOf(seen, "fire")).toEqual(["fault"]);
      expect(valuesOf(seen, "lockdown")).toEqual([true]);
      expect(valuesOf(seen, "tamper")).toEqual([true]);
      expect(valuesOf(seen, "mains")).toEqual([false]);
      expect(valuesOf(seen, "battery")).toEqual([false]);
      for (const lock of ["released", "secured"] as const) {
        expect(() => under.hardware.command("v1", "inner", lock)).toThrow(HardwareFault);
      }
      expect(() => under.hardware.drive("siren", true)).toThrow(HardwareFault);
    });

    test("T32: lines that come back are secured and read again", async () => {
      const under = create();
      const { seen } = await opened(under);
      under.hardware.command("v1", "outer", "released");
      under.breakLines();
      await under.settle();
      under.mendLines();
      await under.settle();
      expect(under.lockLevels("outer").at(-1)).toBe("secured");
      expect(under.hardware.read("v1", "outer")).toEqual({ contact: "closed", bolt: "thrown" });
      expect(valuesOf(seen, "contact").slice(-2)).toEqual(["closed", "closed"]);
      expect(() => under.hardware.command("v1", "outer", "released")).not.toThrow();
    });

    test("a line that does not exist cannot be commanded and reads as a fault", async () => {
      const under = create();
      await opened(under);
      expect(() => under.hardware.command("v9", "outer", "released")).toThrow(HardwareFault);
      expect(under.hardware.read("v9", "outer").contact).toBe("fault");
    });

    test("disposing parks every lock secured and reports nothing more", async () => {
      const under = create();
      const { seen } = await opened(under);
      under.hardware.command("v1", "outer", "released");
      await under.settle();
      const reported = seen.length;
      await under.hardware[Symbol.asyncDispose]();
      await under.settle();
      expect(under.lockLevels("outer").at(-1)).toBe("secured");
      under.move("inner", "open");
      await under.settle();
      expect(seen).toHaveLength(reported);
      expect(under.hardware.read("v1", "inner").contact).toBe("fault");
      expect(() => under.hardware.command("v1", "outer", "released")).toThrow(HardwareFault);
    });
  });
}
