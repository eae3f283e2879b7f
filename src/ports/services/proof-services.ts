import type {
  ConsistencyProof,
  CosignedCheckpoint,
  InclusionProof,
  SignedCheckpoint,
} from "../journal-proofs.ts";

/** How the journal is signed, and who outside has seen it. */
export interface ProofView {
  /** Up to which record it is signed. */
  readonly signed: number;
  /** Null where none is configured. */
  readonly witness: WitnessView | null;
}

export interface WitnessView {
  /** Up to which record it has cosigned last; null: never. */
  readonly size: number | null;
  /** When it did, as it says. */
  readonly at: string | null;
  /** `old`: longer ago than the site allows; `forked`: it saw what is not in this journal. */
  readonly state: "good" | "waiting" | "old" | "forked";
  /** Why the last attempt came to nothing. */
  readonly detail: string | null;
}

/** What proves the journal to somebody elsewhere. */
export interface ProofServices {
  /** The public key, `NAME+ID+KEY`. */
  key(): string;
  checkpoint(): SignedCheckpoint | undefined;
  witnessed(): CosignedCheckpoint | undefined;
  /** In the newest checkpoint, where no size is given. Throws NoProof. */
  inclusion(seq: number, size?: number): InclusionProof;
  /** Throws NoProof. */
  consistency(from: number, to: number): ConsistencyProof;
}
