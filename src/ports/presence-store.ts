import type { Area } from "../domain/access/access.ts";
import type { VestibuleId } from "../domain/names.ts";
import type { WallTime } from "../domain/time.ts";
import type { JsonObject } from "./journal.ts";

/** Where somebody was last seen. */
export interface StoredPlace {
  readonly cardholder: string;
  /** Null where nobody said which (set by an operator). */
  readonly vestibule: VestibuleId | null;
  /** Null: an operator has said that it is not known. */
  readonly area: Area | null;
  readonly since: WallTime;
  /** Of the record that says so. */
  readonly seq: number;
}

/** As of a record of the journal. */
export interface PresenceMark {
  readonly seq: number;
  /** Of that record: a journal put back from a backup may have another one there. */
  readonly hash: string;
  readonly summary: JsonObject;
}

export interface PresenceChange extends PresenceMark {
  /** Before anything else of the change: whatever was stored is gone. */
  readonly cleared: boolean;
  readonly places: readonly StoredPlace[];
  readonly removed: readonly string[];
}

/** Keeps who was where over restarts. Nothing that the journal does not say: what is lost is read there again. */
export interface PresenceStore {
  /** Undefined where nothing was saved yet. Throws StorageFault. */
  load(): (PresenceMark & { readonly places: readonly StoredPlace[] }) | undefined;
  /** All or nothing; may be written lazily: after a crash it may lag, never be half of a change. Throws StorageFault. */
  save(change: PresenceChange): void;
}
