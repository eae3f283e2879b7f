import type { WatchScreen, WatchScreenStore } from "../../src/ports/watch-screens.ts";

/** Screens that watch, forgotten with the test. */
export class MemoryWatchScreens implements WatchScreenStore {
  readonly stored = new Map<string, WatchScreen>();

  list(): readonly WatchScreen[] {
    return [...this.stored.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(secretHash: string): WatchScreen | undefined {
    return this.stored.get(secretHash);
  }

  add(secretHash: string, screen: WatchScreen): void {
    this.stored.set(secretHash, screen);
  }

  change(id: string, to: Partial<WatchScreen>): void {
    for (const [hash, screen] of this.stored)
      if (screen.id === id) this.stored.set(hash, { ...screen, ...to });
  }

  touch(id: string, lastSeenAt: NonNullable<WatchScreen["lastSeenAt"]>): void {
    this.change(id, { lastSeenAt });
  }

  remove(id: string): void {
    for (const [hash, screen] of this.stored) if (screen.id === id) this.stored.delete(hash);
  }
}
