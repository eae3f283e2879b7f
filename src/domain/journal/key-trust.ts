import { checkSignature, type VerifyEd25519 } from "./checkpoint.ts";
import type { Sha256 } from "./merkle.ts";
import { isSameKey, NoteFault, type NoteKey, parseVerifierKey, type SignedNote } from "./signed-note.ts";

/** A record of the journal's that one key follows another. */
export interface KeyChange {
  readonly seq: number;
  /** `NAME+ID+KEY`; null before the first. */
  readonly former: string | null;
  readonly key: string;
}

interface Signed {
  readonly size: number;
  readonly note: SignedNote;
}

/**
 * The keys that follow from those an auditor holds: whoever signed a state that contains the announcement stands for
 * it, the former key for the next one and the next for the former.
 */
export function trustedKeys(
  {
    sha256,
    verify,
    keys,
  }: { readonly sha256: Sha256; readonly verify: VerifyEd25519; readonly keys: readonly NoteKey[] },
  changes: readonly KeyChange[],
  checkpoints: readonly Signed[],
): readonly NoteKey[] {
  const trusted = [...keys];
  const links = changes.flatMap(({ seq, former, key }) => {
    const [one, other] = [former === null ? undefined : parsed(sha256, former), parsed(sha256, key)];
    return one === undefined || other === undefined ? [] : [{ seq, keys: [one, other] as const }];
  });
  const isTrusted = (key: NoteKey): boolean => trusted.some((one) => isSameKey(one, key));
  const standsFor = (key: NoteKey, seq: number): boolean =>
    checkpoints.some(
      ({ size, note }) =>
        size >= seq && note.signatures.some((one) => checkSignature(verify, note, one, [key]).is === "good"),
    );
  for (let before = -1; before !== trusted.length; ) {
    before = trusted.length;
    for (const { seq, keys: pair } of links) {
      for (const [from, to] of [pair, [pair[1], pair[0]] as const]) {
        if (isTrusted(from) && !isTrusted(to) && standsFor(from, seq)) trusted.push(to);
      }
    }
  }
  return trusted;
}

function parsed(sha256: Sha256, text: string): NoteKey | undefined {
  try {
    return parseVerifierKey(sha256, text);
  } catch (error) {
    if (error instanceof NoteFault) return undefined;
    throw error;
  }
}
