import type { Box, DetectedFace } from "../../../ports/face-engine.ts";

/** Boxes of one face by two detectors share at least this much of what they cover together. */
const sameFaceShare = 0.3;

/** The faces of one detector, and of another those that the first has not seen. */
export function united(
  faces: readonly DetectedFace[],
  others: readonly DetectedFace[],
): readonly DetectedFace[] {
  return [
    ...faces,
    ...others.filter(({ box }) => faces.every((face) => overlap(face.box, box) < sameFaceShare)),
  ];
}

/** What both cover, as a share of what either covers. */
function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / (one.width * one.height + other.width * other.height - both);
}
