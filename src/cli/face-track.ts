import type { TrackSample } from "../domain/biometric/liveness/track.ts";
import { instant } from "../domain/time.ts";
import type { Box, DetectedFace, FaceEngine, Picture } from "../ports/face-engine.ts";
import { type Look, measurePixels } from "../vision/liveness/measure.ts";

/** One face followed through a recording. */
export interface FollowedFace {
  readonly samples: readonly TrackSample[];
  readonly frames: number;
  /** Frames in which no face was found, or none that could be described. */
  readonly withoutFace: number;
  /** Frames that were searched as a whole for others, and those of them with a second face at least half as wide. */
  readonly looksAround: number;
  readonly withOthers: number;
}

const otherFaceShare = 0.5;
/** Every so many frames the whole picture is searched for others, with the best detector. */
const lookAround = 6;

/** Whether somebody else is about as near as the face in `box`. */
async function hasOthers(engine: FaceEngine, picture: Picture, box: Box): Promise<boolean> {
  const faces = await engine.detect(picture, "thorough");
  return faces.some(
    (face) => apart(face.box, box) > box.width / 2 && face.box.width >= otherFaceShare * box.width,
  );
}

const apart = (one: Box, other: Box): number =>
  Math.hypot(
    one.x + one.width / 2 - other.x - other.width / 2,
    one.y + one.height / 2 - other.y - other.height / 2,
  );

/** Follows the largest face through frames of a fixed rate, as the door's camera would be watched. */
export async function followFace(
  engine: FaceEngine,
  frames: AsyncIterable<Picture> | Iterable<Picture>,
  framesPerSecond: number,
  alone: "checked" | "taken as given",
): Promise<FollowedFace> {
  const samples: TrackSample[] = [];
  const counts = { frames: 0, withoutFace: 0, looksAround: 0, withOthers: 0 };
  let look: Look | undefined;
  let box: Box | undefined;
  for await (const picture of frames) {
    const at = instant((counts.frames * 1000) / framesPerSecond);
    counts.frames += 1;
    const chosen = nearestTo(box, await engine.detect(picture, "quick", box));
    const face = chosen && (await engine.describe(picture, chosen));
    if (face === undefined) {
      counts.withoutFace += 1;
      continue;
    }
    if (alone === "checked" && counts.frames % lookAround === 1) {
      counts.looksAround += 1;
      if (await hasOthers(engine, picture, face.box)) counts.withOthers += 1;
    }
    const measured = measurePixels(picture, face, sameSize(look, picture));
    samples.push({
      at,
      frameWidth: picture.width,
      frameHeight: picture.height,
      box: face.box,
      landmarks: face.landmarks,
      quality: face.quality,
      pixels: measured.pixels,
    });
    look = measured.look;
    box = face.box;
  }
  return { samples, ...counts };
}

const sameSize = (look: Look | undefined, { width, height }: Picture): Look | undefined =>
  look?.width === width && look.height === height ? look : undefined;

/** The face that was followed so far, or the largest. */
function nearestTo(box: Box | undefined, faces: readonly DetectedFace[]): DetectedFace | undefined {
  const [largest, ...others] = faces;
  if (box === undefined || largest === undefined) return largest;
  return others.reduce(
    (nearest, face) => (apart(face.box, box) < apart(nearest.box, box) ? face : nearest),
    largest,
  );
}
