import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { type FileHandle, link, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { constants, createZstdCompress } from "node:zlib";
import { type Pack, pack } from "tar-stream";
import { syncPath } from "../../durable-files/durable-file.ts";
import { BackupFault } from "../../ports/backup.ts";
import { encrypterFor, type SealingKey } from "./backup-keys.ts";
import {
  type BackupHead,
  type BackupManifest,
  type BackupPart,
  headName,
  isPartName,
  manifestName,
} from "./backup-manifest.ts";
import { type Pace, pauseAfter, syncEvery } from "./pace.ts";

/** A part to be: a file as it is now, or bytes. */
export type Source = { readonly name: string } & ({ readonly file: string } | { readonly bytes: Uint8Array });

export interface BackupContent {
  readonly head: BackupHead;
  readonly sources: Iterable<Source>;
  readonly facts: Pick<BackupManifest, "journal" | "checkpoint" | "models">;
}

export interface BackupTarget {
  /** The final name; the file appears under it whole, or not at all. */
  readonly file: string;
  readonly key: SealingKey;
  readonly pace: Pace;
}

/** Of a file that is not whole yet. */
export const draftSuffix = ".part";

/**
 * Writes one backup: a tar archive, compressed with Zstandard, encrypted with age, so that it can be opened without this
 * program too. Its manifest comes last. Throws BackupFault; then nothing stands under the final name.
 */
export async function writeBackup(
  content: BackupContent,
  target: BackupTarget,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const encrypter = encrypterFor(target.key);
  const draft = `${target.file}${draftSuffix}`;
  try {
    await rm(draft, { force: true });
    await using written = await open(draft, "wx", 0o600);
    const archive = pack();
    const compressed = archive.pipe(
      createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
    );
    const [, figures] = await Promise.all([
      fill(archive, content).catch((error: unknown) => {
        archive.destroy();
        compressed.destroy(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }),
      encrypter
        .encrypt(Readable.toWeb(compressed) as ReadableStream<Uint8Array>)
        .then((stream) => drain(stream, written, target.pace))
        .catch((error: unknown) => {
          archive.destroy();
          compressed.destroy();
          throw error;
        }),
    ]);
    await written.sync();
    // Never over another: a backup that is there stays.
    await link(draft, target.file);
    await rm(draft);
    syncPath(dirname(target.file));
    return figures;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw asFault(error, target.file);
  }
}

async function fill(archive: Pack, { head, sources, facts }: BackupContent): Promise<void> {
  await addBytes(archive, headName, jsonOf(head));
  const parts: BackupPart[] = [];
  for (const source of sources) {
    if (!isPartName(source.name))
      throw new BackupFault("refused", `${source.name}: a name that no backup holds`);
    const part =
      "bytes" in source ? await addBytes(archive, source.name, source.bytes) : await addFile(archive, source);
    if (part !== undefined) parts.push(part);
  }
  const manifest: BackupManifest = { ...head, ...facts, parts };
  await addBytes(archive, manifestName, jsonOf(manifest));
  archive.finalize();
}

const jsonOf = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, undefined, 1)}\n`);

async function addBytes(archive: Pack, name: string, bytes: Uint8Array): Promise<BackupPart> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  archive.entry({ name, mode: 0o600 }, Buffer.from(bytes), (error) => (error ? reject(error) : resolve()));
  await promise;
  return { name, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Undefined where it is gone: evidence may have been pruned since it was listed. */
async function addFile(
  archive: Pack,
  { name, file }: { readonly name: string; readonly file: string },
): Promise<BackupPart | undefined> {
  let opened: FileHandle;
  try {
    opened = await open(file, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  await using reading = opened;
  const { size, mtime } = await reading.stat();
  const hash = createHash("sha256");
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const entry = archive.entry({ name, size, mode: 0o600, mtime }, (error) =>
    error ? reject(error) : resolve(),
  );
  promise.catch(() => undefined); // awaited below, where nothing else has failed before
  if (size > 0) {
    // What is appended meanwhile belongs to the next backup.
    const stream = createReadStream(file, {
      fd: reading.fd,
      autoClose: false,
      start: 0,
      end: size - 1,
      highWaterMark: 256 * 1024,
    });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      hash.update(chunk);
      if (!entry.write(chunk)) await once(entry, "drain");
    }
  }
  entry.end(null);
  await promise;
  return { name, size, sha256: hash.digest("hex") };
}

async function drain(
  stream: ReadableStream<Uint8Array>,
  into: FileHandle,
  pace: Pace,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  const start = performance.now();
  let bytes = 0;
  let unsynced = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    await into.writeFile(chunk);
    bytes += chunk.length;
    unsynced += chunk.length;
    if (unsynced < syncEvery) continue;
    unsynced = 0;
    await into.datasync();
    await sleep(pauseAfter(pace, bytes, performance.now() - start));
  }
  return { bytes, sha256: hash.digest("hex") };
}

function asFault(error: unknown, file: string): unknown {
  if (error instanceof BackupFault || !(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "EEXIST")
    return new BackupFault("refused", `${file} is there already`, { cause: error });
  return new BackupFault("refused", `${file} could not be written: ${error.message}`, { cause: error });
}
