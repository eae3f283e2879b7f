import { createHash } from "node:crypto";
import { closeSync, existsSync, fsync, openSync, rmSync, write } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { makeFolderDurably, renameDurablyBeside } from "../../durable-files/durable-file.ts";
import type { Cipher } from "../../ports/cipher.ts";
import type { AnnouncedEvidence, EvidenceReceiver } from "../../ports/evidence-store.ts";
import { StorageFault } from "../../ports/journal.ts";
import { draftOf } from "./draft-file.ts";
import {
  addedBy,
  headerLength,
  largestWhole,
  pieceCount,
  pieceLength,
  sealPiece,
  writeHeader,
} from "./sealed-pieces.ts";

/** Writing and syncing happen on another thread: the loop that decides about doors goes on. */
const [writeLater, syncLater] = [promisify(write), promisify(fsync)];

/** What comes in pieces of any length is sealed and written in pieces of one. */
export class PieceWriter implements EvidenceReceiver {
  readonly #file: string;
  readonly #draft: string;
  readonly #cipher: Cipher;
  readonly #whole: AnnouncedEvidence;
  readonly #onKept: (bytes: number) => void;
  readonly #digest = createHash("sha256");
  readonly #descriptor: number;
  #rest: Uint8Array = new Uint8Array(0);
  #received = 0;
  #written = 0;
  #index = 0;
  #isOpen = true;

  /** Throws what the file system says. */
  constructor(file: string, cipher: Cipher, whole: AnnouncedEvidence, onKept: (bytes: number) => void) {
    if (whole.size > largestWhole) throw new StorageFault(`evidence over ${largestWhole} bytes`);
    this.#file = file;
    this.#cipher = cipher;
    this.#whole = whole;
    this.#onKept = onKept;
    makeFolderDurably(dirname(file));
    this.#draft = draftOf(file);
    this.#descriptor = openSync(this.#draft, "wx", 0o600);
  }

  async add(piece: Uint8Array): Promise<void> {
    this.#received += piece.length;
    if (this.#received > this.#whole.size) throw new StorageFault("evidence is longer than was announced");
    this.#digest.update(piece);
    this.#rest = Buffer.concat([this.#rest, piece]);
    await this.#faulting(async () => {
      if (this.#written === 0) await this.#writeHeader();
      while (this.#rest.length >= pieceLength) await this.#writePiece(pieceLength);
    });
  }

  async finish(): Promise<void> {
    if (this.#received !== this.#whole.size || this.#digest.digest("hex") !== this.#whole.hash)
      throw new StorageFault("evidence is not what was announced");
    await this.#faulting(async () => {
      if (this.#written === 0) await this.#writeHeader();
      if (this.#index < pieceCount(this.#whole.size)) await this.#writePiece(this.#rest.length);
      await syncLater(this.#descriptor);
      this.#close();
      await renameDurablyBeside(this.#draft, this.#file);
    });
    this.#onKept(this.#written);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#close();
    if (existsSync(this.#draft)) rmSync(this.#draft, { force: true });
  }

  async #writeHeader(): Promise<void> {
    const { size, media } = this.#whole;
    await this.#write(writeHeader({ size, media, added: addedBy(this.#cipher, this.#whole) }), 0);
    this.#written = headerLength;
  }

  async #writePiece(length: number): Promise<void> {
    const sealed = sealPiece(this.#cipher, this.#whole, this.#index, this.#rest.subarray(0, length));
    await this.#write(sealed, this.#written);
    this.#rest = this.#rest.subarray(length);
    this.#written += sealed.length;
    this.#index += 1;
  }

  /** A disk that fills up takes a part of it first. */
  async #write(bytes: Uint8Array, place: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await writeLater(
        this.#descriptor,
        bytes,
        done,
        bytes.length - done,
        place + done,
      );
      done += bytesWritten;
    }
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }

  async #faulting(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw new StorageFault(`evidence could not be kept: ${detail}`, { cause: error });
    }
  }
}
