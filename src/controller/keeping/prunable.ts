import { type Milliseconds, type WallTime, wallTime } from "../../domain/time.ts";
import type { Journal } from "../../ports/journal.ts";

/** How long records stay. */
export interface Retention {
  readonly age: Milliseconds;
  readonly records: number;
  /** Below neither of these, whatever the disk says. */
  readonly floor: { readonly age: Milliseconds; readonly records: number };
}

export type PruningReason = "age" | "records" | "space";

export interface Prunable {
  /** Records up to here may go. */
  readonly upTo: number;
  readonly why: PruningReason;
}

/**
 * Which records are old enough, by age; or by number or for lack of space, once they are older than the floor. So many as the
 * floor says always stay.
 */
export function prunable(
  journal: Pick<Journal, "query" | "last">,
  retention: Retention,
  now: WallTime,
  isShort: boolean,
): Prunable {
  const { floor } = retention;
  const last = journal.last();
  const byAge = olderThan(journal, wallTime(now - Math.max(retention.age, floor.age)));
  const spare = olderThan(journal, wallTime(now - floor.age));
  const candidates: readonly Prunable[] = [
    { upTo: byAge, why: "age" },
    { upTo: Math.min(spare, last - retention.records), why: "records" },
    { upTo: isShort ? spare : 0, why: "space" },
  ];
  const most = candidates.reduce((best, one) => (one.upTo > best.upTo ? one : best));
  return { upTo: Math.max(0, Math.min(most.upTo, last - floor.records)), why: most.why };
}

/**
 * The last record before the first that is young. Not the newest that looks old: a clock that was wrong for a minute must not make
 * everything before it old.
 */
function olderThan(journal: Pick<Journal, "query" | "last">, time: WallTime): number {
  const [young] = journal.query({ from: time, limit: 1 });
  return young === undefined ? journal.last() : young.seq - 1;
}
