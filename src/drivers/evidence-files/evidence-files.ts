import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Cipher, isSealedNow, type Resealing, SealBroken } from "../../ports/cipher.ts";
import type { EvidenceStore } from "../../ports/evidence-store.ts";
import { StorageFault } from "../../ports/journal.ts";

export interface EvidenceFilesOptions {
  /** The folder; made where it is missing. */
  readonly folder: string;
  readonly cipher: Cipher;
  /** What `prune` leaves. */
  readonly mostFiles: number;
  readonly mostBytes: number;
}

const hashForm = /^[0-9a-f]{64}$/;
const folderForm = /^[0-9a-f]{2}$/;
const restForm = /^[0-9a-f]{62}$/;
const draftSuffix = ".part";
const largestPicture = 8 * 1024 * 1024;

export interface ResealableEvidence extends EvidenceStore {
  /** After the site's key was changed. */
  resealing(): Resealing;
}

/** Pictures as sealed files `ab/cdef…`, named by what they show: the SHA-256 of the picture itself. */
export function openEvidenceFiles(options: EvidenceFilesOptions): ResealableEvidence {
  return new EvidenceFiles(options);
}

class EvidenceFiles implements ResealableEvidence {
  readonly #options: EvidenceFilesOptions;
  /** Size of each file, oldest first. */
  readonly #sizes: Map<string, number>;

  constructor(options: EvidenceFilesOptions) {
    this.#options = options;
    this.#sizes = faulting(options.folder, () => {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 });
      return readSizes(options.folder);
    });
  }

  put(jpeg: Uint8Array): string {
    if (jpeg.length > largestPicture) throw new RangeError(`a picture over ${largestPicture} bytes`);
    const hash = createHash("sha256").update(jpeg).digest("hex");
    const file = this.#fileOf(hash);
    faulting(file, () => {
      if (existsSync(file)) return;
      const sealed = this.#options.cipher.seal(jpeg, ["evidence", hash]);
      writeDurably(file, sealed);
      this.#sizes.set(hash, sealed.length);
    });
    return hash;
  }

  get(hash: string): Uint8Array | undefined {
    if (!hashForm.test(hash)) return undefined; // also what keeps `..` out of the path
    const file = this.#fileOf(hash);
    return faulting(file, () => {
      if (!existsSync(file)) return undefined;
      return this.#options.cipher.open(readFileSync(file), ["evidence", hash]);
    });
  }

  prune(): number {
    return faulting(this.#options.folder, () => {
      let bytes = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
      let removed = 0;
      for (const [hash, size] of this.#sizes) {
        if (this.#sizes.size <= this.#options.mostFiles && bytes <= this.#options.mostBytes) break;
        rmSync(this.#fileOf(hash), { force: true });
        this.#sizes.delete(hash);
        bytes -= size;
        removed += 1;
      }
      return removed;
    });
  }

  resealing(): Resealing {
    const left = [...this.#sizes.keys()];
    return {
      all: left.length,
      next: (most) => {
        const some = left.splice(0, most);
        return { looked: some.length, resealed: some.filter((hash) => this.#reseal(hash)).length };
      },
    };
  }

  [Symbol.dispose](): void {}

  #reseal(hash: string): boolean {
    const file = this.#fileOf(hash);
    const { cipher } = this.#options;
    return faulting(file, () => {
      if (!existsSync(file)) return false; // pruned meanwhile
      const { atime, mtime } = statSync(file);
      const sealed = readFileSync(file);
      if (isSealedNow(cipher, sealed)) return false;
      const anew = cipher.seal(cipher.open(sealed, ["evidence", hash]), ["evidence", hash]);
      // The oldest are pruned first: it stays as old as it is.
      writeDurably(file, anew, { atime, mtime });
      this.#sizes.set(hash, anew.length);
      return true;
    });
  }

  #fileOf(hash: string): string {
    return join(this.#options.folder, hash.slice(0, 2), hash.slice(2));
  }
}

/** Whole or not at all: a file of its final name has been synced before it got that name. */
function writeDurably(
  file: string,
  bytes: Uint8Array,
  times?: { readonly atime: Date; readonly mtime: Date },
): void {
  const folder = dirname(file);
  const isNew = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
  const draft = `${file}.${randomBytes(4).toString("hex")}${draftSuffix}`;
  try {
    writeFileSync(draft, bytes, { flag: "wx", mode: 0o600, flush: true });
    if (times !== undefined) utimesSync(draft, times.atime, times.mtime);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(folder);
  if (isNew) syncFolder(dirname(folder));
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Removes what a crash left half-written, on the way. */
function readSizes(root: string): Map<string, number> {
  const files: { hash: string; size: number; time: number }[] = [];
  for (const folder of readdirSync(root).filter((name) => folderForm.test(name))) {
    for (const name of readdirSync(join(root, folder))) {
      const file = join(root, folder, name);
      if (name.endsWith(draftSuffix)) rmSync(file, { force: true });
      if (!restForm.test(name)) continue;
      const { size, mtimeMs } = statSync(file);
      files.push({ hash: folder + name, size, time: mtimeMs });
    }
  }
  files.sort((a, b) => a.time - b.time);
  return new Map(files.map(({ hash, size }) => [hash, size]));
}

function faulting<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof SealBroken)
      throw new StorageFault(`${file} was altered: ${error.message}`, { cause: error });
    const detail = error instanceof Error ? error.message : String(error);
    throw new StorageFault(`evidence could not be kept or read: ${detail}`, { cause: error });
  }
}
