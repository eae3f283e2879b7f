import type { Picture } from "../../../ports/face-engine.ts";
import { fitPicture } from "../recipe/fitted-picture.ts";
import { type Candidate, NotANumberError, surestApart } from "./found-boxes.ts";
import type { NetSession } from "./session.ts";
import { fittedSize } from "./ssd.ts";

const overlap = 0.4;
const mostFaces = 16;
/** Width and height of the five shapes of face the net was trained with, in cells. */
const anchors = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;
/** For each anchor: across, down, width, height, confidence. */
const perAnchor = 5;

/** The tiny detector over one picture; boxes as shares of the picture. */
export async function runTiny(
  session: NetSession,
  picture: Picture,
  inputSize: number,
  minConfidence: number,
): Promise<readonly Candidate[]> {
  const data = fitPicture(picture, inputSize, "planes");
  const { cells } = await session.run({ input: { shape: [1, 3, inputSize, inputSize], data } });
  if (cells === undefined) throw new NotANumberError("tinyFaceDetector");
  const side = cells.shape[1] ?? 0;
  const { width, height } = fittedSize(picture, inputSize);
  const found: Candidate[] = [];
  for (let at = 0; at < cells.data.length; at += perAnchor) {
    const score = sigmoid(cells.data[at + 4] ?? Number.NaN);
    if (Number.isNaN(score)) throw new NotANumberError("tinyFaceDetector");
    if (score > minConfidence)
      found.push({ score, ...boxAt(cells.data, at, side, inputSize / width, inputSize / height) });
  }
  return surestApart(found, overlap, mostFaces);
}

/** The square's cells, row by row, in each the anchors; the picture fills the square's upper left part. */
function boxAt(
  cells: Float32Array,
  at: number,
  side: number,
  across: number,
  down: number,
): Omit<Candidate, "score"> {
  const anchor = (at / perAnchor) % anchors.length;
  const cell = Math.floor(at / perAnchor / anchors.length);
  const [anchorWidth, anchorHeight] = anchors[anchor] ?? [Number.NaN, Number.NaN];
  const [x = Number.NaN, y = Number.NaN, wide = Number.NaN, high = Number.NaN] = cells.subarray(at, at + 4);
  const centreX = (((cell % side) + sigmoid(x)) / side) * across;
  const centreY = ((Math.floor(cell / side) + sigmoid(y)) / side) * down;
  const halfWidth = ((Math.exp(wide) * anchorWidth) / side / 2) * across;
  const halfHeight = ((Math.exp(high) * anchorHeight) / side / 2) * down;
  if (Number.isNaN(centreX + centreY + halfWidth + halfHeight)) throw new NotANumberError("tinyFaceDetector");
  return {
    top: centreY - halfHeight,
    left: centreX - halfWidth,
    bottom: centreY + halfHeight,
    right: centreX + halfWidth,
  };
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
