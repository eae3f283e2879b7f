import { parseArgs } from "node:util";
import { openProofsForReading } from "../drivers/sqlite/open-for-proving.ts";
import { NoProof } from "../ports/journal-proofs.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, dataDirectory, onlyOne } from "./storage-command.ts";

const usage = `Usage: vestibule journal prove SEQ [--size N] [--json]

Prints, as JSON, one record of the journal in VESTIBULE_DATA (default var) with the proof that it is among the records of a
signed checkpoint: {"record", "salt", "leaf", "proof", "checkpoint", …}. Whoever holds the public key can check it without the journal
and without any other record (RFC 6962 §2.1.1; docs/journal.md says how).

  --json  on one line
  --size  of the checkpoint over so many records; default: the newest
`;

export const journalProve: Command = {
  name: ["journal", "prove"],
  summary: "prove one record to somebody who holds the public key alone",
  usage,
  run: (args, io) =>
    answering("journal prove", io, () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { size: { type: "string" }, json: { type: "boolean", default: false } },
      });
      const seq = wholeNumber(onlyOne(positionals, "record's number"));
      using journal = openProofsForReading(dataDirectory(io.env));
      const size = values.size === undefined ? undefined : wholeNumber(values.size);
      try {
        io.stdout(`${JSON.stringify(journal.proven(seq, size), undefined, values.json ? undefined : 2)}\n`);
        return 0;
      } catch (error) {
        if (!(error instanceof NoProof)) throw error;
        io.stderr(`journal prove: ${error.message}\n`);
        return 1;
      }
    }),
};

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InputError(`${text}: a record's number is expected`);
}
