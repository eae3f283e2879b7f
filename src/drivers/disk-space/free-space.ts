import { statfs } from "node:fs/promises";

export interface FreeSpace {
  /** Bytes this process may still write. */
  readonly free: number;
  readonly total: number;
}

/** How much room the file system of `path` has; for the alarm `DiskNearlyFull`. */
export async function freeSpace(path: string): Promise<FreeSpace> {
  const { bavail, blocks, bsize } = await statfs(path);
  return { free: bavail * bsize, total: blocks * bsize };
}
