import { judgeFrame } from "../domain/biometric/frame-verdict.ts";
import { enrolmentLimits } from "../domain/biometric/verification-policy.ts";
import type { DescribedFace, FaceEngine } from "../ports/face-engine.ts";
import { type PictureCodec, PictureError } from "../ports/picture-codec.ts";
import type { StoredPhotoOutcome } from "../ports/vision-link.ts";

/** It was good enough when it was enrolled: that is not asked again, only whose face it is has to be plain. */
const limits = {
  ...enrolmentLimits,
  quality: {
    minEyeDistance: 0,
    minSharpness: 0,
    minBrightness: 0,
    maxBrightness: 255,
    minContrast: 0,
    maxYaw: 90,
    maxRoll: 180,
  },
};

/** The templates of a photo that was enrolled before, by the models in use now. */
export async function describeStored(
  image: Uint8Array,
  engine: FaceEngine,
  codec: PictureCodec,
): Promise<StoredPhotoOutcome> {
  try {
    const picture = await codec.decode(image);
    const faces = await engine.detect(picture, "thorough");
    const [largest] = faces;
    const described = largest && (await engine.describe(picture, largest));
    const templates = described === undefined ? [] : templatesOf(engine, described);
    const [first] = templates;
    const seen = faces.map(({ box }, index) => ({
      width: box.width,
      height: box.height,
      ...(index === 0 && described !== undefined && first !== undefined
        ? {
            described: {
              quality: described.quality,
              descriptor: { model: first.model, values: first.descriptor },
            },
          }
        : {}),
    }));
    const verdict = judgeFrame(seen, limits);
    if (verdict.use === "compare") return { usable: true, templates };
    return { usable: false, reason: verdict.reason, detail: detailOf[verdict.reason] };
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    return { usable: false, reason: "notAPicture", detail: error.message };
  }
}

const templatesOf = (engine: FaceEngine, { descriptor, second }: DescribedFace) => [
  { model: engine.model.id, descriptor },
  ...(second === undefined ? [] : [{ model: second.model, descriptor: second.values }]),
];

const detailOf = {
  noFace: "no face is found in it any more",
  multipleFaces: "more than one face is found in it",
  poorQuality: "the face cannot be described",
} as const;
