import { canonicalJson } from "./canonical-json.ts";

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
  /** What was decided on, in canonical form, where the record keeps it. */
  readonly input?: string | null;
}

/** Keeps a record's hash apart from any other use of SHA-256; names the format. */
const chainDomain = "vestibule journal 1";

/**
 * The text whose SHA-256, over its UTF-8 bytes and in hexadecimal, is a record's hash: three lines, the
 * format's name, the previous record's hash, the record in canonical JSON. Any later change of either shows.
 */
export function chainedText(previousHash: string, content: ChainedContent): string {
  // The payload is canonical already and goes in as it is stored, so that a changed space shows too.
  const { seq, wall, at, boot, type, version, payload, input = null } = content;
  // Field by field in their order: a report recomputes a million of these.
  const before = `{"at":${canonicalJson(at)},"boot":${canonicalJson(boot)}`;
  const basis = input === null ? "" : `,"input":${input}`;
  const behind = `"seq":${canonicalJson(seq)},"type":${canonicalJson(type)},"version":${canonicalJson(version)},"wall":${canonicalJson(wall)}}`;
  return `${chainDomain}\n${previousHash}\n${before}${basis},"payload":${payload},${behind}`;
}
