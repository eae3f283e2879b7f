import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { createZstdDecompress } from "node:zlib";
import { extract } from "tar-stream";
import { BackupFault } from "../../ports/backup.ts";
import { decrypterFor, type OpeningKey } from "./backup-keys.ts";
import {
  type BackupHead,
  type BackupManifest,
  type BackupPart,
  headName,
  isPartName,
  manifestName,
  readHead,
  readManifest,
} from "./backup-manifest.ts";

export interface BackupReader {
  /** Before any part: throws to go no further. */
  onHead(head: BackupHead): void;
  /** Takes a part's content; it is not yet known to be right. */
  onPart(name: string, size: number, content: AsyncIterable<Uint8Array>): Promise<void>;
}

/** A manifest of two million parts; nothing else is read into memory. */
const largestManifest = 512 * 1024 * 1024;
const largestHead = 64 * 1024;

/**
 * Reads a backup from its beginning to its end, once, and compares every part with the manifest. Resolves when all of it is what
 * was written; throws BackupFault otherwise.
 */
export async function readBackup(
  file: string,
  key: OpeningKey,
  reader: BackupReader,
): Promise<BackupManifest> {
  const decrypter = decrypterFor(key);
  const encrypted = createReadStream(file, { highWaterMark: 256 * 1024 });
  let opened: ReadableStream<Uint8Array>;
  try {
    opened = await decrypter.decrypt(Readable.toWeb(encrypted) as ReadableStream<Uint8Array>);
  } catch (error) {
    throw notOpened(error, file);
  }
  // What the reader throws is its own; what the streams throw is the file's.
  const plain = Readable.fromWeb(opened as Parameters<typeof Readable.fromWeb>[0]);
  const decompressed = createZstdDecompress();
  const archive = extract();
  let failed: unknown;
  const fail = (error: unknown): void => {
    failed ??= error;
    for (const stream of [plain, decompressed]) stream.destroy();
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
  };
  plain.on("error", fail);
  decompressed.on("error", fail);
  plain.pipe(decompressed).pipe(archive);
  try {
    return await readParts(archive, reader);
  } catch (error) {
    const cause = failed ?? error;
    fail(cause);
    encrypted.destroy();
    if (cause instanceof BackupFault || isSystemError(cause)) throw cause;
    throw new BackupFault("damaged", `${file} is cut off or was altered: nothing in it can be believed`, {
      cause,
    });
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && "syscall" in error;

function notOpened(error: unknown, file: string): unknown {
  if (isSystemError(error) || error instanceof BackupFault) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes("no identity matched")) {
    return new BackupFault("wrongKey", `${file} opens with another key or passphrase than the one given`, {
      cause: error,
    });
  }
  return new BackupFault("damaged", `${file} is no backup, or its beginning is damaged: ${text}`, {
    cause: error,
  });
}

/** As tar-stream gives them out: streams of bytes, which its types leave open. */
type Entry = AsyncIterable<Uint8Array> & {
  readonly header: { readonly name: string; readonly size?: number; readonly type?: string | null };
};

async function readParts(archive: ReturnType<typeof extract>, reader: BackupReader): Promise<BackupManifest> {
  const found = new Map<string, BackupPart>();
  let head: BackupHead | undefined;
  let manifest: BackupManifest | undefined;
  for await (const entry of archive as AsyncIterable<Entry>) {
    const { name, size = 0, type } = entry.header;
    if (manifest !== undefined || type !== "file") throw altered(name, "nothing belongs there");
    if (head === undefined) {
      if (name !== headName) throw altered(name, "no backup begins with it");
      head = readHead(await textOf(entry, largestHead));
      reader.onHead(head);
    } else if (name === manifestName) {
      manifest = readManifest(await textOf(entry, largestManifest));
    } else {
      if (!isPartName(name) || found.has(name)) throw altered(name, "no backup holds such a part");
      const hash = createHash("sha256");
      await reader.onPart(name, size, hashing(entry, hash));
      found.set(name, { name, size, sha256: hash.digest("hex") });
    }
  }
  if (manifest === undefined)
    throw new BackupFault("damaged", "it has no manifest at its end: it was cut off");
  compare(manifest, found);
  return manifest;
}

/** Every part that the manifest names, as it names it, and no other. */
function compare(manifest: BackupManifest, found: ReadonlyMap<string, BackupPart>): void {
  for (const part of manifest.parts) {
    const one = found.get(part.name);
    if (one === undefined) throw altered(part.name, "the manifest names it, and it is not there");
    if (one.size !== part.size || one.sha256 !== part.sha256)
      throw altered(part.name, "it is not what the manifest says");
  }
  if (found.size !== manifest.parts.length) throw altered("a part", "the manifest does not name it");
}

const altered = (name: string, why: string): BackupFault => new BackupFault("damaged", `${name}: ${why}`);

async function* hashing(content: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}

async function textOf(content: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    length += chunk.length;
    if (length > most) throw new BackupFault("damaged", "its description is larger than any");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
