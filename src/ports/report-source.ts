import type { WallTime } from "../domain/time.ts";
import type { Cardholder } from "./directory.ts";
import type { JournalQuery } from "./journal.ts";
import type { JournalPosition } from "./services/report-services.ts";

/** A record as it is stored, before anything of it is believed. */
export interface StoredRecord {
  readonly seq: number;
  readonly wall: number;
  readonly at: number;
  readonly boot: string;
  readonly type: string;
  readonly version: number;
  /** JSON. */
  readonly payload: string;
  /** What was decided on, as JSON. */
  readonly input: string | null;
  readonly hash: Uint8Array;
}

/** Records from `first` to `last`, both included. */
export interface RecordStretch {
  readonly first: number;
  readonly last: number;
}

/** What reports are made from: the journal up to one record, and the directory as it is. */
export interface ReportSource {
  /** The newest record when the report was begun; what is written since is not in it. */
  readonly position: JournalPosition;
  /** The oldest record that is kept: those before it were pruned. */
  readonly first: number;
  /** Which records are of that time; more than one stretch where the wall clock went back. */
  stretches(from: WallTime | undefined, to: WallTime | undefined): readonly RecordStretch[];
  /** The hash that record `first` is chained to. */
  hashBefore(first: number): string | undefined;
  records(stretch: RecordStretch, most: number): readonly StoredRecord[];
  /** What a search finds, up to `position`; whatever was altered may be among it, or missing. */
  search(query: JournalQuery): readonly StoredRecord[];
  /** The newest records of a type before record `before`, newest first. */
  newestOf(type: string, before: number, most: number): readonly StoredRecord[];
  /** Undefined: deleted, and known by the pseudonym alone. */
  nameOf(cardholder: string): string | undefined;
  people(after: string, most: number): readonly Cardholder[];
  person(id: string): Cardholder | undefined;
}
