import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

export const draftSuffix = ".part";

export interface FileTimes {
  readonly atime: Date;
  readonly mtime: Date;
}

/** A name beside the file for what is not whole yet. */
export const draftOf = (file: string): string => `${file}.${randomBytes(4).toString("hex")}${draftSuffix}`;

/** Whole or not at all: a file of its final name has been synced before it got that name. */
export function writeDurably(file: string, bytes: Uint8Array, times?: FileTimes): void {
  makeFolder(dirname(file));
  const draft = draftOf(file);
  try {
    writeFileSync(draft, bytes, { flag: "wx", mode: 0o600, flush: true });
    takeName(draft, file, times);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** A draft that has been synced becomes the file. */
export function takeName(draft: string, file: string, times?: FileTimes): void {
  if (times !== undefined) utimesSync(draft, times.atime, times.mtime);
  renameSync(draft, file);
  syncFolder(dirname(file));
}

export function makeFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) syncFolder(dirname(folder));
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
