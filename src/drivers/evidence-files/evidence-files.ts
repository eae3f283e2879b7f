import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { wallTime } from "../../domain/time.ts";
import type { Cipher, Resealing } from "../../ports/cipher.ts";
import type {
  AnnouncedEvidence,
  EvidenceLimits,
  EvidenceReceiver,
  EvidenceStore,
  OpenedEvidence,
  StoredEvidence,
} from "../../ports/evidence-store.ts";
import { draftSuffix, writeEvidenceBeside } from "./draft-file.ts";
import { faultOf, PieceReader } from "./piece-reader.ts";
import { PieceWriter } from "./piece-writer.ts";
import { resealingOfFiles } from "./resealed-files.ts";
import { isInPieces } from "./sealed-pieces.ts";

export interface EvidenceFilesOptions extends EvidenceLimits {
  /** The folder; made where it is missing. */
  readonly folder: string;
  readonly cipher: Cipher;
}

const hashForm = /^[0-9a-f]{64}$/;
const folderForm = /^[0-9a-f]{2}$/;
const restForm = /^[0-9a-f]{62}$/;
const bookmarkName = "bookmark";
const longestBookmark = 1_000;
const largestPicture = 8 * 1024 * 1024;

export interface ResealableEvidence extends EvidenceStore {
  /** After the site's key was changed. */
  resealing(): Resealing;
}

/** Evidence as sealed files `ab/cdef…`, named by what they show: the SHA-256 of the picture or clip itself. */
export function openEvidenceFiles(options: EvidenceFilesOptions): ResealableEvidence {
  return new EvidenceFiles(options);
}

class EvidenceFiles implements ResealableEvidence {
  readonly limits: EvidenceLimits;
  readonly bookmark: EvidenceStore["bookmark"];
  readonly #folder: string;
  readonly #cipher: Cipher;
  /** Oldest first. */
  readonly #files: Map<string, StoredEvidence>;

  constructor({ folder, cipher, ...limits }: EvidenceFilesOptions) {
    this.limits = limits;
    this.#folder = folder;
    this.#cipher = cipher;
    this.#files = faulting(folder, () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return readFiles(folder);
    });
    this.bookmark = bookmarkIn(folder);
  }

  async put(jpeg: Uint8Array): Promise<string> {
    if (jpeg.length > largestPicture) throw new RangeError(`a picture over ${largestPicture} bytes`);
    const hash = createHash("sha256").update(jpeg).digest("hex");
    const file = this.#fileOf(hash);
    try {
      if (existsSync(file)) return hash;
      const sealed = this.#cipher.seal(jpeg, ["evidence", hash]);
      await writeEvidenceBeside(file, sealed);
      this.#note(hash, sealed.length);
    } catch (error) {
      throw faultOf(error, file);
    }
    return hash;
  }

  get(hash: string): Uint8Array | undefined {
    const file = this.#find(hash);
    if (file === undefined) return undefined;
    return faulting(file, () => this.#cipher.open(readFileSync(file), ["evidence", hash]));
  }

  receive(announced: AnnouncedEvidence): EvidenceReceiver {
    const { hash } = announced;
    if (!hashForm.test(hash)) throw new RangeError("evidence is announced by its SHA-256");
    const file = this.#fileOf(hash);
    return faulting(
      file,
      () => new PieceWriter(file, this.#cipher, announced, (bytes) => this.#note(hash, bytes)),
    );
  }

  open(hash: string): OpenedEvidence | undefined {
    const file = this.#find(hash);
    if (file === undefined) return undefined;
    return faulting(file, () => {
      if (isInPieces(startOf(file))) return new PieceReader(file, this.#cipher, hash);
      const jpeg = this.#cipher.open(readFileSync(file), ["evidence", hash]);
      const read = async (from: number, until: number) => jpeg.subarray(from, until);
      return { media: "image/jpeg", size: jpeg.length, read };
    });
  }

  list(): readonly StoredEvidence[] {
    return [...this.#files.values()];
  }

  has(hash: string): boolean {
    return this.#find(hash) !== undefined;
  }

  remove(hashes: readonly string[]): void {
    faulting(this.#folder, () => {
      for (const hash of hashes) {
        if (!hashForm.test(hash)) continue;
        rmSync(this.#fileOf(hash), { force: true });
        this.#files.delete(hash);
      }
    });
  }

  resealing(): Resealing {
    return resealingOfFiles({
      cipher: this.#cipher,
      files: this.list(),
      find: (hash) => this.#find(hash),
      faulting,
    });
  }

  [Symbol.dispose](): void {}

  #note(hash: string, bytes: number): void {
    this.#files.delete(hash);
    this.#files.set(hash, { hash, bytes, keptAt: wallTime(statSync(this.#fileOf(hash)).mtimeMs) });
  }

  /** Undefined for what is no hash: that is also what keeps `..` out of the path. */
  #find(hash: string): string | undefined {
    const file = hashForm.test(hash) ? this.#fileOf(hash) : undefined;
    return file !== undefined && existsSync(file) ? file : undefined;
  }

  #fileOf(hash: string): string {
    return join(this.#folder, hash.slice(0, 2), hash.slice(2));
  }
}

function startOf(file: string): Buffer {
  const start = Buffer.alloc(4);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, start, 0, start.length, 0);
    return start;
  } finally {
    closeSync(descriptor);
  }
}

/** Lost, the walk begins anew: it is not worth a sync. */
function bookmarkIn(folder: string): EvidenceStore["bookmark"] {
  const file = join(folder, bookmarkName);
  return {
    get: () =>
      faulting(file, () =>
        existsSync(file) ? readFileSync(file, "utf8").slice(0, longestBookmark) : undefined,
      ),
    set: (place) =>
      faulting(file, () => {
        writeFileSync(`${file}${draftSuffix}`, place.slice(0, longestBookmark), { mode: 0o600 });
        renameSync(`${file}${draftSuffix}`, file);
      }),
  };
}

/** Removes what a crash left half-written, on the way. */
function readFiles(root: string): Map<string, StoredEvidence> {
  const files: StoredEvidence[] = [];
  for (const folder of readdirSync(root).filter((name) => folderForm.test(name))) {
    for (const name of readdirSync(join(root, folder))) {
      const file = join(root, folder, name);
      if (name.endsWith(draftSuffix)) rmSync(file, { force: true });
      if (!restForm.test(name)) continue;
      const { size, mtimeMs } = statSync(file);
      files.push({ hash: folder + name, bytes: size, keptAt: wallTime(mtimeMs) });
    }
  }
  files.sort((a, b) => a.keptAt - b.keptAt);
  return new Map(files.map((file) => [file.hash, file]));
}

function faulting<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw faultOf(error, file);
  }
}
