import { createHash } from "node:crypto";
import { type WallTime, wallTime } from "../domain/time.ts";
import {
  type AnnouncedEvidence,
  EvidenceAltered,
  type EvidenceLimits,
  type EvidenceMedia,
  type EvidenceReceiver,
  type EvidenceStore,
  type OpenedEvidence,
  type StoredEvidence,
} from "../ports/evidence-store.ts";
import { StorageFault } from "../ports/journal.ts";

export interface MemoryEvidenceOptions extends Partial<EvidenceLimits> {
  readonly wall?: () => WallTime;
}

/** Evidence kept in memory; its disk fails when a test says so. */
export class MemoryEvidenceStore implements EvidenceStore {
  readonly limits: EvidenceLimits;
  readonly bookmark: EvidenceStore["bookmark"];
  readonly #kept = new Map<
    string,
    { readonly bytes: Uint8Array; readonly media: EvidenceMedia; readonly keptAt: WallTime }
  >();
  readonly #altered = new Set<string>();
  readonly #wall: () => WallTime;
  #failures = 0;
  #disk: Promise<void> = Promise.resolve();

  constructor({ mostFiles = 1_000, mostBytes = 1e9, wall }: MemoryEvidenceOptions = {}) {
    this.limits = { mostFiles, mostBytes };
    this.#wall = wall ?? (() => wallTime(0));
    let place: string | undefined;
    this.bookmark = { get: () => place, set: (next) => void (place = next) };
  }

  /** The next `put` or `finish` throws StorageFault. */
  failNextPut(): void {
    this.#failures += 1;
  }

  /** As if somebody had changed the file. */
  alter(hash: string): void {
    this.#altered.add(hash);
  }

  /** Its disk takes nothing until it is told to go on. */
  stall(): { readonly goOn: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#disk = promise;
    return { goOn: resolve };
  }

  async put(jpeg: Uint8Array): Promise<string> {
    await this.#disk;
    return this.add(jpeg);
  }

  /** The same at once, for whoever sets a test up. */
  add(jpeg: Uint8Array): string {
    this.#mayFail();
    const hash = createHash("sha256").update(jpeg).digest("hex");
    this.#keep(hash, Uint8Array.from(jpeg), "image/jpeg");
    return hash;
  }

  get(hash: string): Uint8Array | undefined {
    this.#mustBeItself(hash);
    return this.#kept.get(hash)?.bytes;
  }

  receive({ hash, size, media }: AnnouncedEvidence): EvidenceReceiver {
    const pieces: Uint8Array[] = [];
    return {
      add: async (piece) => void pieces.push(Uint8Array.from(piece)),
      finish: async () => {
        this.#mayFail();
        const bytes = Buffer.concat(pieces);
        if (bytes.length !== size || createHash("sha256").update(bytes).digest("hex") !== hash)
          throw new StorageFault("evidence is not what was announced");
        this.#keep(hash, bytes, media);
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
  }

  open(hash: string): OpenedEvidence | undefined {
    const kept = this.#kept.get(hash);
    if (kept === undefined) return undefined;
    this.#mustBeItself(hash);
    const { bytes, media } = kept;
    return { media, size: bytes.length, read: async (from, until) => bytes.subarray(from, until) };
  }

  list(): readonly StoredEvidence[] {
    return [...this.#kept].map(([hash, { bytes, keptAt }]) => ({ hash, bytes: bytes.length, keptAt }));
  }

  has(hash: string): boolean {
    return this.#kept.has(hash);
  }

  remove(hashes: readonly string[]): void {
    for (const hash of hashes) this.#kept.delete(hash);
  }

  [Symbol.dispose](): void {}

  #keep(hash: string, bytes: Uint8Array, media: EvidenceMedia): void {
    if (!this.#kept.has(hash)) this.#kept.set(hash, { bytes, media, keptAt: this.#wall() });
  }

  #mayFail(): void {
    if (this.#failures === 0) return;
    this.#failures -= 1;
    throw new StorageFault("simulated: the disk failed");
  }

  #mustBeItself(hash: string): void {
    if (this.#altered.has(hash)) throw new EvidenceAltered(`simulated: ${hash} was altered`);
  }
}
