import type { DisplayStore, PairedDisplay } from "../../src/ports/paired-displays.ts";

/** Displays that are forgotten with the test. */
export class MemoryDisplays implements DisplayStore {
  readonly stored = new Map<string, PairedDisplay>();

  list(): readonly PairedDisplay[] {
    return [...this.stored.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(secretHash: string): PairedDisplay | undefined {
    return this.stored.get(secretHash);
  }

  add(secretHash: string, display: PairedDisplay): void {
    this.stored.set(secretHash, display);
  }

  rename(id: string, name: string): void {
    this.#change(id, { name });
  }

  touch(id: string, lastSeenAt: NonNullable<PairedDisplay["lastSeenAt"]>): void {
    this.#change(id, { lastSeenAt });
  }

  remove(id: string): void {
    for (const [hash, display] of this.stored) if (display.id === id) this.stored.delete(hash);
  }

  #change(id: string, change: Partial<PairedDisplay>): void {
    for (const [hash, display] of this.stored)
      if (display.id === id) this.stored.set(hash, { ...display, ...change });
  }
}
