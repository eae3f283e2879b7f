import { parseArgs } from "node:util";
import { verifyJournalIn } from "../drivers/sqlite/open-for-reading.ts";
import type { JournalVerdict } from "../ports/journal.ts";
import type { Command } from "./command.ts";
import { answering, dataDirectory, printable } from "./storage-command.ts";

const usage = `Usage: vestibule journal verify [--json]

Recomputes the whole chain of the journal in VESTIBULE_DATA (default var); the controller may be running.
Exit 0: every record is as it was written, 1: one is not (the first is named), 2: there is no journal to read.
`;

export const journalVerify: Command = {
  name: ["journal", "verify"],
  summary: "check that nobody changed the journal",
  usage,
  run: (args, io) =>
    answering("journal verify", io, () => {
      const { values } = parseArgs({
        args: [...args],
        options: { json: { type: "boolean", default: false } },
      });
      const verdict = verifyJournalIn(dataDirectory(io.env));
      io.stdout(values.json ? `${JSON.stringify(verdict)}\n` : sentence(verdict));
      return verdict.intact ? 0 : 1;
    }),
};

function sentence(verdict: JournalVerdict): string {
  if (verdict.intact) {
    const { records, last, head } = verdict;
    return `intact: ${records} records, up to ${last}, head ${head}\n`;
  }
  const where = verdict.seq === 0 ? "the file" : `record ${verdict.seq}`;
  return `NOT INTACT: ${where}: ${verdict.fault}: ${printable(verdict.detail)}\n`;
}
