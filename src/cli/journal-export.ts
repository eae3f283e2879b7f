import { closeSync, openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { exportLines } from "../drivers/journal-file/write-export.ts";
import { openJournalForExport } from "../drivers/sqlite/open-for-export.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, dataDirectory } from "./storage-command.ts";

const usage = `Usage: vestibule journal export [--withhold-payloads] [--output FILE]

Writes the journal of VESTIBULE_DATA (default var) up to what is signed, as lines of JSON; the controller may be running.
"vestibule journal verify FILE --key KEY" checks it anywhere, with the public key alone.

What each line is: first the form, and what was pruned before; then each record, with its hash, its salt and its leaf in the
tree; behind a record the signed checkpoint that ends with it; at last how much there was. A record's hash is SHA-256 over
the lines "vestibule journal 1", the hash before it (64 zeros before the first), and the record without hash, salt and
leaf in canonical JSON (RFC 8785).

  --withhold-payloads  what was recorded of whom stays here: only its salted hash goes, which proves that it is unchanged
                       and tells nobody what it says
  --output             into this new file instead of the standard output
`;

const pageLength = 256 * 1024;

export const journalExport: Command = {
  name: ["journal", "export"],
  summary: "write the whole journal as JSON lines",
  usage,
  run: (args, io) =>
    answering("journal export", io, () => {
      const { values } = parseArgs({
        args: [...args],
        options: { output: { type: "string" }, "withhold-payloads": { type: "boolean", default: false } },
      });
      using journal = openJournalForExport(dataDirectory(io.env));
      using output = outputTo(values.output, io.stdout);
      let page = "";
      for (const line of exportLines(journal, { withholdPayloads: values["withhold-payloads"] })) {
        page += line;
        if (page.length < pageLength) continue;
        output.write(page);
        page = "";
      }
      output.write(page);
      return 0;
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
