/**
 * How many thresholds away a face is clearly somebody else's. Faces of strangers lie near a cosine distance of 1, whatever
 * the net; with one whose threshold is not far from there, half-way to them has to be clear enough.
 */
export const clearMismatchAt = (threshold: number, usual: number): number =>
  Math.min(usual, (1 + threshold) / (2 * threshold));
