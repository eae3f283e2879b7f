import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { readdir, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { SealingKey } from "../../drivers/backup-file/backup-keys.ts";
import { type BackupHead, backupFormat } from "../../drivers/backup-file/backup-manifest.ts";
import { type Pace, pauseAfter } from "../../drivers/backup-file/pace.ts";
import { draftSuffix, type Source, writeBackup } from "../../drivers/backup-file/write-backup.ts";
import { copyDatabases } from "../../drivers/sqlite/copy-databases.ts";
import { directoryFile } from "../../drivers/sqlite/open-database.ts";
import { DirectoryInUse, takeOwnership } from "../../drivers/sqlite/ownership.ts";
import { journalFile } from "../../drivers/sqlite/sqlite-journal.ts";
import { BackupFault, type BackupFile, type BackupMade } from "../../ports/backup.ts";
import {
  copyFolder,
  credentialParts,
  databaseParts,
  dataParts,
  headPartName,
  modelsHash,
  requireKey,
} from "./backup-parts.ts";

export interface BackupOrder {
  readonly dataDirectory: string;
  readonly site: string;
  readonly version: string;
  /** What is in it besides the data directory. */
  readonly configuration: readonly Source[];
  /** systemd's `$CREDENTIALS_DIRECTORY`. */
  readonly credentials: string | undefined;
  readonly models: string;
  readonly key: SealingKey;
  /** Pictures and clips too. */
  readonly evidence: boolean;
  readonly pace: Pace;
  /** Bytes that stay free beside the copies of the databases. */
  readonly reserve: number;
  readonly now: Date;
  /** Called when it has seen what it will copy: from then on nobody waits for it. */
  readonly begun?: () => void;
  readonly to: { readonly file: string } | BackupFolder;
}

export interface BackupFolder {
  readonly directory: string;
  /** Refused where it is on the disk that it is a backup of, as an unplugged one's mount point is. */
  readonly otherDisk: boolean;
  /** How many of this site's stay; undefined: all. */
  readonly keep?: number | undefined;
}

/** Makes one backup beside the running controller. Throws BackupFault or StorageFault; then there is no new file. */
export async function makeBackup(order: BackupOrder): Promise<BackupMade> {
  const start = performance.now();
  const { dataDirectory, to } = order;
  requireKey(dataDirectory, order.credentials);
  if ("directory" in to) await requireFolder(to, dataDirectory);
  const copies = join(dataDirectory, copyFolder);
  using _only = onlyOneIn(copies);
  await requireRoom(dataDirectory, order.reserve);
  const copied = await copyDatabases(dataDirectory, copies, pausing(order.pace), order.begun);
  const head: BackupHead = {
    ...{ program: "vestibule", format: backupFormat },
    ...{ version: order.version, site: order.site, madeAt: order.now.toISOString() },
  };
  if ("directory" in to) await removeDrafts(to.directory, order.site);
  const { seq, hash, first } = copied.position;
  const position = { first, last: seq, head: hash };
  const file = "file" in to ? to.file : join(to.directory, fileNameOf(order.site, order.now));
  const { bytes, sha256 } = await writeBackup(
    {
      head,
      sources: sourcesOf(order, copies, copied.head),
      facts: { journal: position, checkpoint: copied.checkpoint, models: modelsHash(order.models) },
    },
    { file, key: order.key, pace: order.pace },
  );
  if ("directory" in to && to.keep !== undefined) await removeOlder(to.directory, order.site, to.keep);
  return { file, bytes, sha256, position, took: Math.round(performance.now() - start) };
}

function* sourcesOf(order: BackupOrder, copies: string, head: string): Generator<Source> {
  yield* order.configuration;
  yield* credentialParts(order.credentials);
  yield* databaseParts(copies);
  yield { name: headPartName(order.dataDirectory), bytes: Buffer.from(head) };
  for (const part of dataParts(order.dataDirectory))
    if (order.evidence || !part.name.startsWith("data/evidence/")) yield part;
}

/** The kernel's own lock, which a killed backup does not leave behind; what it copied goes with the next. */
function onlyOneIn(copies: string): Disposable {
  mkdirSync(copies, { recursive: true, mode: 0o700 });
  const clear = (): void => {
    for (const name of readdirSync(copies))
      if (!name.startsWith("owner.")) rmSync(join(copies, name), { recursive: true });
  };
  let owned: Disposable;
  try {
    owned = takeOwnership(copies);
  } catch (error) {
    if (!(error instanceof DirectoryInUse)) throw error;
    throw new BackupFault("busy", "another backup is being made", { cause: error });
  }
  clear();
  return {
    [Symbol.dispose]() {
      clear();
      owned[Symbol.dispose]();
    },
  };
}

const pausing = (pace: Pace): ((bytes: number) => number) => {
  let start = performance.now();
  let before = 0;
  return (bytes) => {
    // The next database begins at nothing again.
    if (bytes < before) start = performance.now();
    before = bytes;
    return pauseAfter(pace, bytes, performance.now() - start);
  };
};

async function requireFolder({ directory, otherDisk }: BackupFolder, dataDirectory: string): Promise<void> {
  const found = await stat(directory).catch((error: unknown) => {
    throw new BackupFault(
      "refused",
      `${directory} cannot be used: is the disk there, and may this user write?`,
      { cause: error },
    );
  });
  if (!found.isDirectory()) throw new BackupFault("refused", `${directory} is no folder`);
  if (otherDisk && found.dev === (await stat(dataDirectory)).dev) {
    throw new BackupFault(
      "refused",
      `${directory} is on the disk that the backup is for: mount the other disk there, or set backup.otherDisk to false`,
    );
  }
}

/** The copies stand beside the originals for a while: they must not be what fills the disk. */
async function requireRoom(dataDirectory: string, reserve: number): Promise<void> {
  const needed = [directoryFile(dataDirectory), journalFile(dataDirectory)]
    .flatMap((file) => [file, `${file}-wal`])
    .reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  const { bavail, bsize } = await statfs(dataDirectory);
  const free = bavail * bsize;
  if (free >= needed + reserve) return;
  const mb = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
  throw new BackupFault(
    "refused",
    `${dataDirectory} has ${mb(free)} free, and copying the databases takes ${mb(needed)} beside the ${mb(reserve)} that stay free`,
  );
}

const stampOf = (time: Date): string => time.toISOString().replaceAll(/[-:]|\.\d+/g, "");
const fileNameOf = (site: string, time: Date): string => `vestibule-${site}-${stampOf(time)}.tar.zst.age`;
const stampForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar\.zst\.age$/;

/** This site's backups in a folder, newest first. Throws BackupFault. */
export async function backupsIn(directory: string, site: string): Promise<readonly BackupFile[]> {
  const before = `vestibule-${site}-`;
  let names: readonly string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    throw new BackupFault("refused", `${directory} cannot be read: is the disk there?`, { cause: error });
  }
  const found: BackupFile[] = [];
  for (const name of names) {
    const stamp = name.startsWith(before) ? stampForm.exec(name.slice(before.length)) : null;
    if (stamp === null) continue;
    const [, year, month, day, hour, minute, second] = stamp;
    const file = join(directory, name);
    const size = (await stat(file).catch(() => undefined))?.size;
    const madeAt = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
    if (size !== undefined) found.push({ file, bytes: size, madeAt });
  }
  return found.toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
}

/** What a killed backup left half-written; another one is not being made. */
async function removeDrafts(directory: string, site: string): Promise<void> {
  for (const name of await readdir(directory))
    if (name.startsWith(`vestibule-${site}-`) && name.endsWith(draftSuffix))
      await rm(join(directory, name), { force: true });
}

async function removeOlder(directory: string, site: string, keep: number): Promise<void> {
  for (const { file } of (await backupsIn(directory, site)).slice(keep)) await rm(file, { force: true });
}
