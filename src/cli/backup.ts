import { readFileSync } from "node:fs";
import { setPriority } from "node:os";
import { parseArgs } from "node:util";
import { configurationParts } from "../composition/keeping/configuration-parts.ts";
import { type BackupOrder, makeBackup } from "../composition/keeping/make-backup.ts";
import { modelsManifest, programVersion } from "../composition/keeping/program-version.ts";
import type { SiteConfiguration } from "../config/site-schema.ts";
import type { SealingKey } from "../drivers/backup-file/backup-keys.ts";
import { keepMemoryPrivate } from "../drivers/process-memory/private-memory.ts";
import type { Command, ExitCode } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { siteFileOf, siteOf } from "./site-file.ts";
import { answering } from "./storage-command.ts";

const usage = `Usage: vestibule backup [--output FILE] [--recipient AGE1…] [--passphrase-file FILE] [--config FILE] [--json]

Writes one encrypted backup of everything a new box needs: journal, people, evidence, keys, and the site's files. The
controller may be running. Without options it does what the site's file says under \`backup:\`.

  --output          into this new file, instead of the directory of the site's file
  --recipient       a public key of age, in place of those of the site's file; may be given several times
  --passphrase-file in place of recipients: a file with a passphrase of at least 16 characters
  --without-evidence  leaves pictures and clips out
  --config          the site's file; without it VESTIBULE_CONFIG, or the demo's
  --json            prints {"file", "bytes", "sha256", "position": {"first", "last", "head"}, "took"}

The file is what age, zstd and tar make: \`age -d -i KEY FILE | zstd -d | tar x\` opens it without this program.
Exit 0: made, 1: not made, and nothing stands under its name, 2: wrong usage.
`;

const megabyte = 1e6;
const unlimited = 10_000 * megabyte;

export const backup: Command = {
  name: ["backup"],
  summary: "write an encrypted backup of everything a new box needs",
  usage,
  run: (args, io) =>
    answering("backup", io, async (): Promise<ExitCode> => {
      const { values } = parseArgs({
        args: [...args],
        options: {
          output: { type: "string" },
          recipient: { type: "string", multiple: true },
          "passphrase-file": { type: "string" },
          "without-evidence": { type: "boolean", default: false },
          config: { type: "string" },
          json: { type: "boolean", default: false },
        },
      });
      keepMemoryPrivate(); // the site's keys go through it
      const site = siteOf(values.config, io);
      const directory = io.env.VESTIBULE_DATA || site.data.directory;
      const made = await makeBackup({
        dataDirectory: directory,
        ...{ site: site.site.id, version: programVersion(), models: modelsManifest },
        configuration: configurationParts(siteFileOf(values.config, io), site, directory),
        credentials: io.env.CREDENTIALS_DIRECTORY,
        key: keyOf(values.recipient, values["passphrase-file"], site),
        evidence: !values["without-evidence"] && (site.backup?.evidence ?? true),
        pace: {
          bytesPerSecond: site.backup === undefined ? unlimited : site.backup.megabytesPerSecond * megabyte,
        },
        reserve: site.data.diskReserve * megabyte,
        now: new Date(),
        // Doors come before backups; not sooner, since for a moment nobody else can write.
        begun: () => setPriority(10),
        to: values.output === undefined ? folderOf(site) : { file: values.output },
      });
      io.stdout(values.json ? `${JSON.stringify(made)}\n` : told(made));
      return 0;
    }),
};

function folderOf({ backup: settings }: SiteConfiguration): BackupOrder["to"] {
  if (settings === undefined)
    throw new InputError("the site's file has no `backup:`; name a file with --output");
  const { directory, otherDisk, keep } = settings;
  return { directory, otherDisk, keep };
}

function keyOf(
  recipients: readonly string[] | undefined,
  passphraseFile: string | undefined,
  { backup: settings }: SiteConfiguration,
): SealingKey {
  if (recipients !== undefined && passphraseFile !== undefined)
    throw new InputError("--recipient or --passphrase-file, not both");
  if (recipients !== undefined) return { recipients };
  const file = passphraseFile ?? settings?.passphraseFile;
  if (file !== undefined) return { passphrase: passphraseIn(file) };
  if (settings === undefined)
    throw new InputError("to whom? --recipient or --passphrase-file says so; see --help");
  return { recipients: settings.recipients };
}

/** Without the end of its line. */
export function passphraseIn(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    throw new InputError(`${file} cannot be read`, { cause: error });
  }
}

function told({ file, bytes, position, took }: Awaited<ReturnType<typeof makeBackup>>): string {
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return `${file}: ${size}, records ${position.first} to ${position.last}, in ${(took / 1_000).toFixed(1)} s\n`;
}
