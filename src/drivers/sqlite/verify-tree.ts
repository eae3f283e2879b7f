import { createPublicKey, verify } from "node:crypto";
import type { VerifyEd25519 } from "../../domain/journal/checkpoint.ts";
import { isCheckpointOccasion } from "../../domain/journal/checkpoint-occasions.ts";
import { CompactRange } from "../../domain/journal/compact-range.ts";
import { parseVerifierKey } from "../../domain/journal/signed-note.ts";
import { type AuditFault, type AuditFinding, TreeAudit } from "../../domain/journal/tree-audit.ts";
import type { Connection } from "./connection.ts";
import { emptyHead, type Head } from "./journal-head.ts";
import { chunkLength, chunkOf, leafOf, sha256 } from "./journal-leaves.ts";
import { JournalProofs } from "./journal-proofs.ts";
import { type JournalRow, parsePayload, readTail } from "./journal-rows.ts";
import { prunedTo } from "./pruned-to.ts";

/** What whoever verifies knows from elsewhere. */
export interface VerifyingKeys {
  /** The journal's public keys, `NAME+ID+KEY`. */
  readonly keys?: readonly string[];
  readonly witnessKeys?: readonly string[];
  /** A signed checkpoint that was kept elsewhere. */
  readonly checkpoint?: string | undefined;
}

const publicHeader = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410: Ed25519 as SPKI

const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verify(
    null,
    Buffer.from(message),
    createPublicKey({ key: Buffer.concat([publicHeader, publicKey]), format: "der", type: "spki" }),
    signature,
  );

export const auditOptionsOf = ({ keys = [], witnessKeys = [], checkpoint }: VerifyingKeys) => ({
  sha256,
  verify: verifyEd25519,
  keys: keys.map((text) => parseVerifierKey(sha256, text)),
  witnesses: witnessKeys.map((text) => parseVerifierKey(sha256, text)),
  kept: checkpoint,
});

interface ChunkRow {
  readonly chunk: number;
  readonly secret: Buffer | null;
  readonly node: Buffer | null;
  readonly gone: Buffer | null;
  readonly leaves: Buffer | null;
}

interface CheckpointRow {
  readonly size: number;
  readonly note: string;
  readonly cosignatures: string | null;
}

/** Holds the tree that the records make against what is stored of it, and against what was signed. */
export class TreeCheck {
  readonly #chunks: ReadonlyMap<number, ChunkRow>;
  readonly #checkpoints: ReadonlyMap<number, CheckpointRow>;
  readonly #audit: TreeAudit;
  readonly #begin: Head;
  #growing = new CompactRange(sha256);
  #isCovered = true;
  #newestOccasion = 0;
  /** What was written later may have a checkpoint that was not read here. */
  readonly #asOf: number;
  /** A record tells of a key, or whoever asks has one: then what was to be signed is. */
  #isKeyed: boolean;

  constructor(connection: Connection, known: VerifyingKeys) {
    this.#asOf = readTail(connection).seq;
    this.#isKeyed = (known.keys ?? []).length > 0;
    const chunks = connection.prepare<[], ChunkRow>("SELECT * FROM journal_chunks").all();
    this.#chunks = new Map(chunks.map((row) => [row.chunk, row]));
    const checkpoints = connection
      .prepare<[], CheckpointRow>("SELECT * FROM checkpoints ORDER BY size")
      .all();
    this.#checkpoints = new Map(checkpoints.map((row) => [row.size, row]));
    this.#begin = prunedHead(connection);
    const { seq: size } = this.#begin;
    this.#audit = new TreeAudit(auditOptionsOf(known), {
      size,
      peaks: new JournalProofs(connection).peaks(size),
    });
  }

  /** The last record that was pruned. */
  get begin(): Head {
    return this.#begin;
  }

  /** What is wrong with what was pruned. */
  faultBefore(): AuditFault | undefined {
    for (const { size, note, cosignatures } of this.#checkpoints.values()) {
      if (size > this.#begin.seq) break;
      // Of what is gone nothing can be said by it; the key that signed it may have been announced there.
      if (size < this.#begin.seq) continue;
      const fault = this.#audit.checkpoint(size, note, cosignatures);
      if (fault !== undefined) return fault;
    }
    for (const { chunk, node, leaves } of this.#chunks.values()) {
      if (leaves === null || node === null) continue;
      const range = new CompactRange(sha256);
      for (let at = 0; at < leaves.length; at += 32) range.append(leaves.subarray(at, at + 32));
      if (!node.equals(range.root()))
        return treeFault(chunk * chunkLength + 1, "the leaves kept of pruned records");
    }
    return undefined;
  }

  /** Rows in order from the first; what is wrong about this one, if anything. */
  faultOf(row: JournalRow): AuditFault | undefined {
    const chunk = this.#chunks.get(chunkOf(row.seq));
    // An older release's, still to be taken in.
    this.#isCovered &&= chunk?.secret instanceof Buffer;
    if (!this.#isCovered || !(chunk?.secret instanceof Buffer)) return undefined;
    this.#note(row);
    const leaf = leafOf(chunk.secret, row);
    this.#audit.add(leaf);
    this.#growing.append(leaf);
    if (this.#growing.size === chunkLength) {
      if (chunk.node !== null && !chunk.node.equals(this.#growing.root()))
        return treeFault(chunk.chunk * chunkLength + 1, "the tree's node over these 256 records");
      this.#isCovered &&= chunk.node !== null;
      this.#growing = new CompactRange(sha256);
    }
    const found = this.#checkpoints.get(row.seq);
    return found && this.#audit.checkpoint(found.size, found.note, found.cosignatures);
  }

  finish(last: number): AuditFault | AuditFinding {
    const newest = Math.max(0, ...this.#checkpoints.keys());
    if (newest > last) {
      return {
        seq: last + 1,
        fault: "gap",
        detail: `the journal ends with record ${last}, but ${newest} were signed`,
      };
    }
    if (this.#isCovered && this.#isKeyed && newest < this.#newestOccasion) {
      const detail = `record ${this.#newestOccasion} is without the checkpoint that was written with it`;
      return { seq: this.#newestOccasion, fault: "signature", detail };
    }
    const beyond = Math.max(-1, ...this.#chunks.keys());
    if (beyond > chunkOf(Math.max(1, last)))
      return treeFault(last + 1, "there is more of it than of records");
    return this.#audit.finish();
  }

  #note({ seq, type, payload }: JournalRow): void {
    if (type === "JournalKeyChanged") {
      const { former, key } = parsePayload(payload);
      this.#isKeyed = true;
      if (typeof key === "string")
        this.#audit.keyChanged({ seq, key, former: typeof former === "string" ? former : null });
    }
    if (seq <= this.#asOf && isCheckpointOccasion(type)) this.#newestOccasion = seq;
  }
}

/** The last record that the file has let go of. */
export function prunedHead(connection: Connection): Head {
  const seq = prunedTo(connection);
  const gone = connection
    .prepare<[number], Buffer>("SELECT gone FROM journal_chunks WHERE chunk = ?")
    .pluck()
    .get(seq / chunkLength - 1);
  return gone === undefined ? emptyHead : { seq, hash: gone.toString("hex") };
}

const treeFault = (seq: number, what: string): AuditFault => ({
  seq,
  fault: "tree",
  detail: `${what}: not what the records make`,
});
