/** Pictures kept as evidence: content-addressed by the SHA-256 of the picture, encrypted at rest. */
export interface EvidenceStore extends Disposable {
  /** Returns the hexadecimal SHA-256 of `jpeg`; writing the same picture twice is one file. */
  put(jpeg: Uint8Array): string;
  /** Undefined where there is none; throws StorageFault where it was altered. */
  get(hash: string): Uint8Array | undefined;
  /** Deletes the oldest beyond the limits; returns how many. */
  prune(): number;
}
