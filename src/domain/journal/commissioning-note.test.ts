import { expect, test } from "vitest";
import { parseCheckpoint } from "./checkpoint.ts";
import { commissioningNoteText, parseCommissioningNote } from "./commissioning-note.ts";
import { NoteFault } from "./signed-note.ts";

const note = {
  site: "hz-01",
  seq: 812,
  hash: "a".repeat(64),
  files: [{ name: "report-en.pdf", sha256: "b".repeat(64) }],
};

test("a note reads back as it was written, and nothing else reads as one", () => {
  const text = commissioningNoteText(note);
  expect(parseCommissioningNote(text)).toEqual(note);
  for (const other of [
    text.replace("v1", "v2"),
    text.replace("sha256", "md5"),
    `${text}more`,
    "vestibule/hz\n9\n",
  ])
    expect(() => parseCommissioningNote(other)).toThrow(NoteFault);
});

test("T41: what the journal's key signs here can never be shown for a checkpoint of the journal", () => {
  expect(() => parseCheckpoint(commissioningNoteText(note))).toThrow(NoteFault);
});
