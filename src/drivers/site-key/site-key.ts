import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { StorageFault } from "../../ports/journal.ts";

export interface SiteKeyOptions {
  /** The data directory; the key file in it is used where systemd provides no credential. */
  readonly directory: string;
  /** systemd's `$CREDENTIALS_DIRECTORY`. */
  readonly credentials?: string | undefined;
  /** Whether anything was sealed already: then a missing key is a loss, not a first start. */
  readonly inUse: boolean;
}

const credentialName = "vestibule-key";
export const keyFile = (directory: string): string => join(directory, "site.key");
const keyLength = 32;

/** The site's 32-byte key: systemd's credential, else the key file, made at the first start. Throws StorageFault. */
export function openSiteKey({ directory, credentials, inUse }: SiteKeyOptions): Buffer {
  if (credentials !== undefined && existsSync(join(credentials, credentialName))) {
    return readKey(join(credentials, credentialName));
  }
  const file = keyFile(directory);
  if (existsSync(file)) {
    requirePrivate(file);
    return readKey(file);
  }
  if (inUse) {
    throw new StorageFault(
      `${file} is missing, and photos and templates were sealed with it: restore it from where it was kept, ` +
        "or remove directory.db and evidence/ and enrol everybody again",
    );
  }
  return createKey(directory, file);
}

/** 32 bytes as they are, or as 64 hexadecimal digits. */
function readKey(file: string): Buffer {
  const bytes = readFileSync(file);
  if (bytes.length === keyLength) return bytes;
  const digits = bytes.toString("latin1").trim();
  if (/^[0-9a-fA-F]{64}$/.test(digits)) return Buffer.from(digits, "hex");
  throw new StorageFault(`${file} holds no key: 32 bytes, or 64 hexadecimal digits, are expected`);
}

function requirePrivate(file: string): void {
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) === 0) return;
  throw new StorageFault(
    `${file} may be read by others (mode ${mode.toString(8).padStart(4, "0")}): find out who did, then chmod 600 it`,
  );
}

/** Linked into place once it is durable: there is never half a key, and two starts at once agree on one. */
function createKey(directory: string, file: string): Buffer {
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${randomBytes(keyLength).toString("hex")}\n`, {
    mode: 0o600,
    flag: "wx",
    flush: true,
  });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw new StorageFault(`${file} could not be made`, { cause: error });
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(directory);
  return readKey(file);
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
