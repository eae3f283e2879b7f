import type { Picture } from "../../src/ports/face-engine.ts";

const size = 100;
const skin = 170;

/** What is drawn over a face, in its pixels: left, right, top, bottom, brightness. */
export type Patch = readonly [left: number, right: number, top: number, bottom: number, brightness: number];

/** Brows, eyes and a mouth, where `posedLandmarks` says they are. */
const features: readonly Patch[] = [
  [28, 44, 32, 35, 70],
  [56, 72, 32, 35, 70],
  [30, 42, 38, 42, 40],
  [58, 70, 38, 42, 40],
  [40, 60, 57, 63, 80],
];

/** As little of a face as what looks for covered ones needs. */
export function drawnFace(...over: readonly Patch[]): Picture {
  const rgb = new Uint8Array(size * size * 3).fill(skin);
  for (const [left, right, top, bottom, brightness] of [...features, ...over]) {
    for (let row = top; row < bottom; row += 1)
      rgb.fill(brightness, (row * size + left) * 3, (row * size + right) * 3);
  }
  return { width: size, height: size, rgb };
}
