import { closeSync, constants, fstatSync, openSync, writeSync } from "node:fs";
import { getSystemErrorName } from "node:util";
import koffi from "koffi";

/** What is asked of the kernel, apart so that tests can answer in its place. Errors carry its `code`, such as EBUSY. */
export interface WatchdogKernel {
  /** From here on the watchdog runs. */
  open(device: string): number;
  isCharacterDevice(descriptor: number): boolean;
  control(descriptor: number, request: number, argument: Buffer): void;
  write(descriptor: number, text: string): void;
  close(descriptor: number): void;
}

/** linux/watchdog.h; the numbers are the same on every architecture that we run on. */
export const requests = {
  getSupport: 0x8028_5700,
  getBootStatus: 0x8004_5702,
  setTimeout: 0xc004_5706,
  getTimeout: 0x8004_5707,
} as const;

/** Bits of watchdog_info.options and of the boot status. */
export const option = {
  cardReset: 0x20,
  setTimeout: 0x80,
  magicClose: 0x100,
} as const;

/** sizeof(struct watchdog_info): options, firmware version, identity. */
export const supportSize = 40;

export const linux: WatchdogKernel = {
  open: (device) => openSync(device, constants.O_WRONLY),
  isCharacterDevice: (descriptor) => fstatSync(descriptor).isCharacterDevice(),
  control(descriptor, request, argument) {
    const result = ioctl()(descriptor, request, argument) as number; // declared to return an int
    if (result >= 0) return;
    const code = getSystemErrorName(-koffi.errno());
    throw Object.assign(new Error(`ioctl: ${code}`), { code });
  },
  write: (descriptor, text) => void writeSync(descriptor, text),
  close: closeSync,
};

/** Declared without the ellipsis it has in C: on Linux a third argument is passed alike. Loaded where it is needed. */
function ioctl() {
  loaded ??= koffi.load("libc.so.6").func("int ioctl(int fd, unsigned long request, void *argument)");
  return loaded;
}
let loaded: ReturnType<ReturnType<typeof koffi.load>["func"]> | undefined;
