/** Somebody else whose enrolled face is alike. */
export interface AlikeFace {
  readonly cardholder: string;
  /** Cosine distance of the photo and that person's fused template. */
  readonly distance: number;
}

/** Up to as many people the threshold of the comparison at the door is used as it is. */
const peopleWithoutAllowance = 1_000;
/**
 * By how much of itself the limit shrinks for every tenfold number of people. Between one false match in 1,000 and
 * one in 10,000 the calibrated threshold for fused templates shrinks by 0.006 of 0.046; beyond that it is carried on.
 */
const shareByTenfold = 0.13;

/**
 * Distance at or under which a photo counts as that of somebody enrolled already. One photo is compared with
 * everybody: the more people, the stricter, so that strangers stay as rare as one in ten photos.
 */
export function alikeLimit(threshold: number, people: number): number {
  const tenfolds = Math.max(0, Math.log10(Math.max(1, people) / peopleWithoutAllowance));
  return threshold * Math.max(0.5, 1 - shareByTenfold * tenfolds);
}
