/** A face as a net gives it: where it is as shares of the picture, and how sure the net is. */
export interface Candidate {
  readonly score: number;
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Of candidates that overlap by more than `overlap` only the surest is kept; the surest first, at most `most`. */
export function surestApart(
  candidates: readonly Candidate[],
  overlap: number,
  most: number,
): readonly Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates.toSorted((one, other) => other.score - one.score)) {
    if (kept.length >= most) break;
    if (kept.every((one) => sharedPart(one, candidate) <= overlap)) kept.push(candidate);
  }
  return kept;
}

/** What two boxes have in common as a share of what they cover together. */
function sharedPart(one: Candidate, other: Candidate): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared === 0 ? 0 : shared / (areaOf(one) + areaOf(other) - shared);
}

const areaOf = (box: Candidate): number => (box.right - box.left) * (box.bottom - box.top);

/** A net has given something that is no number: what it says of this picture is worth nothing. */
export class NotANumberError extends Error {
  override readonly name = "NotANumberError";

  constructor(net: string) {
    super(`the net ${net} gave something that is not a number`);
  }
}
