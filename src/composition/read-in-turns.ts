import { inTurns } from "../controller/in-turns.ts";
import { type OnRecord, type RecordSources, readingRecord } from "../controller/on-record.ts";
import type { Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { ChildLink } from "../supervisor/child-link.ts";

/** Often enough for whoever waits a minute, and half a minute, for a sign of life. */
const toldEvery: Milliseconds = 1_000;

/**
 * What a start has to know of the record, however many records there are and however slow the machine: between two
 * stretches of it the loop turns, so that the supervisor is answered, and is told that it gets on.
 */
export function readInTurns(
  from: RecordSources,
  clock: Pick<Clock, "now">,
  supervisor: Pick<ChildLink, "progress">,
): Promise<OnRecord> {
  let told = clock.now();
  return inTurns(readingRecord(from), clock, () => {
    if (clock.now() - told < toldEvery) return;
    told = clock.now();
    supervisor.progress();
  });
}
