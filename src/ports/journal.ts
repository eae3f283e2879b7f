import type { Instant, WallTime } from "../domain/time.ts";

/** What is known of a fact before it is written. `payload` is plain JSON: no undefined, no NaN, no binary. */
export interface JournalEntry {
  /** Past tense, PascalCase: `AccessGranted`. */
  readonly type: string;
  readonly at: Instant;
  readonly payload: JsonObject;
  /**
   * What was decided on, whole: on the first record of what a decision came to, so that it can be decided again
   * (replay) and asked about ("why?"). Never published.
   */
  readonly input?: JsonObject;
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** One line of the record, as written. */
export interface JournalRecord {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  /** Wall clock when written. */
  readonly wall: WallTime;
  /** Monotonic clock when it happened; comparable within one `boot` only. */
  readonly at: Instant;
  /** Identifies the machine's boot. */
  readonly boot: string;
  readonly type: string;
  /** Version of this type's payload. */
  readonly version: number;
  readonly payload: JsonObject;
  /** What was decided on; on the first record of a decision only. */
  readonly input?: JsonObject;
  /** Hexadecimal SHA-256 over the previous record's hash and this record's content. */
  readonly hash: string;
}

export interface JournalQuery {
  /** Only records with a greater sequence number. */
  readonly after?: number;
  /** 1 to 1000. */
  readonly limit: number;
  readonly type?: string;
  /** Any of these. */
  readonly types?: readonly string[];
  /** Who the record is about, as whose host or in whose group too. */
  readonly cardholder?: string;
  readonly card?: string;
  readonly vestibule?: string;
  readonly door?: string;
  readonly accessPoint?: string;
  /** A denial's reason, `faceMismatch`; what an operator wrote is not searched. */
  readonly reason?: string;
  readonly operator?: string;
  readonly from?: WallTime;
  readonly to?: WallTime;
  /** Newest first; `after` then means "before". */
  readonly newestFirst?: boolean;
}

/** A search by what is not indexed yet: the file is an older release's, and is worked through in the background. */
export class StillIndexing extends Error {
  override readonly name = "StillIndexing";
  readonly covered: number;
  readonly last: number;

  constructor(covered: number, last: number) {
    super(`${covered} of ${last} records can be searched by this so far`);
    this.covered = covered;
    this.last = last;
  }
}

/** The storage could not write durably. Nothing of the batch may be assumed to be there, or not to be there. */
export class StorageFault extends Error {
  override readonly name = "StorageFault";
}

export type JournalVerdict =
  | {
      readonly intact: true;
      readonly records: number;
      readonly first: number;
      readonly last: number;
      readonly head: string;
      /** Up to which record it is signed, where the key that signs was known. */
      readonly signed?: number;
      /** Up to which record a witness that was known has cosigned it, and when. */
      readonly witnessed?: { readonly size: number; readonly posixSeconds: number };
      /** Whether it contains the checkpoint kept elsewhere, where one was given; one of pruned records cannot be compared. */
      readonly kept?: "contained" | "beforeWhatIsKept";
    }
  | {
      readonly intact: false;
      /** The first record that is not what was written. */
      readonly seq: number;
      readonly fault: "hash" | "gap" | "unreadable" | "tree" | "signature";
      readonly detail: string;
    };

/** Append-only, durable, hash-chained. The truth; every other table can be rebuilt from it. */
export interface Journal extends Disposable {
  /** Writes all entries in one transaction and returns once they would survive a power cut. Throws StorageFault. */
  append(entries: readonly JournalEntry[]): readonly JournalRecord[];
  query(query: JournalQuery): readonly JournalRecord[];
  /** Sequence number of the last record; 0 when empty. */
  last(): number;
  verify(): JournalVerdict;
}

/** Where a reader of the journal (the MQTT outbox, a projection) has got to. Survives restarts. */
export interface JournalCursor {
  position(): number;
  /** Moves forward only; may be written lazily: after a crash it may lag, never lead. */
  advance(seq: number): void;
}
