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
  /** Frames that were searched as a whole, and those of them with a second face at least half as wide. */
  readonly looksAround: number;
  readonly withOthers: number;
}

const otherFaceShare = 0.5;
/** Every so many frames the whole picture is searched. */
const lookAround = 6;

/** Follows the largest face through frames of a fixed rate, as the door's camera would be watched. */
export async function followFace(
  engine: FaceEngine,
  frames: AsyncIterable<Picture> | Iterable<Picture>,
  framesPerSecond: number,
): Promise<FollowedFace> {
  const samples: TrackSample[] = [];
  const counts = { frames: 0, withoutFace: 0, looksAround: 0, withOthers: 0 };
  let look: Look | undefined;
  let box: Box | undefined;
  for await (const picture of frames) {
    const at = instant((counts.frames * 1000) / framesPerSecond);
    counts.frames += 1;
    // Only a look at the whole picture shows others.
    const near = counts.frames % lookAround === 1 ? undefined : box;
    if (near === undefined) counts.looksAround += 1;
    const faces = await engine.detect(picture, "quick", near);
    const chosen = nearestTo(box, faces);
    const face = chosen && (await engine.describe(picture, chosen));
    if (face === undefined) {
      counts.withoutFace += 1;
      continue;
    }
    if (faces.some((other) => other !== chosen && other.box.width >= otherFaceShare * face.box.width))
      counts.withOthers += 1;
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
  const apart = (face: DetectedFace): number =>
    Math.hypot(
      face.box.x + face.box.width / 2 - box.x - box.width / 2,
      face.box.y + face.box.height / 2 - box.y - box.height / 2,
    );
  return others.reduce((nearest, face) => (apart(face) < apart(nearest) ? face : nearest), largest);
}
