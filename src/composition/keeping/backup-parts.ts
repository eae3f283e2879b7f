import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { isDatabaseFile } from "../../drivers/sqlite/copy-databases.ts";
import { directoryFile } from "../../drivers/sqlite/open-database.ts";
import { journalFile, journalHeadFile } from "../../drivers/sqlite/sqlite-journal.ts";
import { BackupFault } from "../../ports/backup.ts";

/** A file that goes into the backup, under which name. */
export interface FilePart {
  readonly name: string;
  readonly file: string;
}

/** Where a backup's copies lie until they are in it, and a restore's parts until they are in place. */
export const copyFolder = ".backup";
export const restoreFolder = ".restore";

/** Who owns the folder at this moment, and what is only half there. */
const neverKept = /^(?:owner\.(?:lock|pid)(?:-.*)?|\.backup|\.restore|from-backup|.*\.part)$/;

/**
 * Everything in a data directory but its databases, which are copied apart: whatever a later release keeps there is in the
 * backup without anybody remembering it.
 */
export function* dataParts(directory: string, folder = directory): Generator<FilePart> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name);
    if (neverKept.test(entry.name) || isDatabaseFile(directory, file)) continue;
    if (entry.isDirectory()) yield* dataParts(directory, file);
    else if (entry.isFile()) yield { name: `data/${relative(directory, file)}`, file };
  }
}

/** The copies that were made of the databases. */
export const databaseParts = (copies: string): readonly FilePart[] =>
  [directoryFile(copies), journalFile(copies)].map((file) => ({ name: `data/${basename(file)}`, file }));

export const headPartName = (directory: string): string => `data/${basename(journalHeadFile(directory))}`;

/** What systemd keeps for the service, which a new box has to be given too. */
export function credentialParts(folder: string | undefined): readonly FilePart[] {
  if (folder === undefined || !existsSync(folder)) return [];
  return readdirSync(folder).map((name) => ({ name: `credentials/${name}`, file: join(folder, name) }));
}

/** Without the key nobody ever sees a photo, a template or a piece of evidence of this site again. */
export function requireKey(directory: string, credentials: string | undefined): void {
  if (existsSync(join(directory, "site.key"))) return;
  if (credentials !== undefined && existsSync(join(credentials, "vestibule-key"))) return;
  throw new BackupFault(
    "refused",
    "the site's key is in systemd's keeping, and only the service is given it: have the service make the backup (POST /api/v1/backups, or a schedule)",
  );
}

/** SHA-256 of the list of models in use, for a restore on a box that has others. */
export function modelsHash(manifest: string): string | null {
  return existsSync(manifest) ? createHash("sha256").update(readFileSync(manifest)).digest("hex") : null;
}
