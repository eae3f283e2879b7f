import { instant, wallTime } from "../../domain/time.ts";
import type { JournalQuery, JournalRecord, JsonObject } from "../../ports/journal.ts";

/** For tests: records one after the other, at given times; cut back as by a backup that is put back. */
export class JournalForTests {
  readonly records: JournalRecord[] = [];
  queries = 0;
  wall = 1_000;

  add(type: string, payload: JsonObject): JournalRecord {
    const seq = this.records.length + 1;
    const previous = this.records.at(-1)?.hash ?? "";
    const record: JournalRecord = {
      ...{ seq, type, payload, version: 1, boot: "b", at: instant(seq), wall: wallTime(this.wall) },
      hash: `${previous.slice(-20)}${type}${seq}`,
    };
    this.records.push(record);
    return record;
  }

  last(): number {
    return this.records.length;
  }

  query({ after = 0, limit, type }: JournalQuery): readonly JournalRecord[] {
    this.queries += 1;
    return this.records
      .slice(after)
      .filter((record) => type === undefined || record.type === type)
      .slice(0, limit);
  }
}
