import { cosineDistance, type Descriptor, fuse } from "./descriptor.ts";

/** Of one photo. */
export interface EnrolledDescriptor extends Descriptor {
  /** How the person looks on it, e.g. with glasses; nothing said: as usual. */
  readonly appearance?: string | undefined;
}

/**
 * What somebody is compared with: one descriptor for each way they look, fused of the photos that show it. Photos with
 * and without glasses, averaged, would be a face that nobody has.
 */
export type EnrolledFace = readonly Descriptor[];

/**
 * Whoever comes is compared with each and counts as the nearest, so each is one more chance to be taken for this
 * person: with three, a stranger's chance is at most three times that of one.
 */
export const mostAppearances = 3;

/** Undefined for none, for too many, and where those of one appearance cannot be fused: nobody matches nothing. */
export function enrolledFace(templates: readonly EnrolledDescriptor[]): EnrolledFace | undefined {
  const byAppearance = new Map<string, Descriptor[]>();
  for (const { appearance = "usual", ...descriptor } of templates)
    byAppearance.set(appearance, [...(byAppearance.get(appearance) ?? []), descriptor]);
  if (byAppearance.size === 0 || byAppearance.size > mostAppearances) return undefined;
  const fused = [...byAppearance.values()].flatMap((some) => fuse(some) ?? []);
  return fused.length === byAppearance.size ? fused : undefined;
}

/** Cosine distance to the nearest; undefined where one of them cannot be compared. */
export function distanceTo(face: EnrolledFace, probe: Descriptor): number | undefined {
  const distances = face.flatMap((one) => cosineDistance(probe, one) ?? []);
  return distances.length === face.length && face.length > 0 ? Math.min(...distances) : undefined;
}
