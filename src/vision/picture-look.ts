import { type PhotoAdvice, photoFaults } from "../domain/biometric/photo-quality.ts";
import { enrolmentLimits, photoLimits } from "../domain/biometric/verification-policy.ts";
import type { DetectedFace, FaceEngine, Picture } from "../ports/face-engine.ts";
import { type PictureCodec, PictureError } from "../ports/picture-codec.ts";
import type { PictureLook } from "../ports/vision-link.ts";
import { measurePhoto } from "./photo-quality/measure-photo.ts";

/** A guide sends what a webcam shows, made smaller: more is no guide's picture. */
const mostPixels = 2_000_000;

/**
 * What a picture would lack as a photo: two of these a second, for whoever stands before the desk's camera. Nothing is
 * kept. `isDoorWaiting`: then nothing is computed, since the step under way is the only one a door ever waits for.
 */
export async function lookAtPicture(
  image: Uint8Array,
  engine: FaceEngine,
  codec: PictureCodec,
  isDoorWaiting: () => boolean,
): Promise<PictureLook> {
  if (isDoorWaiting()) return { is: "busy" };
  let picture: Picture;
  try {
    picture = await codec.decode(image, mostPixels);
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    return { is: "notAPicture", detail: error.message };
  }
  // The cheap detectors will do: whoever enrols is near, and the photo itself is looked at thoroughly.
  const faces = await engine.detect(picture, "quick");
  if (isDoorWaiting()) return { is: "busy" };
  const [largest, second] = faces;
  const seen = (
    advice: readonly PhotoAdvice[],
    quality: Readonly<Record<string, number>> | null,
  ): PictureLook => ({
    is: "seen",
    good: advice.length === 0,
    faces: faces.length,
    box: largest?.box ?? null,
    width: picture.width,
    height: picture.height,
    advice,
    quality,
  });
  if (largest === undefined) return seen(["faceCamera"], null);
  if (second !== undefined && isBeside(second, largest)) return seen(["onePerson"], null);
  const described = await engine.describe(picture, largest);
  described?.descriptor.fill(0);
  described?.second?.values.fill(0);
  const quality = described && measurePhoto(picture, described.landmarks, described.quality);
  if (quality === undefined) return seen(["tryAgain"], null);
  return seen(
    photoFaults(quality, photoLimits).map(({ advice }) => advice),
    { ...quality },
  );
}

/** As large a part of the picture as makes a photo one of two people. */
const isBeside = (second: DetectedFace, largest: DetectedFace): boolean =>
  second.box.height >= largest.box.height * enrolmentLimits.secondFaceShare;
