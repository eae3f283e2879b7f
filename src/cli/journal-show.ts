import { parseArgs } from "node:util";
import { wallTime } from "../domain/time.ts";
import { openProofsForReading } from "../drivers/sqlite/open-for-proving.ts";
import { openJournalForReading } from "../drivers/sqlite/open-for-reading.ts";
import type { JournalQuery, JournalRecord } from "../ports/journal.ts";
import { NoProof } from "../ports/journal-proofs.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, dataDirectory, printable } from "./storage-command.ts";

const usage = `Usage: vestibule journal show [--after SEQ] [--limit N] [--type TYPE] [--cardholder ID] [--from TIME] [--to TIME] [--json [--proof]]

Shows records of the journal in VESTIBULE_DATA (default var); the controller may be running.
Without --after, the newest.

  --after       from this sequence number on
  --limit       at most so many, 1 to 1000; default 50
  --type        only this type, for example AccessDenied
  --cardholder  only of this person
  --from, --to  only recorded in this time, as 2026-11-30T18:00:00Z
  --json        print {"records":[…]}
  --proof       with each record its salt and its proof in the newest signed checkpoint; with --json
`;

export const journalShow: Command = {
  name: ["journal", "show"],
  summary: "show records of the journal",
  usage,
  run: (args, io) =>
    answering("journal show", io, () => {
      const { values } = parseArgs({
        args: [...args],
        options: {
          after: { type: "string" },
          limit: { type: "string", default: "50" },
          type: { type: "string" },
          cardholder: { type: "string" },
          from: { type: "string" },
          to: { type: "string" },
          json: { type: "boolean", default: false },
          proof: { type: "boolean", default: false },
        },
      });
      const query = queryOf(values);
      if (values.proof && !values.json) throw new InputError("--proof goes with --json; see --help");
      using journal = openJournalForReading(dataDirectory(io.env));
      const found = journal.query(query);
      const records = query.newestFirst ? found.toReversed() : found;
      if (values.proof) {
        io.stdout(`${JSON.stringify({ records: provenOf(dataDirectory(io.env), records) })}\n`);
        return 0;
      }
      io.stdout(values.json ? `${JSON.stringify({ records })}\n` : records.map(line).join(""));
      return 0;
    }),
};

/** Records of the last minute may not be signed yet: those come without a proof. */
function provenOf(directory: string, records: readonly JournalRecord[]): readonly object[] {
  using journal = openProofsForReading(directory);
  return records.map((record) => {
    try {
      const { record: _, ...proof } = journal.proven(record.seq);
      return { ...record, proof };
    } catch (error) {
      if (error instanceof NoProof) return { ...record, proof: null };
      throw error;
    }
  });
}

interface Options {
  readonly limit: string;
  readonly after?: string | undefined;
  readonly type?: string | undefined;
  readonly cardholder?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

function queryOf({ limit, after, type, cardholder, from, to }: Options): JournalQuery {
  return {
    limit: wholeNumber("--limit", limit, 1, 1_000),
    ...(after === undefined
      ? { newestFirst: true }
      : { after: wholeNumber("--after", after, 0, Number.MAX_SAFE_INTEGER) }),
    ...(type === undefined ? {} : { type }),
    ...(cardholder === undefined ? {} : { cardholder }),
    ...(from === undefined ? {} : { from: timeOf("--from", from) }),
    ...(to === undefined ? {} : { to: timeOf("--to", to) }),
  };
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new InputError(`${option} ${text}: a whole number from ${least} to ${most} is expected`);
}

function timeOf(option: string, text: string) {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new InputError(`${option} ${text}: a time as 2026-11-30T18:00:00Z is expected`);
  return wallTime(time);
}

function line({ seq, wall, type, payload }: JournalRecord): string {
  const facts = Object.entries(payload).map(([key, value]) => `${key}=${wordOf(value)}`);
  return printable(
    `${String(seq).padStart(7)}  ${new Date(wall).toISOString()}  ${type}  ${facts.join(" ")}`,
  ).concat("\n");
}

const wordOf = (value: unknown): string =>
  typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
