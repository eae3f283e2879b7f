import { type FrameLimits, judgeFrame } from "../domain/biometric/frame-verdict.ts";
import { type PhotoFault, photoFaults } from "../domain/biometric/photo-quality.ts";
import { enrolmentLimits, photoLimits } from "../domain/biometric/verification-policy.ts";
import type { FaceEngine, Picture } from "../ports/face-engine.ts";
import { type PictureCodec, PictureError } from "../ports/picture-codec.ts";
import type { PhotoOutcome } from "../ports/vision-link.ts";
import { measurePhoto } from "./photo-quality/measure-photo.ts";

/** Kept of an enrolled photo: enough to compute its template again should the model change. */
const storedSide = 1024;

/** An uploaded photo as it would be enrolled, or why it cannot be. */
export async function describePhoto(
  image: Uint8Array,
  engine: FaceEngine,
  codec: PictureCodec,
): Promise<PhotoOutcome> {
  let picture: Picture;
  try {
    picture = await codec.decode(image);
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    return {
      usable: false,
      reason: error.fault === "tooLarge" ? "tooLarge" : "notAPicture",
      detail: error.message,
    };
  }
  const faces = await engine.detect(picture, "thorough");
  const [largest] = faces;
  const described = largest === undefined ? undefined : await engine.describe(picture, largest);
  const seen = faces.map(({ box }, index) => ({
    width: box.width,
    height: box.height,
    ...(index === 0 && described !== undefined
      ? {
          described: {
            quality: described.quality,
            descriptor: { model: engine.model.id, values: described.descriptor },
          },
        }
      : {}),
  }));
  const verdict = judgeFrame(seen, anyQuality);
  if (verdict.use === "none" && verdict.reason !== "poorQuality") {
    const { advice, detail } = whyNot[verdict.reason];
    return { usable: false, reason: verdict.reason, detail, advice: [advice] };
  }
  const quality = described && measurePhoto(picture, described.landmarks, described.quality);
  if (verdict.use === "none" || largest === undefined || quality === undefined) return indescribable;
  const faults = photoFaults(quality, photoLimits);
  if (faults.length > 0) {
    const advice = faults.map((fault) => fault.advice);
    return {
      usable: false,
      reason: "poorQuality",
      detail: missedLimits(faults),
      advice,
      quality: { ...quality },
    };
  }
  return {
    usable: true,
    model: engine.model.id,
    descriptor: verdict.descriptor.values,
    second: described?.second && { model: described.second.model, descriptor: described.second.values },
    quality: { ...quality },
    jpeg: await codec.encodeJpeg(picture, storedSide),
    box: largest.box,
  };
}

/** One face, and a descriptor that is one; how good it is, is asked afterwards, of more than a frame is. */
const anyQuality: FrameLimits = {
  ...enrolmentLimits,
  quality: {
    ...{ minEyeDistance: 0, minSharpness: 0, minBrightness: 0, maxBrightness: 255, minContrast: 0 },
    ...{ maxYaw: 90, maxRoll: 180 },
  },
};

const indescribable: PhotoOutcome = {
  usable: false,
  reason: "poorQuality",
  detail: "the face cannot be described",
  advice: ["tryAgain"],
};

const whyNot = {
  noFace: { detail: "no face was found in the picture", advice: "faceCamera" },
  multipleFaces: {
    detail: "more than one face is in the picture; one person alone is needed",
    advice: "onePerson",
  },
} as const;

function missedLimits(faults: readonly PhotoFault[]): string {
  return faults
    .map(({ figure, value, limit, advice }) => `${figure} is ${shown(value)}, limit ${limit}: ${advice}`)
    .join("; ");
}

/** Shares have their figures behind the point. */
const shown = (value: number): string => value.toFixed(Math.abs(value) < 2 ? 2 : 1);
