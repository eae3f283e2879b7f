import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from "node:fs";

/** Overwritten first: on a disk that writes in place nothing of it stays. Flash keeps old blocks for a while. */
export function overwriteAndRemove(file: string): void {
  const { nlink, size } = statSync(file);
  // Under another name it may be the present key: then only this name goes.
  if (nlink === 1) {
    const descriptor = openSync(file, "r+");
    try {
      writeSync(descriptor, randomBytes(size), 0, size, 0);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }
  rmSync(file);
}
