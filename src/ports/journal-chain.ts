import { createHash } from "node:crypto";
import type { JsonValue } from "./journal.ts";

/** What the first record is chained to. */
export const genesisHash = "0".repeat(64);

/** Everything of a record but its hash; times in milliseconds, `payload` in canonical form. */
export interface ChainedContent {
  readonly seq: number;
  readonly wall: number;
  readonly at: number;
  readonly boot: string;
  readonly type: string;
  readonly version: number;
  readonly payload: string;
}

/** Keeps this hash apart from any other use of SHA-256; names the format. */
const chainDomain = "vestibule journal 1\n";

/** Deeper nesting than any payload needs, and far from what a call stack bears. */
const deepestNesting = 32;

/**
 * JSON in the one form of RFC 8785: keys in order of their UTF-16 units, shortest numbers, no spaces.
 * One deliberate difference: a lone surrogate, which that standard refuses, is written as its escape,
 * because a card number of hostile make must be recordable.
 * Throws TypeError for what JSON has no word for.
 */
export function canonicalJson(value: JsonValue, depth = 0): string {
  if (depth > deepestNesting) throw new TypeError(`nested deeper than ${deepestNesting}`);
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return canonicalNumber(value);
  if (isList(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`no JSON for ${typeof value}`);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(memberOf(value, key), depth + 1)}`);
  return `{${members.join(",")}}`;
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`no JSON for ${value}`);
  return JSON.stringify(value);
}

// `Array.isArray` alone does not narrow a readonly array out of the union.
const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

function memberOf(value: { readonly [key: string]: JsonValue }, key: string): JsonValue {
  const member = value[key];
  if (member === undefined) throw new TypeError(`no JSON for undefined (${key})`);
  return member;
}

/** Hexadecimal SHA-256 of a record chained to the one before: any later change of either shows. */
export function chainHash(previous: string, content: ChainedContent): string {
  // The payload is canonical already and goes in as it is stored, so that a changed space shows too.
  const { at, boot, payload, seq, type, version, wall } = content;
  const text =
    `{"at":${canonicalNumber(at)},"boot":${JSON.stringify(boot)},"payload":${payload},` +
    `"seq":${canonicalNumber(seq)},"type":${JSON.stringify(type)},"version":${canonicalNumber(version)},` +
    `"wall":${canonicalNumber(wall)}}`;
  return createHash("sha256")
    .update(chainDomain)
    .update(Buffer.from(previous, "hex"))
    .update(text)
    .digest("hex");
}
