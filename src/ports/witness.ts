/** What a witness is asked to put its name to: that `note` goes on from the `oldSize` records it saw last. */
export interface WitnessRequest {
  readonly oldSize: number;
  /** Hashes in base64; none from a size of 0. */
  readonly proof: readonly string[];
  /** A signed checkpoint. */
  readonly note: string;
}

export type WitnessAnswer =
  /** Its signature lines, each checked. */
  | { readonly is: "cosigned"; readonly lines: string; readonly posixSeconds: number }
  /** It saw another size last. */
  | { readonly is: "conflict"; readonly size: number }
  /** What it saw before is not what this goes on from. */
  | { readonly is: "forked"; readonly detail: string }
  /** It does not know the journal or its key, or could not read the question. */
  | { readonly is: "refused"; readonly detail: string }
  | { readonly is: "unreachable"; readonly detail: string };

/** Somebody elsewhere who remembers how far the journal was, and signs only what goes on from there (C2SP tlog-witness). */
export interface Witness {
  /** Never rejects. */
  submit(request: WitnessRequest): Promise<WitnessAnswer>;
}
