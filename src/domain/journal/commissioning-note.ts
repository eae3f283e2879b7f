import { NoteFault } from "./signed-note.ts";

/** A commissioning report's files, by the names under which they are handed over, with their SHA-256 in hexadecimal. */
export interface CommissioningNote {
  readonly site: string;
  /** The record that ended it. */
  readonly seq: number;
  readonly hash: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/** No journal is called so, and the second line is no size: what this key signs here is never a checkpoint. */
const kind = "vestibule commissioning report v1";

export const commissioningNoteText = ({ site, seq, hash, files }: CommissioningNote): string =>
  [
    kind,
    `site ${site}`,
    `journal ${seq} ${hash}`,
    ...files.map(({ name, sha256 }) => `sha256 ${sha256} ${name}`),
    "",
  ].join("\n");

/** Throws NoteFault. */
export function parseCommissioningNote(text: string): CommissioningNote {
  const [first, siteLine = "", journalLine = "", ...rest] = text.split("\n");
  const site = /^site ([a-z][a-z0-9-]{0,31})$/.exec(siteLine)?.[1];
  const journal = /^journal (\d{1,15}) ([0-9a-f]{64})$/.exec(journalLine);
  const files = rest.slice(0, -1).map((line) => /^sha256 ([0-9a-f]{64}) ([A-Za-z0-9.-]{1,64})$/.exec(line));
  if (first !== kind || site === undefined || journal === null || rest.at(-1) !== "")
    throw new NoteFault("no note of a commissioning report");
  return {
    site,
    seq: Number(journal[1]),
    hash: journal[2] ?? "",
    files: files.map((file) => {
      if (file === null) throw new NoteFault("a line of the note names no file");
      return { sha256: file[1] ?? "", name: file[2] ?? "" };
    }),
  };
}
