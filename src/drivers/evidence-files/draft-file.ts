import { randomBytes } from "node:crypto";
import { type Stats, utimesSync } from "node:fs";
import { renameDurably, writeDurably, writeDurablyBeside } from "../../durable-files/durable-file.ts";

export const draftSuffix = ".part";

/** A name beside the file for what is not whole yet; the same evidence may be on its way twice. */
export const draftOf = (file: string): string => `${file}.${randomBytes(4).toString("hex")}${draftSuffix}`;

export type FileTimes = Pick<Stats, "atime" | "mtime">;

export function writeEvidence(file: string, bytes: Uint8Array, times?: FileTimes): void {
  writeDurably(file, bytes, { draft: draftOf(file), prepare: (draft) => setTimes(draft, times) });
}

/** The same without waiting: the loop that decides about doors goes on. */
export const writeEvidenceBeside = (file: string, bytes: Uint8Array): Promise<void> =>
  writeDurablyBeside(file, bytes, { draft: draftOf(file) });

/** A draft that has been synced becomes the file. */
export function takeName(draft: string, file: string, times?: FileTimes): void {
  setTimes(draft, times);
  renameDurably(draft, file);
}

function setTimes(draft: string, times: FileTimes | undefined): void {
  if (times !== undefined) utimesSync(draft, times.atime, times.mtime);
}
