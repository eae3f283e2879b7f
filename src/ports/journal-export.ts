import type { StoredRecord } from "./report-source.ts";

/** A record with what its leaf in the tree is made of, as hexadecimal. */
export interface ExportedRecord extends StoredRecord {
  readonly salt: string;
  /** The hash over salt and payload. */
  readonly body: string;
  readonly leaf: string;
}

export interface ExportedCheckpoint {
  readonly size: number;
  readonly note: string;
  readonly cosignatures: string | null;
}

/** A journal as it is handed to somebody who verifies it elsewhere. */
export interface ExportSource {
  /** The newest record that is signed; without a signature, that is in the tree. */
  readonly end: number;
  /** What was pruned: up to which record, that record's hash, and the tree over all of them. */
  readonly pruned: { readonly size: number; readonly hash: string; readonly peaks: readonly string[] };
  records(after: number, most: number): readonly ExportedRecord[];
  /** Of sizes up to `end`, in order. */
  checkpoints(): Iterable<ExportedCheckpoint>;
}
