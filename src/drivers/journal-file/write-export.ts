import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import { parseNote } from "../../domain/journal/signed-note.ts";
import type { ExportedRecord, ExportSource } from "../../ports/journal-export.ts";

/** Names the form, in the first line. */
export const exportFormat = "vestibule journal export 1";

export interface ExportChoice {
  /** Payloads and what was decided on stay here: only their salted hashes go. */
  readonly withholdPayloads: boolean;
}

const atOnce = 500;

/**
 * A journal as lines of canonical JSON: what it is, each record, each checkpoint behind the last record it is over, and
 * how much there was. No byte of it is without something that another says of it.
 */
export function* exportLines(source: ExportSource, choice: ExportChoice): Generator<string> {
  const checkpoints = [...source.checkpoints()];
  const [first] = checkpoints;
  const origin = first === undefined ? null : (parseNote(first.note).text.split("\n")[0] ?? null);
  const { size, hash, peaks } = source.pruned;
  // Without payloads no hash of the chain goes: it is over the payload and has no salt.
  const chain = choice.withholdPayloads ? {} : { hash };
  yield line({
    format: exportFormat,
    origin,
    peaks,
    pruned: size,
    withheld: choice.withholdPayloads,
    ...chain,
  });
  let next = 0;
  for (let after = size; after < source.end; ) {
    const records = source.records(after, atOnce);
    for (const record of records) {
      yield choice.withholdPayloads
        ? withheldLine(record)
        : line({ ...wholeRecord(record), ...chainHash(record) });
      const found = checkpoints[next];
      if (found?.size === record.seq) {
        yield line({ checkpoint: found.note, cosignatures: found.cosignatures });
        next++;
      }
      after = record.seq;
    }
    if (records.length === 0) break;
  }
  yield line({ end: source.end, checkpoints: next });
}

const line = (value: unknown): string => `${canonicalJson(value)}\n`;

const header = ({ seq, wall, at, boot, type, version }: ExportedRecord) => ({
  ...{ seq, wall, at },
  ...{ boot, type, version },
});

/** Which key follows which has to be known to judge signatures, and names nobody. */
const withheldLine = (record: ExportedRecord): string =>
  record.type === "JournalKeyChanged"
    ? line(wholeRecord(record))
    : line({ ...header(record), body: record.body, leaf: record.leaf });

const wholeRecord = (record: ExportedRecord) => ({
  ...header(record),
  payload: JSON.parse(record.payload),
  ...(record.input === null ? {} : { input: JSON.parse(record.input) }),
  salt: record.salt,
  leaf: record.leaf,
});

const chainHash = ({ hash }: ExportedRecord) => ({ hash: Buffer.from(hash).toString("hex") });
