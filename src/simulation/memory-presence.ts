import type { PresenceChange, PresenceMark, PresenceStore, StoredPlace } from "../ports/presence-store.ts";

/** Who was where, in memory. */
export class MemoryPresence implements PresenceStore {
  #places = new Map<string, StoredPlace>();
  #mark: PresenceMark | undefined;

  load() {
    return this.#mark && { ...this.#mark, places: [...this.#places.values()] };
  }

  save({ cleared, places, removed, seq, hash, summary }: PresenceChange): void {
    if (cleared) this.#places = new Map();
    for (const cardholder of removed) this.#places.delete(cardholder);
    for (const place of places) this.#places.set(place.cardholder, place);
    this.#mark = { seq, hash, summary: structuredClone(summary) };
  }
}
