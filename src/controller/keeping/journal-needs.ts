import type { WallTime } from "../../domain/time.ts";
import { wallTime } from "../../domain/time.ts";
import type { Journal } from "../../ports/journal.ts";

export interface JournalReaders {
  /** Where the cursor that is furthest behind stands: what is behind it is still to be delivered. */
  readonly slowestCursor: () => number;
  /** Up to which record it is saved who is where. */
  readonly presenceSaved: () => number;
  /** Since when alarms are open, and proposals wait. */
  readonly openSince: () => readonly WallTime[];
}

/**
 * The oldest record that somebody still reads. Alarms and proposals are restored from the records that opened them; anything
 * recorded at or after the wall clock's time then is kept with them, however the clock was set since.
 */
export function oldestNeeded(journal: Pick<Journal, "query" | "last">, readers: JournalReaders): number {
  const sinceOpened = readers.openSince().map((since) => {
    const [first] = journal.query({ from: wallTime(since - allowance), limit: 1 });
    return first?.seq ?? journal.last() + 1;
  });
  // The record at which presence was saved stays: its hash shows that the saving is of this journal.
  return Math.min(readers.slowestCursor() + 1, readers.presenceSaved(), ...sinceOpened);
}

/** An alarm's own time is that of its condition, which may be a little before its record's. */
const allowance = 60_000;
