import type { FaceSeen } from "../domain/biometric/frame-verdict.ts";
import type { Instant } from "../domain/time.ts";
import type { Box, DescribedFace, Effort, FaceEngine, FaceTimings } from "../ports/face-engine.ts";
import type { Frame } from "../ports/frame-source.ts";
import type { FramePicture } from "./frame-picture.ts";

/** What one frame of one camera came to. */
export interface Look {
  readonly frameAt: Instant;
  readonly doneAt: Instant;
  /** All of them, the largest first; only it is described, and only where it is alone. */
  readonly faces: readonly FaceSeen[];
  /** The largest one's. */
  readonly box: Box | undefined;
  /** Which track it belongs to; undefined where there is not exactly one described face. */
  readonly track: number | undefined;
  readonly spent: FaceTimings;
  readonly picture: FramePicture;
}

export interface FacesFound {
  readonly faces: readonly FaceSeen[];
  readonly box: Box | undefined;
  readonly described: DescribedFace | undefined;
  readonly spent: FaceTimings;
}

/** How a frame is searched: where the face was a moment ago only, all of it, or with a glance. */
export type Search = { readonly effort: Effort; readonly near?: Box | undefined };

/** All faces are counted, only the largest is described: and of a frame with a second one that counts, nobody. */
export async function findFaces(
  frame: Frame,
  engine: FaceEngine,
  { effort, near }: Search,
  secondFaceShare: number,
): Promise<FacesFound> {
  const [largest, ...others] = await engine.detect(frame, effort, near);
  const { detect } = engine.timings();
  if (largest === undefined) return { ...nobody, spent: { detect, landmarks: 0, embed: 0 } };
  const isCrowded = others.some(({ box }) => box.height >= secondFaceShare * largest.box.height);
  const described = isCrowded ? undefined : await engine.describe(frame, largest);
  const { landmarks, embed } = isCrowded ? unspent : engine.timings();
  const first: FaceSeen = {
    ...sizeOf(largest.box),
    ...(described && {
      described: {
        quality: described.quality,
        descriptor: { model: engine.model.id, values: described.descriptor },
        second: described.second,
      },
    }),
  };
  return {
    faces: [first, ...others.map(({ box }) => sizeOf(box))],
    box: largest.box,
    described,
    spent: { detect, landmarks, embed },
  };
}

const sizeOf = ({ width, height }: Box): FaceSeen => ({ width, height });
const unspent: FaceTimings = { detect: 0, landmarks: 0, embed: 0 };
const nobody = { faces: [], box: undefined, described: undefined } as const;

/** Descriptors live as long as somebody needs them and are then gone, not merely unreferenced. */
export function forgetLook({ faces, picture }: Look): void {
  for (const { described } of faces) {
    described?.descriptor.values.fill(0);
    described?.second?.values.fill(0);
  }
  picture.forget();
}
