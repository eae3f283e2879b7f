/** Records that are there no longer, oldest first and without a gap. */
export interface PrunedStretch {
  readonly from: number;
  readonly to: number;
  /** Hexadecimal SHA-256 of the last of them: what the oldest record left is chained to. */
  readonly hash: string;
}

/** A journal whose oldest records may go, while it stays one that can be verified from a signed checkpoint. */
export interface PrunableJournal {
  /** The oldest record that is there; 1 unless something was pruned. */
  first(): number;
  /**
   * Lets one stretch of 256 records go, the oldest, in one short transaction; undefined where it is not wholly at or before
   * `upTo`, nor under the newest signed checkpoint, or is not searchable yet. Throws StorageFault.
   */
  pruneStretch(upTo: number): PrunedStretch | undefined;
}
