/** What one more photo should show. */
export type EnrolmentNeed =
  | "morePhotos"
  /** The head turned a little, the chin a little up or down. */
  | "otherPose"
  /** Every photo seems to show glasses. */
  | "withoutGlasses";

export interface Enrolment {
  readonly photos: number;
  /** Nothing is missing. */
  readonly enough: boolean;
  readonly missing: readonly EnrolmentNeed[];
}

/** Fused templates of three pictures refuse the fewest of their owners; see docs/face-accuracy.md. */
const photosWanted = 3;
/** Degrees between the pictures that differ most: people do not stand at a door as at the photographer's. */
const poseSpreadWanted = 8;
/** Of `PhotoQuality.glasses`. */
const glassesLikely = 0.5;

/** What is missing for this person to be recognised well. `photos`: the figures each was enrolled with. */
export function enrolmentOf(photos: readonly Readonly<Record<string, number>>[]): Enrolment {
  const missing: EnrolmentNeed[] = [];
  if (photos.length < photosWanted) missing.push("morePhotos");
  if (
    photos.length > 0 &&
    spreadOf(photos, "yaw") < poseSpreadWanted &&
    spreadOf(photos, "pitch") < poseSpreadWanted
  )
    missing.push("otherPose");
  if (photos.length > 0 && photos.every(({ glasses }) => glasses !== undefined && glasses >= glassesLikely))
    missing.push("withoutGlasses");
  return { photos: photos.length, enough: missing.length === 0, missing };
}

function spreadOf(photos: readonly Readonly<Record<string, number>>[], figure: string): number {
  const values = photos.flatMap((photo) => photo[figure] ?? []);
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}
