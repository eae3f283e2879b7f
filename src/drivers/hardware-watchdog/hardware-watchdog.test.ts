import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openHardwareWatchdog, WatchdogFault } from "./hardware-watchdog.ts";
import { option, requests, type WatchdogKernel } from "./watchdog-kernel.ts";

interface Machine {
  /** What opening it fails with. */
  readonly refusal?: string;
  readonly options?: number;
  /** The range of its timeout, in seconds. */
  readonly range?: readonly [number, number];
  readonly own?: number;
  readonly bootStatus?: number;
  readonly character?: boolean;
  readonly watchdog?: boolean;
}

const codedError = (code: string): Error => Object.assign(new Error(`open: ${code}`), { code });

/** A driver as the kernel's documentation describes one; `said` is all that it was told. */
function driver(machine: Machine = {}): {
  kernel: WatchdogKernel;
  said: string[];
  broken: { feed: boolean };
} {
  const { options = option.setTimeout | option.magicClose, range = [1, 16], own = 60 } = machine;
  const said: string[] = [];
  const broken = { feed: false };
  let timeout = own;
  const kernel: WatchdogKernel = {
    open(device) {
      if (machine.refusal !== undefined) throw codedError(machine.refusal);
      said.push(`open ${device}`);
      return 7;
    },
    isCharacterDevice: () => machine.character ?? true,
    control(_descriptor, request, argument) {
      if (machine.watchdog === false) throw codedError("ENOTTY");
      switch (request) {
        case requests.getSupport:
          argument.writeUInt32LE(options, 0);
          argument.write("iTCO_wdt", 8, "latin1");
          return;
        case requests.setTimeout: {
          const asked = argument.readInt32LE(0);
          said.push(`timeout ${asked}`);
          if (asked < range[0] || asked > range[1]) throw codedError("EINVAL");
          timeout = asked;
          return;
        }
        case requests.getTimeout:
          argument.writeInt32LE(timeout, 0);
          return;
        case requests.getBootStatus:
          if (machine.bootStatus === undefined) throw codedError("ENOTTY");
          argument.writeInt32LE(machine.bootStatus, 0);
          return;
        default:
          throw codedError("ENOTTY");
      }
    },
    write(_descriptor, text) {
      if (broken.feed) throw codedError("ENODEV");
      said.push(`write ${JSON.stringify(text)}`);
    },
    close: () => void said.push("close"),
  };
  return { kernel, said, broken };
}

test("is opened, told how long to wait, fed, and stopped in order", () => {
  const { kernel, said } = driver({ bootStatus: 0 });
  const watchdog = openHardwareWatchdog("/dev/watchdog0", 15_000, kernel);
  expect(watchdog).toMatchObject({
    identity: "iTCO_wdt",
    timeout: 15_000,
    restartedMachine: false,
    stoppable: true,
  });
  watchdog.feed();
  watchdog.feed();
  watchdog[Symbol.dispose]();
  expect(said).toEqual([
    "open /dev/watchdog0",
    "timeout 15",
    'write "\\u0000"',
    'write "\\u0000"',
    'write "V"',
    "close",
  ]);
});

test("one that refuses our time keeps its own, which is what counts", () => {
  const { kernel } = driver({ range: [1, 10], own: 10 });
  expect(openHardwareWatchdog("/dev/watchdog", 15_000, kernel).timeout).toBe(10_000);
});

test("one whose time is fixed is not told any", () => {
  const { kernel, said } = driver({ options: 0, own: 30 });
  const watchdog = openHardwareWatchdog("/dev/watchdog", 15_000, kernel);
  expect(watchdog).toMatchObject({ timeout: 30_000, stoppable: false });
  expect(said).toEqual(["open /dev/watchdog"]);
});

test("one that would bite before it can be fed is refused, and stopped again", () => {
  const { kernel, said } = driver({ options: option.magicClose, own: 2 });
  expect(() => openHardwareWatchdog("/dev/watchdog", 15_000, kernel)).toThrow("iTCO_wdt waits 2 s only");
  expect(said.slice(1)).toEqual(['write "V"', "close"]);
});

test("says that it restarted the machine, where the driver knows", () => {
  const restarted = (machine: Machine): boolean =>
    openHardwareWatchdog("/dev/watchdog", 15_000, driver(machine).kernel).restartedMachine;
  expect(restarted({ bootStatus: option.cardReset })).toBe(true);
  expect(restarted({ bootStatus: 1 })).toBe(false);
  expect(restarted({})).toBe(false);
});

test.each([
  ["ENOENT", "is not there"],
  ["ENODEV", "is not there"],
  ["EBUSY", "RuntimeWatchdogSec=0"],
  ["EACCES", "may not be opened by this user"],
  ["EIO", "cannot be opened"],
])("%s is told with what to do", (refusal, text) => {
  const open = (): unknown => openHardwareWatchdog("/dev/watchdog9", 15_000, driver({ refusal }).kernel);
  expect(open).toThrow(WatchdogFault);
  expect(open).toThrow(text);
  expect(open).toThrow("/dev/watchdog9");
});

test("a character device that is no watchdog is refused", () => {
  const open = (): unknown => openHardwareWatchdog("/dev/null", 15_000);
  expect(open).toThrow(WatchdogFault);
  expect(open).toThrow("/dev/null is no watchdog: ioctl: ENOTTY");
});

test("a file is refused", () => {
  const folder = mkdtempSync(join(tmpdir(), "vestibule-watchdog-"));
  try {
    const file = join(folder, "watchdog");
    writeFileSync(file, "");
    expect(() => openHardwareWatchdog(file, 15_000)).toThrow(`${file} is no device`);
    expect(() => openHardwareWatchdog(join(folder, "none"), 15_000)).toThrow("is not there");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("one that is gone while it runs cannot be fed, and says so", () => {
  const { kernel, broken } = driver();
  const watchdog = openHardwareWatchdog("/dev/watchdog", 15_000, kernel);
  broken.feed = true;
  expect(() => watchdog.feed()).toThrow(WatchdogFault);
});
