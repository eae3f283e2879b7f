import { fromBase64, toBase64 } from "../../domain/journal/bytes.ts";
import { type Checkpoint, checkSignature, parseCheckpoint } from "../../domain/journal/checkpoint.ts";
import { emptyRoot, isConsistent } from "../../domain/journal/merkle.ts";
import { NoteFault, type NoteKey, parseNote, type SignedNote } from "../../domain/journal/signed-note.ts";
import type { WitnessBook } from "./witness-book.ts";
import { parseRequest, sha256, sizeType, verifyEd25519 } from "./witness-messages.ts";

export interface WitnessReply {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly type: string;
  readonly body: string;
}

export interface WitnessDeskOptions {
  /** The journals that are witnessed, by their keys; a key's name is its journal's origin. */
  readonly keys: readonly NoteKey[];
  readonly book: WitnessBook;
  /** The signature line under a checkpoint's text. */
  readonly cosign: (text: string) => string;
}

const reply = (status: WitnessReply["status"], body = ""): WitnessReply => ({
  status,
  type: "text/plain",
  body,
});

/** Decides what a witness signs: whatever goes on from what it signed last of that journal, and nothing else. */
export function answerOf(options: WitnessDeskOptions, body: string): WitnessReply {
  const request = parseRequest(body);
  if (request === undefined) return reply(400, "not an add-checkpoint request\n");
  const read = checkpointIn(request.note);
  if (read === undefined) return reply(400, "not a signed checkpoint\n");
  const { note, checkpoint } = read;
  const keys = options.keys.filter(({ name }) => name === checkpoint.origin);
  if (keys.length === 0) return reply(404, "not a journal that is witnessed here\n");
  const findings = note.signatures.map((one) => checkSignature(verifyEd25519, note, one, keys).is);
  if (!findings.includes("good") || findings.includes("bad"))
    return reply(403, "not signed by that journal's key\n");
  if (request.oldSize > checkpoint.size) return reply(400, "the old size is beyond the checkpoint\n");
  const known = options.book.get(checkpoint.origin) ?? { size: 0, root: toBase64(emptyRoot(sha256)) };
  if (request.oldSize !== known.size) return { status: 409, type: sizeType, body: `${known.size}\n` };
  const root = toBase64(checkpoint.root);
  if (checkpoint.size === known.size && root !== known.root)
    return reply(409, "another root for that size\n");
  if (!goesOn(known, checkpoint, request.proof))
    return reply(422, "the proof does not lead from what was seen to this\n");
  if (checkpoint.size !== known.size) options.book.set(checkpoint.origin, { size: checkpoint.size, root });
  return reply(200, options.cosign(note.text));
}

function goesOn(
  known: { readonly size: number; readonly root: string },
  { size, root }: Checkpoint,
  encoded: readonly string[],
): boolean {
  const proof = encoded.map(fromBase64);
  const fromRoot = fromBase64(known.root);
  if (fromRoot === undefined || !proof.every((hash) => hash?.length === 32)) return false;
  const hashes = proof.filter((hash) => hash !== undefined);
  return isConsistent(sha256, { from: known.size, to: size, fromRoot, toRoot: root, proof: hashes });
}

function checkpointIn(
  text: string,
): { readonly note: SignedNote; readonly checkpoint: Checkpoint } | undefined {
  try {
    const note = parseNote(text);
    return { note, checkpoint: parseCheckpoint(note.text) };
  } catch (error) {
    if (error instanceof NoteFault) return undefined;
    throw error;
  }
}
