import { hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { canonicalJson } from "../domain/journal/canonical-json.ts";
import { chainedText, genesisHash } from "../domain/journal/chain.ts";
import { instant, wallTime } from "../domain/time.ts";
import type { JournalRecord, JsonObject } from "../ports/journal.ts";
import type { StoredRecord } from "../ports/report-source.ts";
import { InputError } from "./face-pictures.ts";

/** What is read is not what was written: nothing from this record on can be believed. */
export class ChainBroken extends Error {
  override readonly name = "ChainBroken";
  readonly seq: number;

  constructor(seq: number, detail: string) {
    super(detail);
    this.seq = seq;
  }
}

/**
 * Records in their order, each recomputed and chained to the one before. Where the oldest are not kept any more the first
 * one's own place in the chain is `journal verify`'s to check, by the signed tree.
 */
export function* chained(records: Iterable<StoredRecord>): Generator<JournalRecord> {
  let before: { readonly seq: number; readonly hash: string } | undefined;
  for (const record of records) {
    const { seq } = record;
    const isFirst = before === undefined;
    const expected = before === undefined ? seq : before.seq + 1;
    if (seq !== expected) throw new ChainBroken(expected, `record ${expected} is missing; ${seq} follows`);
    const told = Buffer.from(record.hash).toString("hex");
    const previous = before?.hash ?? genesisHash;
    if (!(isFirst && seq > 1) && hash("sha256", chainedText(previous, record)) !== told)
      throw new ChainBroken(seq, `the content of record ${seq} does not match its hash`);
    before = { seq, hash: told };
    yield recordOf(record, told);
  }
}

function recordOf(record: StoredRecord, told: string): JournalRecord {
  const { seq, wall, at, boot, type, version, payload, input } = record;
  return {
    ...{ seq, wall: wallTime(wall), at: instant(at), boot, type, version, hash: told },
    payload: objectOf(seq, payload),
    ...(input === null ? {} : { input: objectOf(seq, input) }),
  };
}

function objectOf(seq: number, text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Said below.
  }
  throw new ChainBroken(seq, `record ${seq} is no record`);
}

/** The records of an export, `journal export`; what else stands in it is not theirs. */
export function* exported(file: string): Generator<StoredRecord> {
  let number = 0;
  for (const line of linesOf(file)) {
    number += 1;
    if (line.trim() === "") continue;
    const record = recordIn(line);
    if (record === undefined) throw new InputError(`${file}, line ${number}: no line of an export`);
    if (record !== "none") yield record;
  }
  if (number === 0) throw new InputError(`${file} is empty`);
}

function recordIn(line: string): StoredRecord | "none" | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { seq, wall, at, boot, type, version, payload, input, hash: told } = value as Partial<JournalRecord>;
  if (type === undefined || payload === undefined || told === undefined) return "none";
  const numbers = [seq, wall, at, version].every((one) => typeof one === "number");
  if (!numbers || typeof boot !== "string" || !/^[0-9a-f]{64}$/.test(told)) return undefined;
  return {
    ...{ seq: Number(seq), wall: Number(wall), at: Number(at), boot, type, version: Number(version) },
    payload: canonicalJson(payload),
    input: input === undefined ? null : canonicalJson(input),
    hash: Buffer.from(told, "hex"),
  };
}

const chunk = 1 << 20;
/** No record is longer, by far. */
const longestLine = 4 << 20;

function* linesOf(file: string): Generator<string> {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    throw new InputError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    const decoder = new StringDecoder("utf8");
    const buffer = Buffer.alloc(chunk);
    let rest = "";
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) {
      const lines = (rest + decoder.write(buffer.subarray(0, read))).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > longestLine) throw new InputError(`${file}: a line is longer than any record`);
      yield* lines;
    }
    if (rest !== "") yield rest;
  } finally {
    closeSync(descriptor);
  }
}
