import { hash } from "node:crypto";
import { chainedText } from "../domain/journal/chain.ts";
import type { RecordStretch, ReportSource, StoredRecord } from "../ports/report-source.ts";

/** Short reads: none of them holds up the checkpoints of a controller that is writing. */
const atOnce = 500;

/** What stands in the journal is not what was written. */
export class UnverifiedRecord extends Error {
  override readonly name = "UnverifiedRecord";
  readonly seq: number;

  constructor(seq: number, detail: string) {
    super(detail);
    this.seq = seq;
  }
}

/** The records of a stretch, each with the content that its hash is over, and chained to the one before. */
export function* verifiedRecords(
  source: ReportSource,
  { first, last }: RecordStretch,
): Generator<StoredRecord> {
  let before = hashBefore(source, first);
  for (let next = first; next <= last; ) {
    const records = source.records({ first: next, last }, atOnce);
    for (const record of records) {
      if (record.seq !== next) throw new UnverifiedRecord(next, `record ${next} is missing`);
      const recomputed = hash("sha256", chainedText(before, record), "buffer");
      if (!recomputed.equals(record.hash)) {
        throw new UnverifiedRecord(next, `record ${next}: the content does not match its hash`);
      }
      before = recomputed.toString("hex");
      next++;
      yield record;
    }
    if (records.length === 0) throw new UnverifiedRecord(next, `record ${next} is missing`);
  }
  if (last === source.position.seq && before !== source.position.hash) {
    throw new UnverifiedRecord(last, `record ${last} is another than the newest one was`);
  }
}

function hashBefore(source: ReportSource, first: number): string {
  const before = source.hashBefore(first);
  if (before === undefined) throw new UnverifiedRecord(first - 1, `record ${first - 1} is missing`);
  return before;
}
