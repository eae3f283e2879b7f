import type { AccessPointRef } from "../domain/names.ts";
import type { WallTime } from "../domain/time.ts";

/** A screen at a door that an operator has said belongs there. */
export interface PairedDisplay extends AccessPointRef {
  readonly id: string;
  /** As operators and records call it; no two have the same. */
  readonly name: string;
  readonly pairedBy: string;
  readonly pairedAt: WallTime;
  readonly lastSeenAt: WallTime | null;
}

/** Which there are; of what each signs in with only the hash. */
export interface DisplayStore {
  /** By name. */
  list(): readonly PairedDisplay[];
  find(secretHash: string): PairedDisplay | undefined;
  add(secretHash: string, display: PairedDisplay): void;
  rename(id: string, name: string): void;
  touch(id: string, lastSeenAt: WallTime): void;
  remove(id: string): void;
}
