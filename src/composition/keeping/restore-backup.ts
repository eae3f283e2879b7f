import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import type { OpeningKey } from "../../drivers/backup-file/backup-keys.ts";
import type { BackupManifest } from "../../drivers/backup-file/backup-manifest.ts";
import { readBackup } from "../../drivers/backup-file/read-backup.ts";
import { endSessions } from "../../drivers/sqlite/end-sessions.ts";
import { verifyJournalIn } from "../../drivers/sqlite/open-for-reading.ts";
import { syncPath } from "../../durable-files/durable-file.ts";
import { BackupFault } from "../../ports/backup.ts";
import type { Clock } from "../../ports/clock.ts";
import { openSiteStorage } from "../open-site-storage.ts";
import { modelsHash, restoreFolder } from "./backup-parts.ts";
import { placesName } from "./configuration-parts.ts";

export interface RestoreOrder {
  readonly file: string;
  readonly key: OpeningKey;
  readonly dataDirectory: string;
  /** Reads and checks everything, and leaves nothing. */
  readonly dryRun: boolean;
  /** What the centre has last seen of this site's journal: its newest record's number. */
  readonly witnessed?: number | undefined;
  readonly models: string;
  readonly clock: Pick<Clock, "now" | "wall">;
  readonly operator: string;
}

export interface RestoreReport {
  readonly site: string;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly files: number;
  readonly bytes: number;
  readonly evidence: number;
  readonly people: number;
  readonly journal: BackupManifest["journal"];
  /** Records that the centre has and the backup has not; undefined where nobody said what the centre has. */
  readonly missing: number | undefined;
  readonly sessionsEnded: number;
  readonly displaysUnpaired: number;
  readonly watchScreensUnpaired: number;
  readonly tokensEnded: number;
  /** Where a file of the site's configuration stood, by where it lies now. */
  readonly configuration: Readonly<Record<string, string>>;
  /** What systemd had in its keeping, as files. */
  readonly credentials: readonly string[];
  /** Whether this program's models are those of the backup's box. */
  readonly sameModels: boolean;
  readonly restored: boolean;
}

/**
 * Puts a backup into an empty data directory: whole, once everything in it has been read, compared with its manifest, opened
 * as the controller would open it, and its journal verified; or not at all. Throws BackupFault or StorageFault.
 */
export async function restoreBackup(order: RestoreOrder): Promise<RestoreReport> {
  const { dataDirectory } = order;
  const existed = existsSync(dataDirectory);
  requireEmpty(dataDirectory);
  const staged = join(dataDirectory, restoreFolder);
  mkdirSync(staged, { recursive: true, mode: 0o700 });
  const abandon = (): void => {
    rmSync(staged, { recursive: true, force: true });
    if (!existed) rmSync(dataDirectory, { recursive: true, force: true });
  };
  let report: RestoreReport;
  try {
    report = await stage(order, staged);
    if (order.dryRun) abandon();
  } catch (error) {
    abandon();
    throw error;
  }
  if (!order.dryRun) {
    syncTree(staged);
    giveToOwner(dataDirectory, staged);
    moveIntoPlace(staged, dataDirectory);
  }
  return report;
}

/** What a restore that was cut off while it read left behind goes; anything else is somebody's. */
function requireEmpty(directory: string): void {
  if (!existsSync(directory)) return;
  const found = readdirSync(directory).filter((name) => name !== "lost+found");
  if (found.length === 1 && found[0] === restoreFolder) {
    rmSync(join(directory, restoreFolder), { recursive: true });
    return;
  }
  if (found.length === 0) return;
  const why = found.includes(restoreFolder)
    ? "a restore was cut off here: empty it"
    : "it is not empty: name another, or empty it";
  throw new BackupFault("notEmpty", `${directory}: ${why}; a restore never writes over anything`);
}

