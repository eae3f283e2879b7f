import { eyesOf } from "../../domain/biometric/landmarks.ts";
import type { DescribedFace, Picture, Point } from "../../ports/face-engine.ts";

/** What is kept of one frame to be measured, and to be compared with the next: about 0.4 MB at 640×360. */
export interface Look {
  readonly width: number;
  readonly height: number;
  /** Rec. 601, 0 to 255, a value a pixel. */
  readonly luma: Uint8Array;
  /** The same at half the size, each pixel the mean of four. */
  readonly half: Plane;
  readonly landmarks: readonly Point[];
  readonly face: FacePlace;
  /** The middle of the upright chip: whatever the head's place, the same part of the face. */
  readonly chip: Plane;
  /**
   * An earlier look of the same track from which the face has moved far enough to tell what moved with it.
   * It has none of its own, so that two looks at the most are kept.
   */
  readonly anchor: Look | undefined;
}

export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array | Float32Array;
}

/** Where the face is: the middle between the eyes, how far they are apart, and which way they lie. */
export interface FacePlace {
  readonly x: number;
  readonly y: number;
  /** Distance of the eyes' centres, in pixels. */
  readonly unit: number;
  /** Unit vector from the left of the picture to the right, along the eyes. */
  readonly alongX: number;
  readonly alongY: number;
}

/** Side of the chip's middle that is kept. */
export const chipSide = 128;

/** Displacement of the face that tells what moved with it from what stood still, in pixels. */
export const tellingMove = 5;

type SeenFace = Pick<DescribedFace, "landmarks" | "chip">;

/** Takes one frame of a track; `previous` is the look at the frame before, of the same track and the same size. */
export function lookAt(frame: Picture, face: SeenFace, previous?: Look): Look {
  const luma = lumaOf(frame);
  const place = facePlace(face.landmarks);
  return {
    width: frame.width,
    height: frame.height,
    luma,
    half: halved(luma, frame.width, frame.height),
    landmarks: face.landmarks,
    face: place,
    chip: middleOf(face.chip),
    anchor: anchorFor(place, previous, frame),
  };
}

/** The anchor stays until the face has moved away from it; then the look before takes its place. */
function anchorFor(place: FacePlace, previous: Look | undefined, frame: Picture): Look | undefined {
  if (previous === undefined || previous.width !== frame.width || previous.height !== frame.height)
    return undefined;
  const kept = previous.anchor;
  if (kept !== undefined && distance(previous.face, kept.face) < tellingMove) return kept;
  return { ...previous, anchor: undefined };
}

const distance = (one: FacePlace, other: FacePlace): number => Math.hypot(one.x - other.x, one.y - other.y);

export function facePlace(landmarks: readonly Point[]): FacePlace {
  const { left, right } = eyesOf(landmarks);
  const unit = Math.max(1, Math.hypot(right.x - left.x, right.y - left.y));
  return {
    x: (left.x + right.x) / 2,
    y: (left.y + right.y) / 2,
    unit,
    alongX: (right.x - left.x) / unit,
    alongY: (right.y - left.y) / unit,
  };
}

function lumaOf({ width, height, rgb }: Picture): Uint8Array {
  const luma = new Uint8Array(width * height);
  for (let at = 0, byte = 0; at < luma.length; at += 1, byte += 3) {
    luma[at] = (77 * (rgb[byte] ?? 0) + 150 * (rgb[byte + 1] ?? 0) + 29 * (rgb[byte + 2] ?? 0)) >> 8;
  }
  return luma;
}

function halved(luma: Uint8Array, fullWidth: number, fullHeight: number): Plane {
  const width = fullWidth >> 1;
  const height = fullHeight >> 1;
  const values = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const source = row * 2 * fullWidth;
    for (let column = 0; column < width; column += 1) {
      const at = source + column * 2;
      const sum =
        (luma[at] ?? 0) + (luma[at + 1] ?? 0) + (luma[at + fullWidth] ?? 0) + (luma[at + fullWidth + 1] ?? 0);
      values[row * width + column] = sum >> 2;
    }
  }
  return { width, height, values };
}

function middleOf({ size, pixels }: DescribedFace["chip"]): Plane {
  const side = Math.min(chipSide, size);
  const margin = (size - side) >> 1;
  const values = new Float32Array(side * side);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const at = ((row + margin) * size + column + margin) * 3;
      values[row * side + column] =
        0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
    }
  }
  return { width: side, height: side, values };
}
