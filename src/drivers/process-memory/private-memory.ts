import { getSystemErrorName } from "node:util";
import koffi from "koffi";

/** linux/prctl.h */
const setDumpable = 4;
/** asm-generic/resource.h */
const coreFileSize = 4;

/**
 * From here on nothing of this process's memory reaches a core file, whatever limit it was started with, and nobody
 * but root may look into it: a crash must not leave faces and keys on the disk. A handler that the kernel pipes cores
 * to disregards the limit, so both are set. Processes started from this one inherit the limit alone.
 */
export function keepMemoryPrivate(): void {
  const libc = koffi.load("libc.so.6");
  const limit = new BigUint64Array(2);
  call("setrlimit", libc.func("int setrlimit(int resource, const void *limit)")(coreFileSize, limit));
  const prctl = libc.func(
    "int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)",
  );
  call("prctl", prctl(setDumpable, 0, 0, 0, 0));
}

function call(name: string, result: unknown): void {
  if (result !== 0) throw new Error(`${name}: ${getSystemErrorName(-koffi.errno())}`);
}