async function stage(order: RestoreOrder, staged: string): Promise<RestoreReport> {
  const manifest = await readBackup(order.file, order.key, {
    onHead: () => undefined,
    onPart: async (name, size, content) => await writePart(join(staged, placeOf(name)), size, content),
  });
  useCredentialKey(staged);
  const ended = openAsTheController(staged, order, manifest);
  const names = manifest.parts.map(({ name }) => name);
  return {
    ...{ site: manifest.site, madeAt: manifest.madeAt, madeBy: manifest.version },
    files: names.length,
    bytes: manifest.parts.reduce((sum, { size }) => sum + size, 0),
    evidence: names.filter((name) => name.startsWith("data/evidence/")).length,
    ...ended,
    journal: manifest.journal,
    missing: order.witnessed === undefined ? undefined : Math.max(0, order.witnessed - manifest.journal.last),
    configuration: placesIn(staged, order.dataDirectory),
    credentials: names
      .filter((name) => name.startsWith("credentials/"))
      .map((name) => join(order.dataDirectory, placeOf(name))),
    sameModels: manifest.models === null || manifest.models === modelsHash(order.models),
    restored: !order.dryRun,
  };
}

/** The data directory's own at its top; what belongs elsewhere in a folder of its own. */
const placeOf = (name: string): string =>
  name.startsWith("data/") ? name.slice("data/".length) : join("from-backup", name);

async function writePart(file: string, size: number, content: AsyncIterable<Uint8Array>): Promise<void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  await using written = await open(file, "wx", 0o600);
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > size) throw new BackupFault("damaged", `${file} is larger than announced`);
    await written.writeFile(chunk);
  }
}

/** A key that systemd kept opens everything as a key file, until it is given to the new box's systemd. */
function useCredentialKey(staged: string): void {
  const kept = join(staged, "from-backup", "credentials", "vestibule-key");
  const file = join(staged, "site.key");
  if (existsSync(kept) && !existsSync(file)) renameSync(kept, file);
}

/**
 * Opens it as a start would: keys, schemas, journal. What a stolen copy of the disk may hold of open sessions and of programs' tokens
 * ends here; and the journal goes on with a record of what happened, so that the centre sees it.
 */
function openAsTheController(staged: string, order: RestoreOrder, manifest: BackupManifest) {
  const { journal } = manifest;
  const env = { CREDENTIALS_DIRECTORY: undefined };
  let people = 0;
  {
    using storage = openSiteStorage({ directory: staged, clock: order.clock, env });
    const verdict = verifyJournalIn(staged);
    if (!verdict.intact)
      throw new BackupFault(
        "damaged",
        `the journal in it is not what was written: record ${verdict.seq}: ${verdict.detail}`,
      );
    if (verdict.last !== journal.last || (verdict.last > 0 && verdict.head !== journal.head))
      throw new BackupFault(
        "damaged",
        `the journal in it ends with record ${verdict.last}, not with ${journal.last} as its manifest says`,
      );
    people = storage.directory.count();
    const payload = {
      operator: order.operator,
      ...{ madeAt: manifest.madeAt, madeBy: manifest.version, last: journal.last, head: journal.head },
      ...(order.witnessed === undefined ? {} : { witnessed: order.witnessed }),
    };
    storage.journal.append([{ type: "JournalRestored", at: order.clock.now(), payload }]);
  }
  const ended = endSessions(staged);
  for (const name of readdirSync(staged)) if (name.startsWith("owner.")) rmSync(join(staged, name));
  return {
    people,
    sessionsEnded: ended.sessions,
    tokensEnded: ended.tokens,
    displaysUnpaired: ended.displays,
    watchScreensUnpaired: ended.watchScreens,
  };
}

function placesIn(staged: string, directory: string): Readonly<Record<string, string>> {
  const file = join(staged, placeOf(placesName));
  if (!existsSync(file)) return {};
  const places: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof places !== "object" || places === null) return {};
  return Object.fromEntries(
    Object.entries(places).map(([name, place]) => [join(directory, placeOf(name)), String(place)]),
  );
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else syncPath(path);
  }
  syncPath(folder);
}

/** Run by root for a service: what is restored belongs to whoever owns the folder. */
function giveToOwner(directory: string, staged: string): void {
  if (process.geteuid?.() !== 0) return;
  const { uid, gid } = statSync(directory);
  const give = (path: string): void => {
    chownSync(path, uid, gid);
    if (statSync(path).isDirectory()) for (const name of readdirSync(path)) give(join(path, name));
  };
  give(staged);
}

/**
 * Cut off in between, the folder is refused by a start as long as `.restore` is in it (`open-site-storage.ts`), and by the next
 * restore: never is half of a backup taken for a whole one.
 */
function moveIntoPlace(staged: string, directory: string): void {
  for (const name of readdirSync(staged)) renameSync(join(staged, name), join(directory, name));
  syncPath(directory);
  rmSync(staged, { recursive: true });
  syncPath(directory);
}
