import { getSystemErrorName } from "node:util";
import koffi from "koffi";

const libc = koffi.load("libc.so.6");
// Declared without the ellipsis they have in C: on Linux a third argument is passed alike.
const ioctl = libc.func("int ioctl(int fd, unsigned long request, void *argument)");
const fcntl = libc.func("int fcntl(int fd, int command, int argument)");
const poll = libc.func("int poll(void *descriptors, unsigned long count, int timeout)");

const setStatusFlags = 4;
const nonBlocking = 0o4000;
const pollSize = 8;
const readable = 0x1;
/** Error, hang-up, not open: a chip that was removed, or a descriptor that was closed. */
const gone = 0x8 | 0x10 | 0x20;

/** A system call that the kernel refused; `code` is its name, such as EBUSY. */
export class SystemCallError extends Error {
  readonly code: string;
  constructor(call: string) {
    const code = getSystemErrorName(-koffi.errno());
    super(`${call}: ${code}`);
    this.code = code;
  }
}

/** Synchronous, some microseconds; the kernel writes its answer into `argument`. */
export function control(descriptor: number, request: number, argument: Buffer): void {
  const result = ioctl(descriptor, request, argument) as number; // declared to return an int
  if (result < 0) throw new SystemCallError("ioctl");
}

/** A read of it that finds nothing returns at once: whoever waits for edges must never wait in a read. */
export function setNonBlocking(descriptor: number): void {
  const result = fcntl(descriptor, setStatusFlags, nonBlocking) as number; // declared to return an int
  if (result < 0) throw new SystemCallError("fcntl");
}

export interface Readiness {
  readonly descriptor: number;
  readonly readable: boolean;
  readonly gone: boolean;
}

/** Waits in a thread of Node's pool until one of the descriptors is ready, at most `limit` milliseconds. */
export function waitUntilReady(descriptors: readonly number[], limit: number): Promise<readonly Readiness[]> {
  const bytes = Buffer.alloc(descriptors.length * pollSize);
  for (const [index, descriptor] of descriptors.entries()) {
    bytes.writeInt32LE(descriptor, index * pollSize);
    bytes.writeInt16LE(readable, index * pollSize + 4);
  }
  return new Promise((resolve, reject) => {
    poll.async(bytes, descriptors.length, limit, (error: Error | null) => {
      if (error !== null) return reject(error);
      // Interrupted by a signal, nothing is ready and the caller waits again.
      const ready = descriptors.map((descriptor, index) => {
        const events = bytes.readInt16LE(index * pollSize + 6);
        return { descriptor, readable: (events & readable) !== 0, gone: (events & gone) !== 0 };
      });
      resolve(ready);
    });
  });
}
