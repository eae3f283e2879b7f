import { judgeFrame } from "../domain/biometric/frame-verdict.ts";
import { enrolmentLimits } from "../domain/biometric/verification-policy.ts";
import type { DescribedFace, FaceEngine, Picture } from "../ports/face-engine.ts";
import { type PictureCodec, PictureError } from "../ports/picture-codec.ts";
import type { PhotoOutcome } from "../ports/vision-link.ts";

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
  const verdict = judgeFrame(seen, enrolmentLimits);
  const quality = described === undefined ? {} : { quality: figuresOf(described) };
  if (verdict.use === "none") {
    const detail = verdict.reason === "poorQuality" ? missedLimits(verdict.faults) : detailOf[verdict.reason];
    return { usable: false, reason: verdict.reason, detail, ...quality };
  }
  return {
    usable: true,
    model: engine.model.id,
    descriptor: verdict.descriptor.values,
    quality: { ...verdict.quality },
    jpeg: await codec.encodeJpeg(picture, storedSide),
    box: largest?.box ?? { x: 0, y: 0, width: picture.width, height: picture.height },
  };
}

const detailOf = {
  noFace: "no face was found in the picture",
  multipleFaces: "more than one face is in the picture; one person alone is needed",
} as const;

function missedLimits(
  faults: readonly {
    readonly figure: string;
    readonly value: number;
    readonly limit: number;
    readonly advice: string;
  }[],
): string {
  if (faults.length === 0) return "the face cannot be described";
  return faults
    .map(({ figure, value, limit, advice }) => `${figure} is ${value.toFixed(1)}, limit ${limit}: ${advice}`)
    .join("; ");
}

function figuresOf({ quality }: DescribedFace): Readonly<Record<string, number>> {
  return { ...quality };
}
