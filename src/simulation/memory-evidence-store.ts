import { createHash } from "node:crypto";
import type { EvidenceStore } from "../ports/evidence-store.ts";
import { StorageFault } from "../ports/journal.ts";

/** Pictures kept in memory; its disk fails when a test says so. */
export class MemoryEvidenceStore implements EvidenceStore {
  readonly #pictures = new Map<string, Uint8Array>();
  readonly #altered = new Set<string>();
  readonly #mostFiles: number;
  #failures = 0;

  constructor(mostFiles = 1_000) {
    this.#mostFiles = mostFiles;
  }

  /** The next `put` throws StorageFault. */
  failNextPut(): void {
    this.#failures += 1;
  }

  /** As if somebody had changed the file. */
  alter(hash: string): void {
    this.#altered.add(hash);
  }

  put(jpeg: Uint8Array): string {
    if (this.#failures > 0) {
      this.#failures -= 1;
      throw new StorageFault("simulated: the disk failed");
    }
    const hash = createHash("sha256").update(jpeg).digest("hex");
    if (!this.#pictures.has(hash)) this.#pictures.set(hash, Uint8Array.from(jpeg));
    return hash;
  }

  get(hash: string): Uint8Array | undefined {
    if (this.#altered.has(hash)) throw new StorageFault(`simulated: ${hash} was altered`);
    return this.#pictures.get(hash);
  }

  prune(): number {
    const surplus = [...this.#pictures.keys()].slice(0, Math.max(0, this.#pictures.size - this.#mostFiles));
    for (const hash of surplus) this.#pictures.delete(hash);
    return surplus.length;
  }

  [Symbol.dispose](): void {}
}
