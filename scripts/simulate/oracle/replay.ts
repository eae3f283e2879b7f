import type { Instant } from "../../../src/domain/time.ts";
import type { Journal } from "../../../src/ports/journal.ts";
import { Replay } from "../../../src/replay/replay.ts";
import type { Findings } from "./findings.ts";

const pageSize = 1_000;
/** Where these are on record a controller may have been killed with more in mind than the disk had taken. */
const losing: ReadonlySet<string> = new Set(["StorageTried", "RecordsDropped", "InterlockRecordsMissing"]);

/** Every decision on record can be made again from the record alone, and comes out the same. */
export function checkReplay(journal: Pick<Journal, "query">, at: Instant, findings: Findings): void {
  const replay = new Replay();
  let mayLose = false;
  for (let after = 0; ; ) {
    const page = journal.query({ after, limit: pageSize });
    for (const record of page) {
      replay.take(record);
      mayLose ||= losing.has(record.type);
    }
    after = page.at(-1)?.seq ?? after;
    if (page.length < pageSize) break;
  }
  const { differences, skipped } = replay.finish();
  const [first] = differences;
  if (first !== undefined)
    findings.violated("replay", at, `of ${differences.length}, the first: ${JSON.stringify(first)}`);
  for (const [reason, { count, first: seq }] of Object.entries(skipped))
    if (reason !== "inputsLost" || !mayLose)
      findings.violated("replay", at, `${count} could not be decided again, from ${seq} on: ${reason}`);
}
