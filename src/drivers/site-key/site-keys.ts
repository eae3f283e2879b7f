import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, linkSync, lstatSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { renameDurably, syncPath } from "../../durable-files/durable-file.ts";
import { StorageFault } from "../../ports/journal.ts";
import { overwriteAndRemove } from "./overwrite-and-remove.ts";

export interface SiteKeyOptions {
  /** The data directory; the key file in it is used where systemd provides no credential. */
  readonly directory: string;
  /** systemd's `$CREDENTIALS_DIRECTORY`. */
  readonly credentials?: string | undefined;
  /** Whether anything was sealed already: then a missing key is a loss, not a first start. */
  readonly inUse: boolean;
}

export interface SiteKey {
  readonly bytes: Buffer;
  /** Four bytes that name the key and say nothing about it. */
  readonly id: Buffer;
}

export interface SiteKeys {
  /** The first seals; all open. More than one: what the others sealed is due to be sealed anew. */
  readonly all: readonly [SiteKey, ...SiteKey[]];
  /**
   * Once nothing is sealed with a former key any more: former key files are overwritten and removed. Answers with
   * what only root can remove: a former credential.
   */
  destroyFormer(): readonly string[];
}

const credentialName = "vestibule-key";
const formerCredentialName = "vestibule-key-former";
export const keyFile = (directory: string): string => join(directory, "site.key");
export const formerKeyFile = (directory: string): string => join(directory, "site.key.former");
const nextKeyFile = (directory: string): string => join(directory, "site.key.next");
const keyLength = 32;

/** The site's keys: systemd's credential, else the key file, made at the first start. Throws StorageFault. */
export function openSiteKeys({ directory, credentials, inUse }: SiteKeyOptions): SiteKeys {
  requireOwnFolder(directory);
  const credential = credentialIn(credentials, credentialName);
  const file = keyFile(directory);
  if (credential === undefined && !existsSync(file)) {
    if (inUse) {
      throw new StorageFault(
        `${file} is missing, and photos and templates were sealed with it: restore it from where it was kept, ` +
          "or remove directory.db and evidence/ and enrol everybody again",
      );
    }
    createKey(directory, file);
  }
  const formerCredential = credentialIn(credentials, formerCredentialName);
  // A key that moved into systemd's keeping leaves its file behind, as a former one.
  const formerFiles = [...(credential === undefined ? [] : [file]), formerKeyFile(directory)].filter((path) =>
    existsSync(path),
  );
  const present = credential ?? readPrivate(file);
  const former = [
    ...(formerCredential === undefined ? [] : [formerCredential]),
    ...formerFiles.map(readPrivate),
  ];
  return {
    all: withoutRepeats([present, ...former]),
    destroyFormer() {
      for (const path of formerFiles) overwriteAndRemove(path);
      rmSync(nextKeyFile(directory), { force: true });
      syncPath(directory);
      return formerCredential === undefined ? [] : [formerCredentialName];
    },
  };
}

/**
 * Puts a new key in place; what was sealed opens with the former, which stays beside it. A step at a time, each
 * durable: whenever it is cut off, every key that something is sealed with is still there. Throws StorageFault.
 */
export function beginKeyRotation(directory: string): "begun" | "underWay" {
  const [file, former, next] = [keyFile(directory), formerKeyFile(directory), nextKeyFile(directory)];
  if (existsSync(former)) {
    if (!readPrivate(former).id.equals(readPrivate(file).id)) return "underWay";
    rmSync(former); // cut off before the new key was in place: this is the same key under both names
  }
  rmSync(next, { force: true });
  writeKey(next, randomBytes(keyLength));
  syncPath(directory);
  linkSync(file, former);
  syncPath(directory);
  renameDurably(next, file);
  return "begun";
}

function withoutRepeats([first, ...others]: readonly [SiteKey, ...SiteKey[]]): [SiteKey, ...SiteKey[]] {
  const kept: SiteKey[] = [];
  for (const key of others) {
    if (![first, ...kept].some(({ id }) => id.equals(key.id))) kept.push(key);
  }
  return [first, ...kept];
}

function credentialIn(folder: string | undefined, name: string): SiteKey | undefined {
  if (folder === undefined || !existsSync(join(folder, name))) return undefined;
  return readKey(join(folder, name));
}

function readPrivate(file: string): SiteKey {
  requirePrivate(file);
  return readKey(file);
}

/** 32 bytes as they are, or as 64 hexadecimal digits. */
function readKey(file: string): SiteKey {
  const bytes = readFileSync(file);
  if (bytes.length === keyLength) return keyOf(bytes);
  const digits = bytes.toString("latin1").trim();
  if (/^[0-9a-fA-F]{64}$/.test(digits)) return keyOf(Buffer.from(digits, "hex"));
  throw new StorageFault(`${file} holds no key: 32 bytes, or 64 hexadecimal digits, are expected`);
}

export const keyOf = (bytes: Buffer): SiteKey => ({
  bytes,
  id: Buffer.from(hkdfSync("sha256", bytes, "", "vestibule key id 1", 4)),
});

function requirePrivate(file: string): void {
  const found = lstatSync(file);
  if (!found.isFile())
    throw new StorageFault(`${file} is not a plain file: put the key itself there, no link to it`);
  const mode = found.mode & 0o777;
  if ((mode & 0o077) !== 0) {
    throw new StorageFault(
      `${file} may be read by others (mode ${mode.toString(8).padStart(4, "0")}): find out who did, then chmod 600 it`,
    );
  }
  const user = process.geteuid?.();
  // Root at a service's data meets the service's key, and nobody else's.
  const owners = user === 0 ? [0, statSync(dirname(file)).uid] : [user];
  if (user !== undefined && !owners.includes(found.uid))
    throw new StorageFault(`${file} belongs to another user (${found.uid}): it must be this one's (${user})`);
}

/** Whoever may write here can put a key of their own, and people of their own, in place. */
function requireOwnFolder(directory: string): void {
  // A sticky folder, such as the root of a disk of its own, leaves everybody their own files.
  const mode = statSync(directory).mode & 0o1002;
  if (mode === 0o002) throw new StorageFault(`${directory} may be written by everybody: chmod o-w it`);
}

/** Linked into place once it is durable: there is never half a key, and two starts at once agree on one. */
function createKey(directory: string, file: string): void {
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  writeKey(draft, randomBytes(keyLength));
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw new StorageFault(`${file} could not be made`, { cause: error });
  } finally {
    rmSync(draft, { force: true });
  }
  syncPath(directory);
}

function writeKey(file: string, bytes: Buffer): void {
  writeFileSync(file, `${bytes.toString("hex")}\n`, { mode: 0o600, flag: "wx", flush: true });
}
