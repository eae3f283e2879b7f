import { createPublicKey, hash, verify } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { checkSignature, type VerifyEd25519 } from "../domain/journal/checkpoint.ts";
import { type CommissioningNote, parseCommissioningNote } from "../domain/journal/commissioning-note.ts";
import { NoteFault, parseNote, parseVerifierKey } from "../domain/journal/signed-note.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering } from "./storage-command.ts";

const usage = `Usage: vestibule commission verify FILE… NOTE --key KEY [--json]

Checks files of a commissioning report (a PDF, its JSON, the site's file) against report.note: that the journal's key signed
them, and that not a byte of them is another. On any machine, without the box.

  --key   the journal's public key, as "vestibule journal key" shows it and as somebody kept it who is not the one to be checked
  --json  print {"valid", "site", "seq", "hash", "files"}

Exit: 0 all are as they were signed, 1 one is not, 2 wrong usage or a file that cannot be read.
`;

/** A report is some hundred kilobytes. */
const largest = 64 * 1024 * 1024;

export const commissionVerify: Command = {
  name: ["commission", "verify"],
  summary: "check a commissioning report against its signature",
  usage,
  run: (args, io) =>
    answering("commission verify", io, () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { key: { type: "string" }, json: { type: "boolean", default: false } },
      });
      const note = positionals.at(-1);
      const files = positionals.slice(0, -1);
      if (note === undefined || files.length === 0 || values.key === undefined)
        throw new InputError("files, their note and --key are expected; see --help");
      const finding = check(files, note, values.key);
      if (values.json) io.stdout(`${JSON.stringify(finding)}\n`);
      else if (finding.valid) io.stdout(`${finding.detail}: record ${finding.seq} of site ${finding.site}\n`);
      else io.stdout(`NOT as it was signed: ${finding.detail}\n`);
      return finding.valid ? 0 : 1;
    }),
};

interface Finding extends Partial<CommissioningNote> {
  readonly valid: boolean;
  readonly detail: string;
}

function check(files: readonly string[], noteFile: string, keyText: string): Finding {
  try {
    const key = parseVerifierKey((data) => hash("sha256", data, "buffer"), keyText);
    const note = parseNote(contentOf(noteFile).toString("utf8"));
    const findings = note.signatures.map((signature) =>
      checkSignature(verifyEd25519, note, signature, [key]),
    );
    if (findings.some(({ is }) => is === "bad")) return { valid: false, detail: "the signature is wrong" };
    if (!findings.some(({ is }) => is === "good"))
      return { valid: false, detail: "this key has not signed it" };
    const signed = parseCommissioningNote(note.text);
    for (const file of files) {
      const sha256 = hash("sha256", contentOf(file), "hex");
      if (!signed.files.some((one) => one.sha256 === sha256))
        return { ...signed, valid: false, detail: `${basename(file)} is none of the files that were signed` };
    }
    return { ...signed, valid: true, detail: `${files.length} as signed` };
  } catch (error) {
    if (error instanceof NoteFault) return { valid: false, detail: error.message };
    throw error;
  }
}

function contentOf(file: string): Buffer {
  if (!existsSync(file)) throw new InputError(`${file}: there is no such file`);
  const content = readFileSync(file);
  if (content.length > largest) throw new InputError(`${file}: larger than any report`);
  return content;
}

const ed25519Header = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410
const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verify(
    null,
    Buffer.from(message),
    createPublicKey({ key: Buffer.concat([ed25519Header, publicKey]), format: "der", type: "spki" }),
    signature,
  );
