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
