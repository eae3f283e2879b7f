import type { Journal } from "../ports/journal.ts";
import type { PresenceStore } from "../ports/presence-store.ts";
import { type AlarmsOnRecord, readingAlarms } from "./alarm-recount.ts";
import { atOnce } from "./in-turns.ts";
import { RecordedPresence } from "./presence/recorded-presence.ts";

/** What a start reads that grows with the journal. */
export interface OnRecord {
  readonly presence: RecordedPresence;
  readonly alarms: AlarmsOnRecord;
}

export interface RecordSources {
  readonly journal: Pick<Journal, "query" | "last">;
  readonly presence?: PresenceStore | undefined;
}

/** Yields the numbers of the records it reads. */
export function* readingRecord({ journal, presence }: RecordSources): Generator<number, OnRecord> {
  return {
    presence: yield* RecordedPresence.reading(journal, presence),
    alarms: yield* readingAlarms(journal),
  };
}

/** The same at once. */
export const readRecord = (from: RecordSources): OnRecord => atOnce(readingRecord(from));
