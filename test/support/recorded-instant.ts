import type { Instant } from "../../src/domain/time.ts";
import { openJournalForReading } from "../../src/drivers/sqlite/open-for-reading.ts";
import type { DemoDaemon } from "./demo-daemon.ts";
import type { Recorded } from "./site-api.ts";

/**
 * When it happened, by the clock that all processes of a machine share: not when it could be written, and not when a
 * test came to ask for it.
 */
export function instantOf({ data }: DemoDaemon, { seq }: Recorded): Instant {
  using journal = openJournalForReading(data);
  const [record] = journal.query({ after: seq - 1, limit: 1 });
  if (record === undefined) throw new Error(`no record ${seq}`);
  return record.at;
}
