import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import { instant, wallTime } from "../../domain/time.ts";
import type {
  JournalEntry,
  JournalQuery,
  JournalRecord,
  JsonObject,
  JsonValue,
} from "../../ports/journal.ts";
import { chainHash } from "./chain-hash.ts";
import type { Connection } from "./connection.ts";
import { emptyHead, type Head } from "./journal-head.ts";

/** A row as the schema's types promise it; a damaged file may break the promise, which `verify` checks. */
export interface JournalRow {
  readonly seq: number;
  readonly wall: number;
  readonly at: number;
  readonly boot: string;
  readonly type: string;
  readonly version: number;
  readonly payload: string;
  readonly cardholder: string | null;
  /** What was decided on, in canonical form. */
  readonly input: string | null;
  readonly hash: Buffer;
}

const payloadVersion = 1;
const largestBatch = 1_000;
const largestPayload = 256 * 1024;
const typeForm = /^[A-Z][A-Za-z0-9]{0,63}$/;

/** The rows that `entries` become after `head`. Throws TypeError or RangeError for what no caller may ask. */
export function rowsAfter(
  head: Head,
  entries: readonly JournalEntry[],
  wall: number,
  boot: string,
): JournalRow[] {
  if (entries.length > largestBatch) throw new RangeError(`more than ${largestBatch} entries at once`);
  let { seq, hash } = head;
  return entries.map((entry) => {
    const payload = payloadText(entry);
    const content = {
      seq: ++seq,
      wall,
      at: entry.at,
      boot,
      type: entry.type,
      version: payloadVersion,
      payload,
      input: inputText(entry),
    };
    hash = chainHash(hash, content);
    return { ...content, cardholder: cardholderOf(entry.payload), hash: Buffer.from(hash, "hex") };
  });
}

function payloadText(entry: JournalEntry): string {
  if (!typeForm.test(entry.type)) throw new TypeError(`${JSON.stringify(entry.type)} is no type of record`);
  return bounded(`${entry.type}: payload`, canonicalJson(entry.payload));
}

const inputText = ({ type, input }: JournalEntry): string | null =>
  input === undefined ? null : bounded(`${type}: input`, canonicalJson(input));

function bounded(what: string, text: string): string {
  if (text.length > largestPayload) throw new RangeError(`${what} over ${largestPayload} characters`);
  return text;
}

/** What `JournalQuery.cardholder` looks for. */
export function cardholderOf(payload: JsonObject): string | null {
  return typeof payload.cardholder === "string" ? payload.cardholder : null;
}

export function recordOf(row: JournalRow): JournalRecord {
  return {
    seq: row.seq,
    wall: wallTime(row.wall),
    at: instant(row.at),
    boot: row.boot,
    type: row.type,
    version: row.version,
    payload: parsePayload(row.payload),
    ...(row.input === null ? {} : { input: parsePayload(row.input) }),
    hash: row.hash.toString("hex"),
  };
}

/** Throws SyntaxError where the text is no JSON object. */
export function parsePayload(text: string): JsonObject {
  const value: JsonValue = JSON.parse(text);
  if (!isObject(value)) throw new SyntaxError("payload is no JSON object");
  return value;
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The newest record's number and hash. */
export function readTail(connection: Connection): Head {
  const row = connection
    .prepare<[], { seq: number; hash: Buffer }>("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
    .get();
  return row === undefined ? emptyHead : { seq: row.seq, hash: row.hash.toString("hex") };
}

/** The hash of record `seq`, if it is there. */
export function hashAt(connection: Connection, seq: number): string | undefined {
  return connection
    .prepare<[number], string>("SELECT lower(hex(hash)) FROM journal WHERE seq = ?")
    .pluck()
    .get(seq);
}

/** The rows that follow record `seq`, in their order. */
export const rowsBehind = (connection: Connection, seq: number, most: number): JournalRow[] =>
  connection
    .prepare<[number, number], JournalRow>("SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?")
    .all(seq, most);

export function selectRows(connection: Connection, query: JournalQuery): JournalRow[] {
  if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > 1_000) {
    throw new RangeError(`limit ${query.limit} is not within 1 to 1000`);
  }
  const newestFirst = query.newestFirst ?? false;
  const conditions: [string, string | number | undefined][] = [
    [newestFirst ? "seq < ?" : "seq > ?", query.after],
    ["type = ?", query.type],
    ["type IN (SELECT value FROM json_each(?))", query.types && JSON.stringify(query.types)],
    ["cardholder = ?", query.cardholder],
    ["wall >= ?", query.from],
    ["wall <= ?", query.to],
  ];
  const set = conditions.filter(([, value]) => value !== undefined);
  const where = set.length === 0 ? "" : `WHERE ${set.map(([condition]) => condition).join(" AND ")}`;
  const order = newestFirst ? "DESC" : "ASC";
  // Only conditions of our own making are put together here; every value is bound.
  return connection
    .prepare<unknown[], JournalRow>(`SELECT * FROM journal ${where} ORDER BY seq ${order} LIMIT ?`)
    .all(...set.map(([, value]) => value), query.limit);
}
