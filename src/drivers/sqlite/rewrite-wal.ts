import { closeSync, fdatasyncSync, openSync, readSync, writeSync } from "node:fs";

const chunkLength = 1024 * 1024;

/**
 * Writes a write-ahead log's bytes again where they are, and syncs them.
 *
 * After a failed sync, Linux holds the pages as clean although the disk may not have them: the next sync
 * would succeed without writing them, and everything appended after them would be lost with them at a
 * power cut. Writing them again makes them dirty again. The same bytes at the same places: a reader, or
 * a crash half-way, sees no difference.
 */
export function rewriteWal(file: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r+");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
  try {
    const chunk = Buffer.alloc(chunkLength);
    for (let position = 0; ; ) {
      const length = readSync(descriptor, chunk, 0, chunkLength, position);
      if (length === 0) break;
      position += writeSync(descriptor, chunk, 0, length, position);
    }
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
