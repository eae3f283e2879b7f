import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GpioTrace, markFile } from "../support/gpio-trace.ts";
import { KernelGuest } from "../support/kernel-guest.ts";
import { pullText, SimulatedChip } from "../support/simulated-gpio.ts";

// Before anything is proved with the rig: that it shows what a kernel does with lines, a glitch among it.

const sysfs = "/sys/class/gpio";
const relay = 17;
const contact = 5;

let guest: KernelGuest;
let chip: SimulatedChip;
let trace: GpioTrace;

beforeAll(async () => {
  guest = await KernelGuest.boot({ name: "rig" });
  trace = await GpioTrace.start(guest);
  chip = await SimulatedChip.create(guest, {
    id: "header",
    label: "pinctrl-rp1",
    lines: 54,
    names: { [relay]: "GPIO17", [contact]: "GPIO5" },
  });
});

afterAll(async () => {
  await guest?.[Symbol.asyncDispose]();
});

beforeEach(() => trace.clear());

async function withLine(offset: number, use: (folder: string) => Promise<void>): Promise<void> {
  const number = String(chip.number(offset));
  await guest.write(`${sysfs}/export`, number);
  try {
    await use(`${sysfs}/gpio${number}`);
  } finally {
    await guest.write(`${sysfs}/unexport`, number);
  }
}

describe("a simulated chip in a real kernel", () => {
  test("is found by its label, its numbers begin where this kernel begins them", async () => {
    const base = chip.number(0);
    expect(await guest.read(`${sysfs}/gpiochip${base}/label`)).toBe("pinctrl-rp1\n");
    expect(await guest.read(`${sysfs}/gpiochip${base}/ngpio`)).toBe("54\n");
    expect(base).toBeGreaterThanOrEqual(512);
  });

  test("an input reads what pulls at it from outside", () =>
    withLine(contact, async (folder) => {
      for (const level of [1, 0, 1] as const) {
        await chip.pull(contact, level);
        expect(await guest.read(`${folder}/value`)).toBe(`${level}\n`);
      }
    }));

  test("an output drives its line against the pull", () =>
    withLine(relay, async (folder) => {
      await chip.pull(relay, 0);
      await guest.write(`${folder}/direction`, "high");
      expect(await chip.level(relay)).toBe(1);
      expect(await trace.levels(chip.number(relay))).toEqual([1]);
    }));

  test("one that is unplugged takes its lines along; the next with its label may have other numbers", async () => {
    await chip.unplug();
    await expect(chip.level(relay)).rejects.toThrow("unplugged");
    // Takes the number that has become free.
    const other = await SimulatedChip.create(guest, { id: "other", label: "other", lines: 8 });
    await chip.plugIn();
    expect(await guest.read(`${sysfs}/gpiochip${chip.number(0)}/label`)).toBe("pinctrl-rp1\n");
    expect(await guest.read(`${sysfs}/gpiochip${other.number(0)}/label`)).toBe("other\n");
    await other.remove();
  });
});

describe("the trace is an account of every level", () => {
  test("of one that lasted an instant too", () =>
    withLine(relay, async (folder) => {
      await guest.write(`${folder}/direction`, "high");
      // What a program does that takes over a line as if it were fresh.
      await guest.writeAll([
        { path: `${folder}/direction`, text: "out" },
        { path: `${folder}/value`, text: "1" },
      ]);
      expect(await chip.level(relay)).toBe(1);
      expect(await trace.levels(chip.number(relay))).toEqual([1, 0, 1]);
    }));

  test("with marks of ours among them, on the clock that every process of the guest reads", () =>
    withLine(relay, async (folder) => {
      await guest.write(`${folder}/direction`, "low");
      await trace.clear();
      const before = await guest.now();
      await guest.writeAll([
        { path: markFile, text: "door moved" },
        { path: chip.pullFile(contact), text: pullText(1) },
        { path: `${folder}/value`, text: "1" },
      ]);
      const after = await guest.now();
      const events = await trace.events();
      expect(events.map(({ kind }) => kind)).toEqual(["mark", "set"]);
      const [mark, set] = events.map(({ at }) => at);
      expect(mark).toBeGreaterThanOrEqual(before - 0.001); // the trace counts whole microseconds
      expect(set).toBeGreaterThan(mark ?? 0);
      expect(set).toBeLessThanOrEqual(after);
    }));
});

test("a program in the guest is heard, and its end known", async () => {
  const program = await guest.node(["-e", "console.log(process.version); process.exitCode = 3"]);
  expect(await program.ended).toBe(3);
  expect(program.output).toContain(process.version);
  const sleeper = await guest.node(["-e", "setInterval(() => {}, 1000); console.log('waits')"]);
  await sleeper.printed(/waits/);
  await sleeper.signal("SIGKILL");
  expect(await sleeper.ended).toBe("SIGKILL");
});

test("nothing of this machine's files can be written", async () => {
  await expect(guest.create(import.meta.filename, "")).rejects.toThrow("EROFS");
});

// The last one: the machine is off after it.
test("a hardware watchdog that is no longer fed resets the machine, and QEMU says so", async () => {
  const setTimeoutRequest = 0xc0045706; // WDIOC_SETTIMEOUT, two seconds
  const feedOnce = `
    const { default: koffi } = await import("koffi");
    const { openSync, writeSync } = await import("node:fs");
    const ioctl = koffi.load("libc.so.6").func("int ioctl(int, unsigned long, void *)");
    const watchdog = openSync("/dev/watchdog", "w");
    if (ioctl(watchdog, ${setTimeoutRequest}, Buffer.from([2, 0, 0, 0])) !== 0) throw new Error("no timeout");
    writeSync(watchdog, "1");
    console.log("fed once");
    setInterval(() => {}, 1000);`;
  const program = await guest.node(["--input-type=module", "-e", feedOnce]);
  await program.printed(/fed once/);
  await guest.machine.ended;
  expect(guest.machine.events).toContainEqual(
    expect.objectContaining({ event: "WATCHDOG", data: { action: "reset" } }),
  );
});
