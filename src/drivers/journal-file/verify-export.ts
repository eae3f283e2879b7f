import { hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { z } from "zod";
import { fromHex, toHex } from "../../domain/journal/bytes.ts";
import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import { chainedText } from "../../domain/journal/chain.ts";
import { bodyText, leafText } from "../../domain/journal/commitment.ts";
import { leafHash, type Sha256 } from "../../domain/journal/merkle.ts";
import {
  type AuditFault,
  type AuditFinding,
  type AuditOptions,
  TreeAudit,
} from "../../domain/journal/tree-audit.ts";
import { exportFormat } from "./write-export.ts";

export type ExportVerdict =
  | (AuditFinding & {
      readonly intact: true;
      readonly origin: string | null;
      readonly withheld: boolean;
      readonly records: number;
      readonly first: number;
      readonly last: number;
    })
  | { readonly intact: false; readonly seq: number; readonly fault: string; readonly detail: string };

const sha256: Sha256 = (data) => hash("sha256", data, "buffer");
const hex = z.string().regex(/^[0-9a-f]{64}$/);
const head = {
  seq: z.int(),
  wall: z.number(),
  at: z.number(),
  boot: z.string(),
  type: z.string(),
  version: z.int(),
};
const json = z.record(z.string(), z.json());

const first = z.strictObject({
  format: z.literal(exportFormat),
  origin: z.string().nullable(),
  peaks: z.array(hex).max(60),
  pruned: z.int().min(0),
  withheld: z.boolean(),
  hash: hex.optional(),
});
const whole = z.strictObject({
  ...head,
  payload: json,
  input: json.optional(),
  hash: hex.optional(),
  salt: z.string(),
  leaf: hex,
});
const withheld = z.strictObject({ ...head, body: hex, leaf: hex });
const checkpoint = z.strictObject({ checkpoint: z.string(), cosignatures: z.string().nullable() });
const end = z.strictObject({ end: z.int(), checkpoints: z.int() });

type Whole = z.infer<typeof whole>;

/** Reads an export line by line, in little memory, and says which record is not what was written. Throws NoteFault, or what opening the file throws. */
export function verifyExport(file: string, options: AuditOptions): ExportVerdict {
  const descriptor = openSync(file, "r");
  try {
    return verifyExported(chunksOf(descriptor), options);
  } finally {
    closeSync(descriptor);
  }
}

/** The same of what is in memory, in pieces of any length. */
export const verifyExported = (chunks: Iterable<Buffer>, options: AuditOptions): ExportVerdict =>
  new ExportCheck(options).run(linesOf(chunks));

class ExportCheck {
  readonly #options: AuditOptions;
  #audit: TreeAudit;
  #withheld = false;
  #origin: string | null = null;
  #seq = 0;
  #chain: string | undefined;
  #checkpoints = 0;
  #pruned = 0;
  #isAtEnd = false;

  constructor(options: AuditOptions) {
    this.#options = options;
    this.#audit = new TreeAudit(options, { size: 0, peaks: [] });
  }

  run(lines: Iterable<string>): ExportVerdict {
    let number = 0;
    for (const text of lines) {
      const fault = this.#isAtEnd ? this.#broken("there is more behind its end") : this.#line(text, number++);
      if (fault !== undefined) return { intact: false, ...fault };
    }
    if (!this.#isAtEnd)
      return { intact: false, ...this.#gap("the export ends before its end: it was cut off") };
    const found = this.#audit.finish();
    if ("fault" in found) return { intact: false, ...found };
    const records = this.#seq - this.#pruned;
    // An export is made up to what is signed: whoever takes signatures away may have written what they were over anew.
    if (this.#options.keys.length > 0 && records > 0 && found.signed < this.#seq)
      return { intact: false, ...unsignedFrom(Math.max(found.signed, this.#pruned) + 1) };
    return {
      intact: true,
      ...found,
      ...{ origin: this.#origin, withheld: this.#withheld, records },
      ...{ first: records === 0 ? 0 : this.#pruned + 1, last: this.#seq },
    };
  }

  #line(text: string, number: number): Fault | undefined {
    const value = parsedLine(text);
    if (value === undefined) return this.#broken("a line that is no canonical JSON");
    if (number === 0) return this.#begin(value);
    if (typeof value === "object" && value !== null) {
      if ("checkpoint" in value) return this.#checkpoint(value);
      if ("end" in value) return this.#end(value);
    }
    const isWithheld = this.#withheld && typeof value === "object" && value !== null && "body" in value;
    return isWithheld ? this.#withheldRecord(value) : this.#record(value);
  }

  #begin(value: unknown): Fault | undefined {
    const { data } = first.safeParse(value);
    if (data === undefined || data.withheld === (data.hash !== undefined))
      return { seq: 0, fault: "unreadable", detail: "the first line is not that of a journal's export" };
    this.#withheld = data.withheld;
    this.#origin = data.origin;
    this.#pruned = this.#seq = data.pruned;
    this.#chain = data.hash;
    try {
      const peaks = data.peaks.map((peak) => fromHex(peak) ?? new Uint8Array());
      this.#audit = new TreeAudit(this.#options, { size: data.pruned, peaks });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return {
        seq: 0,
        fault: "tree",
        detail: `what stands for the pruned records is wrong: ${error.message}`,
      };
    }
    return undefined;
  }

  #record(value: unknown): Fault | undefined {
    const { data } = whole.safeParse(value);
    const expected = this.#seq + 1;
    if (data === undefined) return this.#broken("a line that is no record");
    if (data.seq !== expected) return this.#gap(`record ${data.seq} follows ${this.#seq}`);
    const { hash: stored, salt, leaf, ...record } = data;
    const content = contentOf(record);
    if (this.#withheld !== (stored === undefined)) return this.#broken("a line that is no record");
    const recomputed = this.#withheld ? stored : hash("sha256", chainedText(this.#chain ?? "", content));
    if (recomputed !== stored) return this.#altered("the content does not match the record's hash");
    const body = hash("sha256", bodyText(salt, content));
    this.#chain = stored;
    if (data.type === "JournalKeyChanged") {
      const { former, key } = data.payload;
      if (typeof key === "string")
        this.#audit.keyChanged({ seq: data.seq, key, former: typeof former === "string" ? former : null });
    }
    return this.#leaf(data, body, leaf);
  }

  #withheldRecord(value: unknown): Fault | undefined {
    const { data } = withheld.safeParse(value);
    if (data === undefined) return this.#broken("a line that is no record without its payload");
    if (data.seq !== this.#seq + 1) return this.#gap(`record ${data.seq} follows ${this.#seq}`);
    return this.#leaf(data, data.body, data.leaf);
  }

  #leaf(
    record: Omit<Whole, "payload" | "hash" | "salt" | "leaf">,
    body: string,
    stated: string,
  ): Fault | undefined {
    const leaf = leafHash(sha256, leafText(record, body));
    if (toHex(leaf) !== stated)
      return this.#altered("the record and its salt do not make its leaf in the tree");
    this.#seq = record.seq;
    this.#audit.add(leaf);
    return undefined;
  }

  #checkpoint(value: unknown): Fault | undefined {
    const { data } = checkpoint.safeParse(value);
    if (data === undefined) return this.#broken("a line that is no checkpoint");
    this.#checkpoints++;
    if (!data.checkpoint.startsWith(`${this.#origin}\n`))
      return {
        seq: this.#seq,
        fault: "signature",
        detail: "a checkpoint of another journal than the first line names",
      };
    return this.#audit.checkpoint(this.#seq, data.checkpoint, data.cosignatures);
  }

  #end(value: unknown): Fault | undefined {
    const { data } = end.safeParse(value);
    if (data === undefined) return this.#broken("a last line that is none");
    this.#isAtEnd = true;
    if (data.end !== this.#seq)
      return this.#gap(`the export ends with record ${this.#seq}, but ${data.end} was written`);
    if (data.checkpoints === this.#checkpoints) return undefined;
    const detail = `${this.#checkpoints} checkpoints where ${data.checkpoints} were written`;
    return { seq: this.#seq, fault: "signature", detail };
  }

  #broken = (detail: string): Fault => ({ seq: this.#seq + 1, fault: "unreadable", detail });
  #altered = (detail: string): Fault => ({ seq: this.#seq + 1, fault: "hash", detail });
  #gap = (detail: string): Fault => ({ seq: this.#seq + 1, fault: "gap", detail });
}

type Fault =
  | AuditFault
  | { readonly seq: number; readonly fault: "unreadable" | "hash"; readonly detail: string };

const unsignedFrom = (seq: number): Fault => ({
  seq,
  fault: "signature",
  detail: `from record ${seq} on nothing is signed, where all of an export is`,
});

function contentOf({ payload, input, ...rest }: Omit<Whole, "hash" | "salt" | "leaf">) {
  return {
    ...rest,
    payload: canonicalJson(payload),
    input: input === undefined ? null : canonicalJson(input),
  };
}

/** Undefined where the same could have been written otherwise: then a changed byte would not show. */
function parsedLine(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

const chunkLength = 256 * 1024;
/** Two payloads of the largest kind, every character escaped. */
const longestLine = 4 * 1024 * 1024;

function* chunksOf(descriptor: number): Generator<Buffer> {
  for (;;) {
    const chunk = Buffer.alloc(chunkLength);
    const length = readSync(descriptor, chunk, 0, chunkLength, null);
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}

/** A last line without its end is one more, and wrong. */
function* linesOf(chunks: Iterable<Buffer>): Generator<string> {
  let rest = Buffer.alloc(0);
  for (const chunk of chunks) {
    let data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let at = data.indexOf(10); at !== -1; at = data.indexOf(10)) {
      yield strictUtf8(data.subarray(0, at));
      data = data.subarray(at + 1);
    }
    rest = Buffer.from(data);
    if (rest.length > longestLine) break;
  }
  if (rest.length > 0) yield "";
}

/** No JSON at all where the bytes are no UTF-8: a decoder would put the same mark for different bytes. */
function strictUtf8(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) ? text : "";
}
