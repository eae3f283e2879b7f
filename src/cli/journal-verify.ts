import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { NoteFault } from "../domain/journal/signed-note.ts";
import { type ExportVerdict, verifyExport } from "../drivers/journal-file/verify-export.ts";
import { announcedKey } from "../drivers/site-key/journal-key.ts";
import { verifyJournalIn } from "../drivers/sqlite/open-for-reading.ts";
import { auditOptionsOf, type VerifyingKeys } from "../drivers/sqlite/verify-tree.ts";
import type { JournalVerdict } from "../ports/journal.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, dataDirectory, printable } from "./storage-command.ts";

const usage = `Usage: vestibule journal verify [EXPORT] [--key KEY…] [--witness-key KEY…] [--checkpoint FILE] [--json]

Recomputes the whole chain and the tree over it, and checks every signature: of the file EXPORT that "journal export" made,
on any machine; or without it of the journal in VESTIBULE_DATA (default var), beside the controller.
Exit 0: every record is as it was written, 1: one is not (the first is named), 2: there is no journal to read.

  --key          the journal's public key, as "vestibule journal key" shows it and as somebody kept it who is not the one
                 to be checked; beside the controller the one in the data directory is taken
  --witness-key  a witness's public key: its signatures are checked as well
  --checkpoint   a checkpoint that was kept elsewhere, at the security centre for example: a journal that was put back to
                 an older state, or begun anew, is told by this alone
  --json         print the verdict
`;

export const journalVerify: Command = {
  name: ["journal", "verify"],
  summary: "check that nobody changed the journal",
  usage,
  run: (args, io) =>
    answering("journal verify", io, () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          key: { type: "string", multiple: true, default: [] },
          "witness-key": { type: "string", multiple: true, default: [] },
          checkpoint: { type: "string" },
          json: { type: "boolean", default: false },
        },
      });
      if (positionals.length > 1) throw new InputError("one export is expected at most; see --help");
      const known = {
        keys: values.key,
        witnessKeys: values["witness-key"],
        checkpoint: values.checkpoint === undefined ? undefined : textOf(values.checkpoint),
      };
      const [file] = positionals;
      const verdict = verdictOf(file, known, dataDirectory(io.env));
      io.stdout(values.json ? `${JSON.stringify(verdict)}\n` : sentences(verdict, known));
      return verdict.intact ? 0 : 1;
    }),
};

function verdictOf(
  file: string | undefined,
  known: VerifyingKeys,
  directory: string,
): ExportVerdict | JournalVerdict {
  try {
    if (file === undefined) {
      const own = announcedKey(directory);
      const keys = (known.keys ?? []).length > 0 || own === undefined ? known.keys : [own];
      return verifyJournalIn(directory, { ...known, ...(keys !== undefined && { keys }) });
    }
    if (!existsSync(file)) throw new InputError(`${file}: there is no such file`);
    return verifyExport(file, auditOptionsOf(known));
  } catch (error) {
    if (error instanceof NoteFault)
      throw new InputError(`a key or checkpoint that is none: ${error.message}`);
    throw error;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function sentences(verdict: ExportVerdict | JournalVerdict, known: VerifyingKeys): string {
  if (!verdict.intact) {
    const where = verdict.seq === 0 ? "the file" : `record ${verdict.seq}`;
    return `NOT INTACT: ${where}: ${verdict.fault}: ${printable(verdict.detail)}\n`;
  }
  const { records, last, signed, witnessed } = verdict;
  const head = "head" in verdict ? `, head ${verdict.head}` : "";
  const lines = [`intact: ${records} records, up to ${last}${head}`];
  if ("first" in verdict && verdict.first > 1)
    lines.push(`from record ${verdict.first} on; those before were pruned under a signed checkpoint`);
  if ("origin" in verdict && verdict.origin !== null) lines.push(`journal: ${printable(verdict.origin)}`);
  if (signed !== undefined && signed > 0) lines.push(`signed up to record ${signed}`);
  else if ((known.keys ?? []).length === 0 && "origin" in verdict)
    lines.push("NOT CHECKED: whose it is. Without --key anybody could have made it.");
  if (witnessed !== undefined)
    lines.push(
      `witnessed up to record ${witnessed.size}, ${new Date(witnessed.posixSeconds * 1_000).toISOString()}`,
    );
  lines.push(...unknown(verdict, known));
  return lines.map((line) => `${line}\n`).join("");
}

/** What nobody can know from the journal alone. */
function unknown(verdict: ExportVerdict | JournalVerdict, known: VerifyingKeys): readonly string[] {
  if (!verdict.intact) return [];
  if (verdict.kept === "contained") return ["it contains the checkpoint that was kept elsewhere"];
  if (verdict.kept === "beforeWhatIsKept")
    return ["NOT CHECKED: the checkpoint kept elsewhere is of records that were pruned since"];
  // At the box the newest state is the one that is there.
  return known.checkpoint === undefined && !("head" in verdict)
    ? [
        "NOT CHECKED: whether this is the newest state. Put back to an older one it would look the same; --checkpoint tells.",
      ]
    : [];
}
