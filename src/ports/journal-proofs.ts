/** A checkpoint as a C2SP signed note. */
export interface SignedCheckpoint {
  readonly size: number;
  /** Text, an empty line, signature lines. */
  readonly note: string;
}

/** What a witness put its name to. */
export interface CosignedCheckpoint extends SignedCheckpoint {
  /** The witness's signature lines. */
  readonly cosignatures: string;
}

/** Why there is no such proof: the question is wrong, or the records it needs are gone. */
export class NoProof extends Error {
  override readonly name = "NoProof";
}

/** A record's place in the journal, to be checked with a checkpoint alone (RFC 6962 §2.1.1); hashes in base64. */
export interface InclusionProof {
  readonly seq: number;
  readonly size: number;
  /** What the leaf's hash is over, after a zero byte. */
  readonly leaf: string;
  /** Hexadecimal: with it and the record the leaf can be made anew. Absent where the record is gone. */
  readonly salt?: string;
  readonly root: string;
  readonly proof: readonly string[];
}

/** RFC 6962 §2.1.2; hashes in base64. */
export interface ConsistencyProof {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: string;
  readonly toRoot: string;
  readonly proof: readonly string[];
}

/** Signs a journal's checkpoints. The private half stays inside. */
export interface CheckpointSigner {
  /** Names the journal, and the key in its signatures. */
  readonly origin: string;
  /** The public key, as `NAME+ID+KEY`. */
  readonly verifierKey: string;
  /** The signature lines under this text: one, or two while a key hands over to the next. */
  sign(text: string): string;
}

/** A journal that can be proven to somebody elsewhere. */
export interface ProvableJournal {
  /** Signs the journal as it stands, unless that is done. Undefined: nothing to sign, or no key. Throws StorageFault. */
  checkpointNow(): SignedCheckpoint | undefined;
  /** The newest. */
  checkpoint(): SignedCheckpoint | undefined;
  /** The newest that a witness has cosigned. */
  witnessed(): CosignedCheckpoint | undefined;
  /** Keeps a witness's signature lines beside the checkpoint of that size. Throws StorageFault. */
  keepCosignatures(size: number, lines: string): void;
  /** Throws NoProof. */
  proveInclusion(seq: number, size: number): InclusionProof;
  /** Throws NoProof. */
  proveConsistency(from: number, to: number): ConsistencyProof;
}
