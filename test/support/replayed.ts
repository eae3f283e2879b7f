import { expect } from "vitest";
import type { Journal, JournalRecord } from "../../src/ports/journal.ts";
import { type Decided, Replay, type ReplayAccount } from "../../src/replay/replay.ts";

export function recordsOf(journal: Pick<Journal, "query">): readonly JournalRecord[] {
  const records: JournalRecord[] = [];
  for (let after = 0; ; ) {
    const page = journal.query({ after, limit: 1_000 });
    records.push(...page);
    after = page.at(-1)?.seq ?? after;
    if (page.length < 1_000) return records;
  }
}

export function replayOf(
  records: Iterable<JournalRecord>,
  onDecided: (decision: Decided) => void = () => {},
): ReplayAccount {
  const replay = new Replay({ onDecided });
  for (const record of records) replay.take(record);
  return replay.finish();
}

/** From the record alone every decision comes out the same; what was lost with a disk or a process cannot be asked again. */
export function expectDecidedTheSame(journal: Pick<Journal, "query">): void {
  const { differences, skipped } = replayOf(recordsOf(journal));
  const { inputsLost: _lost, ...others } = skipped;
  expect({ differences, skipped: others }).toEqual({ differences: [], skipped: {} });
}
