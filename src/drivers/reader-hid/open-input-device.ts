import { closeSync, constants, openSync, readSync } from "node:fs";
import { getSystemErrorName } from "node:util";
import koffi from "koffi";
import type { OpenInputDevice } from "./input-device.ts";
import { inputEventSize } from "./input-events.ts";

const libc = koffi.load("libc.so.6");
// Both requests that are made here take a number or the place of one.
const ioctlNumber = libc.func("int ioctl(int fd, unsigned long request, long argument)");
const ioctlPlace = libc.func("int ioctl(int fd, unsigned long request, void *argument)");

/** linux/input.h: EVIOCGRAB, EVIOCSCLOCKID; time.h: CLOCK_MONOTONIC. */
const grab = 0x40044590;
const setClock = 0x400445a0;
const monotonic = 1;

const eventsAtOnce = 64;

/**
 * Grabbed, so that no card ends up in a login prompt or on a desktop; its events are stamped by the clock that the
 * program's instants are of.
 */
export const openInputDevice: OpenInputDevice = (path) => {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const clock = Buffer.alloc(4);
    clock.writeInt32LE(monotonic);
    called("EVIOCSCLOCKID", ioctlPlace(descriptor, setClock, clock));
    called("EVIOCGRAB", ioctlNumber(descriptor, grab, 1));
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  const bytes = Buffer.alloc(eventsAtOnce * inputEventSize);
  const device = {
    read: () => {
      try {
        return bytes.subarray(0, readSync(descriptor, bytes));
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "EAGAIN") return bytes.subarray(0, 0);
        throw error;
      }
    },
    close: () => closeSync(descriptor),
  };
  // What was typed before it was opened for good is nobody's presentation.
  while (device.read().length > 0);
  return device;
};

function called(name: string, result: unknown): void {
  if (result !== 0) throw new Error(`${name}: ${getSystemErrorName(-koffi.errno())}`);
}
