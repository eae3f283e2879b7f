import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { modelsManifest } from "../composition/keeping/program-version.ts";
import { type RestoreReport, restoreBackup } from "../composition/keeping/restore-backup.ts";
import { identitiesIn, type OpeningKey } from "../drivers/backup-file/backup-keys.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { keepMemoryPrivate } from "../drivers/process-memory/private-memory.ts";
import { passphraseIn } from "./backup.ts";
import type { Command, ExitCode } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, onlyOne, printable } from "./storage-command.ts";

const usage = `Usage: vestibule restore FILE --identity KEYFILE --data DIR [--witnessed N] [--dry-run] [--json]

Puts a backup into an empty data directory: whole, after everything in it was read and checked and its journal verified;
or not at all. The service has to be stopped.

  --identity         the key file of age that belongs to one of the backup's recipients
  --passphrase-file  in place of it, where the backup was made with a passphrase
  --data             the new data directory; empty, or not there yet
  --witnessed        the newest record's number that the security centre has of this site: says how many are missing
  --dry-run          reads and checks everything, and leaves nothing behind
  --json             prints the report as JSON

Exit 0: restored (or sound, with --dry-run), 1: the backup is not what was made, or this is the wrong key, 2: wrong usage, or
a directory that cannot be used. Unless 0, nothing is left in the directory.
`;

export const restore: Command = {
  name: ["restore"],
  summary: "put a backup into an empty data directory",
  usage,
  run: (args, io) =>
    answering("restore", io, async (): Promise<ExitCode> => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          identity: { type: "string" },
          "passphrase-file": { type: "string" },
          data: { type: "string" },
          witnessed: { type: "string" },
          "dry-run": { type: "boolean", default: false },
          json: { type: "boolean", default: false },
        },
      });
      keepMemoryPrivate();
      if (values.data === undefined) throw new InputError("--data says where to; see --help");
      const report = await restoreBackup({
        file: onlyOne(positionals, "backup"),
        key: keyOf(values.identity, values["passphrase-file"]),
        dataDirectory: values.data,
        dryRun: values["dry-run"],
        witnessed: recordNumber(values.witnessed),
        models: modelsManifest,
        clock: new SystemClock(),
        operator: `shell:${io.env.SUDO_USER ?? userInfo().username}`,
      });
      io.stdout(values.json ? `${JSON.stringify(report)}\n` : told(report, values.data));
      return 0;
    }),
};

function keyOf(identity: string | undefined, passphraseFile: string | undefined): OpeningKey {
  if ((identity === undefined) === (passphraseFile === undefined))
    throw new InputError("--identity or --passphrase-file opens it; see --help");
  if (passphraseFile !== undefined) return { passphrase: passphraseIn(passphraseFile) };
  return { identities: identitiesIn(passphraseIn(identity ?? "")) };
}

function recordNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new InputError("--witnessed: the number of a record is expected");
  return Number(text);
}

function told(report: RestoreReport, directory: string): string {
  const { journal, missing } = report;
  const mb = (report.bytes / 1e6).toFixed(1);
  const lines = [
    `${report.restored ? "Restored" : "Sound; nothing was restored"}: site ${report.site}, as it was at ${report.madeAt} (program ${report.madeBy})`,
    `  ${report.files} files, ${mb} MB: ${report.people} people, ${report.evidence} pieces of evidence`,
    `  journal: records ${journal.first} to ${journal.last}, verified, head ${journal.head}`,
    missing === undefined
      ? "  What the security centre has beyond that is unknown: --witnessed N says how many records are missing"
      : `  ${missing} records that the security centre has are not in it`,
    `  ${report.sessionsEnded} sessions ended, ${report.tokensEnded} programs' tokens removed, ${report.displaysUnpaired} door displays and ${report.watchScreensUnpaired} watch screens unpaired: they could have been withdrawn since`,
    ...(report.restored ? nextSteps(report, directory) : []),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

/** In the order in which they are done. */
function nextSteps(report: RestoreReport, directory: string): readonly string[] {
  const files = Object.entries(report.configuration).map(([from, to]) => `       ${from}  →  ${to}`);
  return [
    "What to do next:",
    "  1. Put these files back where the site's file expects them, mode 0600 for secrets, and delete the copies:",
    ...files,
    `  2. The site's key is ${directory}/site.key, mode 0600; move it into systemd's keeping again if it was there.`,
    ...(report.credentials.length === 0
      ? []
      : [`     systemd's other credentials: ${report.credentials.join(", ")}`]),
    "  3. Whatever was changed after the backup is as it was before: cards reported lost since then are valid again, people and",
    "     operators deleted since then are back. Report the losses again before the doors are given free.",
    report.sameModels
      ? "  4. The models are those of the backup."
      : "  4. This program has other models: run `vestibule cardholder recompute`, or let the controller do it.",
    "  5. Start the service: it records that it was restored, raises an alarm of it, and goes on with the next record's number.",
    "  6. Make new tokens for the programs that had one; make a backup.",
  ];
}
