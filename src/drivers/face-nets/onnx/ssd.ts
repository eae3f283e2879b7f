import type { Picture } from "../../../ports/face-engine.ts";
import { fitPicture } from "../recipe/fitted-picture.ts";
import { type Candidate, NotANumberError, surestApart } from "./found-boxes.ts";
import type { NetSession } from "./session.ts";

const inputSize = 512;
const overlap = 0.5;
const mostFaces = 16;

/** SSD MobileNet over one picture; boxes as shares of the picture. */
export async function runSsd(
  session: NetSession,
  picture: Picture,
  minConfidence: number,
): Promise<readonly Candidate[]> {
  const data = fitPicture(picture, inputSize, "planes");
  const { boxes, scores } = await session.run({ input: { shape: [1, 3, inputSize, inputSize], data } });
  if (boxes === undefined || scores === undefined) throw new NotANumberError("ssdMobilenetv1");
  const found: Candidate[] = [];
  for (const [index, score] of scores.data.entries()) {
    if (Number.isNaN(score)) throw new NotANumberError("ssdMobilenetv1");
    if (score > minConfidence) found.push({ score, ...boxAt(boxes.data, index) });
  }
  const { width, height } = fittedSize(picture, inputSize);
  return surestApart(found, overlap, mostFaces).map(({ score, top, left, bottom, right }) => ({
    score,
    top: (Math.max(0, top) * inputSize) / height,
    left: (Math.max(0, left) * inputSize) / width,
    bottom: (Math.min(1, bottom) * inputSize) / height,
    right: (Math.min(1, right) * inputSize) / width,
  }));
}

function boxAt(boxes: Float32Array, index: number): Omit<Candidate, "score"> {
  const at = index * 4;
  const [top = Number.NaN, left = Number.NaN, bottom = Number.NaN, right = Number.NaN] = boxes.subarray(
    at,
    at + 4,
  );
  if (Number.isNaN(top + left + bottom + right)) throw new NotANumberError("ssdMobilenetv1");
  return { top, left, bottom, right };
}

/** How much of the square input the picture fills, in whole pixels as the library counts them. */
export function fittedSize({ width, height }: Picture, size: number): { width: number; height: number } {
  const scale = size / Math.max(width, height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
