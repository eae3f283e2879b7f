/** Ways of looking that make a template good together; which side comes first is the person's choice. */
export type Pose = "straight" | "left" | "right";

/** Degrees from which a head counts as turned; eight between two photos is what `enrolmentOf` asks for. */
const turnedFrom = 6;

export function poseOf(yaw: number | undefined): Pose | undefined {
  if (yaw === undefined) return undefined;
  if (Math.abs(yaw) < turnedFrom) return "straight";
  return yaw < 0 ? "left" : "right";
}

export interface PoseShown {
  readonly pose: Pose | "withoutGlasses";
  readonly done: boolean;
}

/** `photos`: their figures; `missing`: what the server says is missing. */
export function posesOf(
  photos: readonly Readonly<Partial<Record<string, number>>>[],
  missing: readonly string[],
): readonly PoseShown[] {
  const shown = new Set(photos.map(({ yaw }) => poseOf(yaw)));
  const poses = (["straight", "left", "right"] as const).map((pose) => ({ pose, done: shown.has(pose) }));
  return missing.includes("withoutGlasses") ? [...poses, { pose: "withoutGlasses", done: false }] : poses;
}
