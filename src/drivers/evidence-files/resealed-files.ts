import {
  closeSync,
  fdatasyncSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { type Cipher, isSealedNow, type Resealing, SealBroken } from "../../ports/cipher.ts";
import type { StoredEvidence } from "../../ports/evidence-store.ts";
import { draftOf, takeName, writeEvidence } from "./draft-file.ts";
import {
  addedBy,
  headerLength,
  isInPieces,
  openPiece,
  type PieceHeader,
  pieceCount,
  pieceLength,
  placeOfPiece,
  readHeader,
  sealPiece,
  writeHeader,
} from "./sealed-pieces.ts";

export interface FilesToReseal {
  readonly cipher: Cipher;
  readonly files: readonly StoredEvidence[];
  /** Undefined where it was deleted meanwhile. */
  readonly find: (hash: string) => string | undefined;
  readonly faulting: <Result>(file: string, work: () => Result) => Result;
}

/** Pieces of a large file that are sealed anew at once: each time the disk has a moment, and doors come first. */
const piecesAtOnce = 8;

/** A large file counts as so many, and is done in so many turns; others are one each. */
const turnsOf = ({ bytes }: StoredEvidence): number =>
  Math.max(1, Math.ceil(bytes / (piecesAtOnce * pieceLength)));

/** A file at a time, whole or not at all; what cannot be sealed anew stays first, and nothing ends without it. */
export function resealingOfFiles({ cipher, files, find, faulting }: FilesToReseal): Resealing {
  const left = [...files];
  let large: LargeFile | undefined;
  const over = (looked: number, resealed: number) => {
    left.shift();
    large = undefined;
    return { looked, resealed };
  };
  const turn = (next: StoredEvidence): { looked: number; resealed: number } => {
    const file = find(next.hash);
    if (file === undefined) {
      large?.abandon();
      return over(turnsOf(next), 0);
    }
    if (large !== undefined) return large.advance() ? over(1, 1) : { looked: 1, resealed: 1 };
    const start = startOf(file, headerLength + cipher.mark.length);
    const sealed = isInPieces(start) ? start.subarray(headerLength) : start;
    if (isSealedNow(cipher, sealed)) return over(turnsOf(next), 0);
    if (!isInPieces(start)) {
      const binding = ["evidence", next.hash];
      // The oldest are deleted first: it stays as old as it is.
      writeEvidence(file, cipher.seal(cipher.open(readFileSync(file), binding), binding), statSync(file));
      return over(1, 1);
    }
    large = new LargeFile(file, next.hash, cipher, readHeader(start));
    return large.advance() ? over(1, 1) : { looked: 1, resealed: 1 };
  };
  return {
    all: left.reduce((sum, file) => sum + turnsOf(file), 0),
    next(most) {
      const sum = { looked: 0, resealed: 0 };
      for (let [next] = left; next !== undefined && sum.looked < most; [next] = left) {
        const file = next;
        const { looked, resealed } = faulting(find(file.hash) ?? file.hash, () => {
          try {
            return turn(file);
          } catch (error) {
            // A disk that failed may work the next time: from the beginning then.
            large?.abandon();
            large = undefined;
            throw error;
          }
        });
        sum.looked += looked;
        sum.resealed += resealed;
      }
      return sum;
    },
  };
}

/** Sealed anew beside itself, and put in its own place once it is whole. */
class LargeFile {
  readonly #file: string;
  readonly #cipher: Cipher;
  readonly #hash: string;
  readonly #before: PieceHeader;
  readonly #now: PieceHeader;
  readonly #draft: string;
  readonly #from: number;
  readonly #to: number;
  #index = 0;

  constructor(file: string, hash: string, cipher: Cipher, before: PieceHeader) {
    this.#file = file;
    this.#hash = hash;
    this.#cipher = cipher;
    this.#before = before;
    this.#now = { ...before, added: addedBy(cipher, { hash, ...before }) };
    this.#draft = draftOf(file);
    this.#from = openSync(file, "r");
    this.#to = openSync(this.#draft, "wx", 0o600);
  }

  /** True once it is done. */
  advance(): boolean {
    if (this.#index === 0) this.#write(writeHeader(this.#now), 0);
    const end = Math.min(this.#index + piecesAtOnce, pieceCount(this.#before.size));
    for (; this.#index < end; this.#index++) this.#reseal(this.#index);
    fdatasyncSync(this.#to);
    if (this.#index < pieceCount(this.#before.size)) return false;
    closeSync(this.#from);
    closeSync(this.#to);
    takeName(this.#draft, this.#file, statSync(this.#file));
    return true;
  }

  abandon(): void {
    closeSync(this.#from);
    closeSync(this.#to);
    rmSync(this.#draft, { force: true });
  }

  #reseal(index: number): void {
    const { start, length } = placeOfPiece(this.#before, index);
    const sealed = Buffer.alloc(length);
    if (readSync(this.#from, sealed, 0, length, start) < length) throw new SealBroken("cut short");
    const whole = { hash: this.#hash, ...this.#before };
    const anew = sealPiece(this.#cipher, whole, index, openPiece(this.#cipher, whole, index, sealed));
    this.#write(anew, placeOfPiece(this.#now, index).start);
  }

  #write(bytes: Uint8Array, place: number): void {
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#to, bytes, done, bytes.length - done, place + done);
  }
}

function startOf(file: string, length: number): Buffer {
  const start = Buffer.alloc(length);
  const descriptor = openSync(file, "r");
  try {
    return start.subarray(0, readSync(descriptor, start, 0, length, 0));
  } finally {
    closeSync(descriptor);
  }
}
