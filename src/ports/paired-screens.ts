import type { WallTime } from "../domain/time.ts";

/** A screen that an operator has said belongs to this site, whatever it shows. */
export interface PairedScreen {
  readonly id: string;
  /** As operators and records call it; no two of a kind have the same. */
  readonly name: string;
  readonly pairedBy: string;
  readonly pairedAt: WallTime;
  readonly lastSeenAt: WallTime | null;
}

/** Which there are; of what each signs in with only the hash. */
export interface ScreenStore<Screen extends PairedScreen> {
  /** By name. */
  list(): readonly Screen[];
  find(secretHash: string): Screen | undefined;
  add(secretHash: string, screen: Screen): void;
  touch(id: string, lastSeenAt: WallTime): void;
  remove(id: string): void;
}
