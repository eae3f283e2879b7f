import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openEvidenceFiles, type ResealableEvidence } from "../drivers/evidence-files/evidence-files.ts";
import { createAesGcmCipher } from "../drivers/site-key/aes-gcm-cipher.ts";
import { type JournalKey, openJournalKey } from "../drivers/site-key/journal-key.ts";
import { openSiteKeys, type SiteKeys } from "../drivers/site-key/site-keys.ts";
import { directoryFile, openDatabase, type SiteDatabase } from "../drivers/sqlite/open-database.ts";
import type { Clock } from "../ports/clock.ts";
import { StorageFault } from "../ports/journal.ts";
import { restoreFolder } from "./keeping/backup-parts.ts";

export interface SiteStorageOptions {
  /** The data directory; made where it is missing. */
  readonly directory: string;
  readonly clock: Pick<Clock, "now" | "wall">;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the journal is called, for the key that signs it; left out: where there is no such key yet, none is made. */
  readonly journalName?: string;
  readonly evidence?: { readonly mostFiles: number; readonly mostBytes: number };
}

export interface SiteStorage extends SiteDatabase {
  readonly evidence: ResealableEvidence;
  readonly keys: SiteKeys;
  /** Undefined: the journal is not signed yet. */
  readonly journalKey: JournalKey | undefined;
}

/** About 60 kB a picture: what fits beside the journal on a 16 GB card. */
const defaultEvidence = { mostFiles: 50_000, mostBytes: 4 * 1024 ** 3 };

const bootIdFile = "/proc/sys/kernel/random/boot_id";

/** Opens everything a site keeps on disk, as its one owner. Throws DirectoryInUse or StorageFault. */
export function openSiteStorage(options: SiteStorageOptions): SiteStorage {
  try {
    return openAll(options);
  } catch (error) {
    if (!(error instanceof Error) || error instanceof StorageFault || !("code" in error)) throw error;
    // What the operating system refused: no permission, no room, no such device.
    const remedy = "is it this user's, and writable?";
    throw new StorageFault(`data directory ${options.directory}: ${error.message}; ${remedy}`, {
      cause: error,
    });
  }
}

function openAll({ directory, clock, env, evidence, journalName }: SiteStorageOptions): SiteStorage {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  requireNoHalfRestore(directory);
  const inUse = existsSync(directoryFile(directory));
  const keys = openSiteKeys({ directory, credentials: env.CREDENTIALS_DIRECTORY, inUse });
  const boot = readFileSync(bootIdFile, "latin1").trim();
  using opened = new DisposableStack();
  const cipher = createAesGcmCipher(keys.all, "directory");
  const journalKey = openJournalKey({
    ...{ directory, credentials: env.CREDENTIALS_DIRECTORY, name: journalName },
    cipher: createAesGcmCipher(keys.all, "journal"),
  });
  const database = opened.use(openDatabase(directory, { clock, cipher, boot, signer: journalKey }));
  const pictures = opened.use(
    openEvidenceFiles({
      folder: join(directory, "evidence"),
      cipher: createAesGcmCipher(keys.all, "evidence"),
      ...(evidence ?? defaultEvidence),
    }),
  );
  const owned = opened.move();
  return { ...database, evidence: pictures, keys, journalKey, [Symbol.dispose]: () => owned.dispose() };
}

function requireNoHalfRestore(directory: string): void {
  const half = join(directory, restoreFolder);
  if (existsSync(half))
    throw new StorageFault(`${half}: a restore was cut off here; empty ${directory} and restore again`);
}
