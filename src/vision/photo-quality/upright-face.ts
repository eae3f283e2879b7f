import { eyesOf } from "../../domain/biometric/landmarks.ts";
import type { Picture, Point } from "../../ports/face-engine.ts";

/** The eyes' centres stand this far apart on the upright face, in its own pixels. */
export const eyesApart = 48;
export const uprightWidth = 128;
export const uprightHeight = 152;
const eyeLine = 52;

/** A face turned upright and brought to one size: luma from 0 to 255, rows top to bottom. */
export interface UprightFace {
  readonly luma: Float32Array;
  /** The 68 landmarks, in its pixels. */
  readonly landmarks: readonly Point[];
}

/** Undefined where the eyes are nowhere. Pixels outside the picture repeat its border. */
export function uprightFace(picture: Picture, landmarks: readonly Point[]): UprightFace | undefined {
  const { left, right } = eyesOf(landmarks);
  // The similarity from upright pixels to the picture's: a rotation with scale, and a shift.
  const a = (right.x - left.x) / eyesApart;
  const b = (right.y - left.y) / eyesApart;
  const scale = Math.hypot(a, b);
  if (!(scale > 0) || !Number.isFinite(scale)) return undefined;
  const middle = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  const centre = uprightWidth / 2;
  const toPicture = (x: number, y: number): Point => ({
    x: middle.x + a * (x - centre) - b * (y - eyeLine),
    y: middle.y + b * (x - centre) + a * (y - eyeLine),
  });
  const toUpright = ({ x, y }: Point): Point => {
    const dx = (x - middle.x) / scale ** 2;
    const dy = (y - middle.y) / scale ** 2;
    return { x: a * dx + b * dy + centre, y: -b * dx + a * dy + eyeLine };
  };
  return { luma: sampled(picture, toPicture, scale), landmarks: landmarks.map(toUpright) };
}

function sampled(picture: Picture, toPicture: (x: number, y: number) => Point, scale: number): Float32Array {
  const luma = new Float32Array(uprightWidth * uprightHeight);
  // A face larger than this is averaged over as many pixels as one of ours covers.
  const taps = Math.min(8, Math.max(1, Math.round(scale)));
  for (let row = 0; row < uprightHeight; row += 1) {
    for (let column = 0; column < uprightWidth; column += 1) {
      let sum = 0;
      for (let tap = 0; tap < taps * taps; tap += 1) {
        const within = (step: number): number => (step + 0.5) / taps - 0.5;
        const at = toPicture(column + within(tap % taps), row + within(Math.floor(tap / taps)));
        sum += lumaAt(picture, at);
      }
      luma[row * uprightWidth + column] = sum / (taps * taps);
    }
  }
  return luma;
}

/** Rec. 601, between the four pixels around. */
function lumaAt(picture: Picture, { x, y }: Point): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const across = x - left;
  const down = y - top;
  const upper = pixel(picture, left, top) * (1 - across) + pixel(picture, left + 1, top) * across;
  const lower = pixel(picture, left, top + 1) * (1 - across) + pixel(picture, left + 1, top + 1) * across;
  return upper * (1 - down) + lower * down;
}

function pixel({ width, height, rgb }: Picture, x: number, y: number): number {
  const column = Math.min(width - 1, Math.max(0, x));
  const row = Math.min(height - 1, Math.max(0, y));
  const at = (row * width + column) * 3;
  return 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
}
