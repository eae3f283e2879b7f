import type { StoredRecord } from "../../ports/report-source.ts";
import { openConnection, storageFault } from "./connection.ts";
import { journalSchema } from "./schema.ts";
import { journalFile } from "./sqlite-journal.ts";

/** Short reads: none of them holds up the checkpoints of a controller that is writing. */
const atOnce = 1_000;

/** A data directory's journal from its oldest record on, as it is stored; its owner may be writing. Throws StorageFault. */
export function* storedRecords(path: string): Generator<StoredRecord> {
  const file = journalFile(path);
  const connection = openConnection(file, journalSchema, { readonly: true });
  try {
    const select = connection.prepare<[number, number], StoredRecord>(
      "SELECT seq, wall, at, boot, type, version, payload, input, hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
    );
    for (let last = 0; ; ) {
      const records = read(file, () => select.all(last, atOnce));
      yield* records;
      last = records.at(-1)?.seq ?? last;
      if (records.length < atOnce) return;
    }
  } finally {
    connection.close();
  }
}

function read<Result>(file: string, reading: () => Result): Result {
  try {
    return reading();
  } catch (error) {
    throw storageFault(error, `${file} could not be read`, journalSchema.remedy);
  }
}
