import type { DetectedFace, Picture } from "../../ports/face-engine.ts";
import type { Chip } from "./recipe/chip.ts";
import type { Nets } from "./recipe/nets.ts";

/** Side of the drawn picture, in pixels. */
const side = 320;
const landmarkSize = 112;
const chipSize = 150;
const tinyInput = 224;
const confidence = 0.1;
/** Of 128 numbers every 16th. */
const step = 16;
/** Landmarks from all over the face, iBUG scheme. */
const looked = [0, 8, 27, 30, 36, 45, 48, 54] as const;

/** What each net gives for the drawn face: numbers picked from its output. */
export interface SelfTestValues {
  /** Confidence and box (x, y, width, height as shares of the picture) of the surest face. */
  readonly ssdMobilenetv1: readonly number[];
  readonly tinyFaceDetector: readonly number[];
  /** x and y of some landmarks, as shares of the chip. */
  readonly faceLandmark68: readonly number[];
  /** Some numbers of the raw descriptor, and its length. */
  readonly faceRecognition: readonly number[];
}

/** Engines differ by a few millionths; a wrong layer, an unfit instruction or a damaged weight by far more. */
export const tolerance = 0.001;

/** Shows the nets a drawn face. */
export async function selfTestValues(nets: Nets): Promise<SelfTestValues> {
  const picture = drawnFace();
  const [thorough] = await nets.findThoroughly(picture, confidence);
  const [quick] = await nets.findQuickly(picture, tinyInput, confidence);
  const [landmarks = []] = await nets.landmarks([chipOf(picture, landmarkSize)]);
  const [descriptor = new Float32Array(0)] = await nets.describe([chipOf(picture, chipSize)]);
  return {
    ssdMobilenetv1: figuresOf(thorough),
    tinyFaceDetector: figuresOf(quick),
    faceLandmark68: looked.flatMap((index) => {
      const { x = Number.NaN, y = Number.NaN } = landmarks[index] ?? {};
      return [x / landmarkSize, y / landmarkSize];
    }),
    faceRecognition: [...[...descriptor].filter((_, index) => index % step === 0), Math.hypot(...descriptor)],
  };
}

/** What is wrong with these nets; undefined where they compute what they should. */
export async function selfTest(nets: Nets, expected: SelfTestValues): Promise<string | undefined> {
  const found = await selfTestValues(nets);
  for (const net of Object.keys(expected) as (keyof SelfTestValues)[]) {
    if (found[net].length !== expected[net].length) {
      return `self-test: ${net} gave ${found[net].length} numbers instead of ${expected[net].length}`;
    }
    for (const [index, value] of expected[net].entries()) {
      const given = found[net][index] ?? Number.NaN;
      // The other way round NaN would pass.
      if (!(Math.abs(given - value) <= tolerance)) {
        return `self-test: ${net} gave ${given.toFixed(6)} where ${value.toFixed(6)} is right (number ${index + 1})`;
      }
    }
  }
  return undefined;
}

const figuresOf = (face: DetectedFace | undefined): readonly number[] =>
  face === undefined
    ? []
    : [face.confidence, face.box.x / side, face.box.y / side, face.box.width / side, face.box.height / side];

/** A face as a child draws one, with enough shade for the nets to see it. Whole numbers: the same on any processor. */
export function drawnFace(): Picture {
  const rgb = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) rgb.set(colourAt(x - side / 2, y - side / 2), (y * side + x) * 3);
  }
  return { width: side, height: side, rgb };
}

/** `x` and `y` from the picture's middle. */
function colourAt(x: number, y: number): readonly [number, number, number] {
  const across = Math.abs(x);
  const face = inside(x, y, 78, 104);
  if (face >= 1) {
    const hair = inside(x, y + 30, 96, 104) < 1 && y < 20;
    if (hair) return [52 + (across >> 2), 38, 30];
    const collar = y > 110 ? 40 : 0;
    return [150 - collar, 160 - collar + (y >> 3), 172 - collar + (x >> 4)];
  }
  if (inside(x, y + 104, 84, 46) < 1) return [56, 40, 32];
  const shade = Math.floor(face * 60) + (x >> 3);
  const skin = [222 - shade, 178 - shade, 150 - shade] as const;
  const [eyeX, eyeY] = [across - 32, y + 18];
  if (inside(eyeX, eyeY, 6, 6) < 1) return [28, 24, 22];
  if (inside(eyeX, eyeY, 15, 8) < 1) return [236, 232, 228];
  if (inside(eyeX, eyeY, 18, 11) < 1) return [120, 84, 66];
  if (across > 14 && across < 50 && y > -44 - (across >> 3) && y < -36 - (across >> 3)) return [70, 50, 40];
  if (inside(across - 9, y - 30, 5, 4) < 1) return [110, 70, 58];
  if (across < 8 && y > -20 && y < 30) return [232 - across * 4, 190 - across * 4, 164 - across * 4];
  if (inside(x, y - 58, 30, 3) < 1) return [96, 40, 42];
  if (inside(x, y - 58, 32, 11) < 1) return [178, 92, 92];
  return skin;
}

/** Under 1 within the ellipse of these half axes. */
const inside = (x: number, y: number, wide: number, high: number): number =>
  (x * x) / (wide * wide) + (y * y) / (high * high);

/** The middle of the picture, pixels picked. */
function chipOf({ rgb }: Picture, size: number): Chip {
  const from = 40;
  const pixels = new Float32Array(size * size * 3);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const column = from + Math.floor(((side - 2 * from) * x) / size);
      const row = from + Math.floor(((side - 2 * from) * y) / size);
      for (let channel = 0; channel < 3; channel += 1) {
        pixels[(y * size + x) * 3 + channel] = rgb[(row * side + column) * 3 + channel] ?? 0;
      }
    }
  }
  return { size, pixels };
}
