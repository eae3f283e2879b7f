import { closeSync, openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { openJournalForReading } from "../drivers/sqlite/open-for-reading.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, dataDirectory } from "./storage-command.ts";

const usage = `Usage: vestibule journal export [--output FILE]

Writes the whole journal of VESTIBULE_DATA (default var), one record a line as JSON; the controller may be running.
Each line has all that its hash is over, so that the chain can be checked elsewhere: SHA-256 over the lines
"vestibule journal 1", the previous record's hash (64 zeros before the first), and the record without its hash
in canonical JSON (RFC 8785).

  --output  into this new file instead of the standard output
`;

const pageSize = 1_000;

export const journalExport: Command = {
  name: ["journal", "export"],
  summary: "write the whole journal as JSON lines",
  usage,
  run: (args, io) =>
    answering("journal export", io, () => {
      const { values } = parseArgs({ args: [...args], options: { output: { type: "string" } } });
      using journal = openJournalForReading(dataDirectory(io.env));
      using output = outputTo(values.output, io.stdout);
      for (let after = 0; ; ) {
        const page = journal.query({ after, limit: pageSize });
        const last = page.at(-1);
        if (last === undefined) return 0;
        output.write(page.map((record) => `${JSON.stringify(record)}\n`).join(""));
        after = last.seq;
      }
    }),
};

function outputTo(
  file: string | undefined,
  stdout: (text: string) => void,
): { readonly write: (text: string) => void } & Disposable {
  if (file === undefined) return { write: stdout, [Symbol.dispose]: () => {} };
  let descriptor: number;
  try {
    // Never over a file that is there; what it holds is for few eyes.
    descriptor = openSync(file, "wx", 0o600);
  } catch (error) {
    throw new InputError(`${file} cannot be made: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { write: (text) => void writeSync(descriptor, text), [Symbol.dispose]: () => closeSync(descriptor) };
}
