import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

export interface DurableWrite {
  /** "existing": that the folder is gone is a fault, and nothing to mend in passing. */
  readonly folder?: "made" | "existing";
  /** Permission bits; the owner's alone unless something else is said. */
  readonly mode?: number;
  /** What it is called until it is whole; only where two may write the same file at once. */
  readonly draft?: string;
  /** Done to the draft before it gets the name: its times, its owner. */
  readonly prepare?: (draft: string) => void;
}

/** Whole or not at all, also through a power cut: synced before it gets its name, and the name is synced after. */
export function writeDurably(file: string, content: string | Uint8Array, options: DurableWrite = {}): void {
  const { folder = "made", mode = 0o600, draft = `${file}.part`, prepare } = options;
  if (folder === "made") makeFolderDurably(dirname(file));
  rmSync(draft, { force: true });
  try {
    writeFileSync(draft, content, { flag: "wx", mode, flush: true });
    prepare?.(draft);
    renameDurably(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** The same on other threads: whoever has something better to do than to wait for a disk. */
export async function writeDurablyBeside(
  file: string,
  content: Uint8Array,
  { mode = 0o600, draft = `${file}.part` }: Pick<DurableWrite, "mode" | "draft"> = {},
): Promise<void> {
  await makeFolderDurablyBeside(dirname(file));
  await rm(draft, { force: true });
  try {
    await writeFile(draft, content, { flag: "wx", mode, flush: true });
    await renameDurablyBeside(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

export async function renameDurablyBeside(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncPathBeside(dirname(to));
}

async function makeFolderDurablyBeside(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made))
    await syncPathBeside(dirname(made));
}

async function syncPathBeside(path: string): Promise<void> {
  await using opened = await open(path, "r");
  await opened.sync();
}

/** The content must have been synced before. Both names are in the same folder. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  syncPath(dirname(to));
}

/** Nothing where it is not there. */
export function removeDurably(file: string): void {
  if (!existsSync(file)) return;
  rmSync(file);
  syncPath(dirname(file));
}

/** For the owner alone, with the folders above it that are missing. */
export function makeFolderDurably(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) syncPath(dirname(made));
}

/** Of a folder: the names in it, after one was made, given, or removed. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
