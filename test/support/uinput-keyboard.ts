import { closeSync, constants, openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { getSystemErrorName } from "node:util";
import koffi from "koffi";

const libc = koffi.load("libc.so.6");
const ioctl = libc.func("int ioctl(int fd, unsigned long request, long argument)");

/** linux/uinput.h: UI_DEV_CREATE, UI_DEV_DESTROY, UI_SET_EVBIT, UI_SET_KEYBIT. */
const create = 0x5501;
const destroy = 0x5502;
const setEvent = 0x40045564;
const setKey = 0x40045565;
const keyEvents = 1;
const miscEvents = 4;
const keysOfKeyboard = 120;
/** `struct uinput_user_dev`: a name of 80 bytes, then numbers that all may be nothing. */
const deviceSize = 1116;

/** A keyboard without keys: what is written to it the kernel takes for typed. */
export class UinputKeyboard implements Disposable {
  readonly #descriptor: number;
  readonly path: string;

  constructor(name: string) {
    this.#descriptor = openSync("/dev/uinput", constants.O_WRONLY | constants.O_NONBLOCK);
    called(ioctl(this.#descriptor, setEvent, keyEvents));
    called(ioctl(this.#descriptor, setEvent, miscEvents));
    for (let key = 1; key <= keysOfKeyboard; key++) called(ioctl(this.#descriptor, setKey, key));
    const device = Buffer.alloc(deviceSize);
    device.write(name);
    writeSync(this.#descriptor, device);
    called(ioctl(this.#descriptor, create, 0));
    this.path = pathOf(name);
  }

  /** Whole input events; the kernel stamps them itself. */
  write(events: Buffer): void {
    writeSync(this.#descriptor, events);
  }

  [Symbol.dispose](): void {
    called(ioctl(this.#descriptor, destroy, 0));
    closeSync(this.#descriptor);
  }
}

function pathOf(name: string): string {
  const folder = "/sys/class/input";
  const event = readdirSync(folder).find(
    (entry) =>
      entry.startsWith("event") && readFileSync(`${folder}/${entry}/device/name`, "utf8").trim() === name,
  );
  if (event === undefined) throw new Error(`the kernel made no event device of ${name}`);
  return `/dev/input/${event}`;
}

function called(result: unknown): void {
  if (typeof result !== "number" || result < 0)
    throw new Error(`ioctl: ${getSystemErrorName(-koffi.errno())}`);
}
