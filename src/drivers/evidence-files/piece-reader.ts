import { closeSync, fstatSync, openSync, read, readSync } from "node:fs";
import { promisify } from "node:util";
import { type Cipher, SealBroken } from "../../ports/cipher.ts";
import { EvidenceAltered, type EvidenceMedia, type OpenedEvidence } from "../../ports/evidence-store.ts";
import { StorageFault } from "../../ports/journal.ts";
import {
  fileLength,
  headerLength,
  openPiece,
  type PieceHeader,
  pieceLength,
  placeOfPiece,
  readHeader,
} from "./sealed-pieces.ts";

const readLater = promisify(read);

/** A file in pieces, opened where it is asked for. The file is opened for each reading: one that is never read holds nothing. */
export class PieceReader implements OpenedEvidence {
  readonly media: EvidenceMedia;
  readonly size: number;
  readonly #file: string;
  readonly #cipher: Cipher;
  readonly #hash: string;
  readonly #header: PieceHeader;

  /** Throws EvidenceAltered, or what the file system says. */
  constructor(file: string, cipher: Cipher, hash: string) {
    this.#file = file;
    this.#cipher = cipher;
    this.#hash = hash;
    this.#header = headerOf(file);
    ({ media: this.media, size: this.size } = this.#header);
  }

  async read(from: number, until: number): Promise<Uint8Array> {
    const end = Math.min(until, this.size);
    if (from >= end) return new Uint8Array(0);
    const descriptor = openSync(this.#file, "r");
    try {
      const first = Math.floor(from / pieceLength);
      const last = Math.floor((end - 1) / pieceLength);
      const pieces: Uint8Array[] = [];
      for (let index = first; index <= last; index++) pieces.push(await this.#piece(descriptor, index));
      const base = first * pieceLength;
      return Buffer.concat(pieces).subarray(from - base, end - base);
    } catch (error) {
      throw faultOf(error, this.#file);
    } finally {
      closeSync(descriptor);
    }
  }

  async #piece(descriptor: number, index: number): Promise<Uint8Array> {
    const { start, length } = placeOfPiece(this.#header, index);
    const sealed = Buffer.alloc(length);
    const { bytesRead } = await readLater(descriptor, sealed, 0, length, start);
    if (bytesRead < length) throw new SealBroken("cut short");
    const { size, media } = this;
    return openPiece(this.#cipher, { hash: this.#hash, size, media }, index, sealed);
  }
}

/** Throws EvidenceAltered. */
function headerOf(file: string): PieceHeader {
  const descriptor = openSync(file, "r");
  try {
    const start = Buffer.alloc(headerLength);
    readSync(descriptor, start, 0, headerLength, 0);
    const header = readHeader(start);
    if (fstatSync(descriptor).size !== fileLength(header))
      throw new SealBroken("longer or shorter than it was");
    return header;
  } catch (error) {
    throw faultOf(error, file);
  } finally {
    closeSync(descriptor);
  }
}

export function faultOf(error: unknown, file: string): Error {
  if (error instanceof StorageFault || error instanceof EvidenceAltered) return error;
  if (error instanceof SealBroken)
    return new EvidenceAltered(`${file} was altered: ${error.message}`, { cause: error });
  const detail = error instanceof Error ? error.message : String(error);
  return new StorageFault(`evidence could not be kept or read: ${detail}`, { cause: error });
}
