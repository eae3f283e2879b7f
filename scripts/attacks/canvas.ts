import type { Picture } from "../../src/ports/face-engine.ts";

/** A picture being made: RGB, 0 to 255 with fractions, rows top to bottom. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Float32Array;
}

export type Colour = readonly [red: number, green: number, blue: number];

export const blank = (width: number, height: number): Canvas => ({
  width,
  height,
  rgb: new Float32Array(width * height * 3),
});

export const fromPicture = ({ width, height, rgb }: Picture): Canvas => ({
  width,
  height,
  rgb: new Float32Array(rgb),
});

const sampled = new Float32Array(3);

/**
 * The colour at (x, y), between its four neighbours; the border repeats outside. Centres lie at halves.
 * The array is one and the same at each call.
 */
export function sample({ width, height, rgb }: Canvas, x: number, y: number): Float32Array {
  const fromX = Math.min(Math.max(x - 0.5, 0), width - 1);
  const fromY = Math.min(Math.max(y - 0.5, 0), height - 1);
  const column = Math.min(fromX | 0, Math.max(0, width - 2));
  const row = Math.min(fromY | 0, Math.max(0, height - 2));
  const right = fromX - column;
  const down = fromY - row;
  const at = (row * width + column) * 3;
  const below = at + width * 3;
  for (let channel = 0; channel < 3; channel += 1) {
    const upper =
      (rgb[at + channel] ?? 0) + ((rgb[at + 3 + channel] ?? 0) - (rgb[at + channel] ?? 0)) * right;
    const lower =
      (rgb[below + channel] ?? 0) + ((rgb[below + 3 + channel] ?? 0) - (rgb[below + channel] ?? 0)) * right;
    sampled[channel] = upper + (lower - upper) * down;
  }
  return sampled;
}

/** Lays `colour` over the pixel with the given opacity. */
export function lay(canvas: Canvas, at: number, colour: ArrayLike<number>, opacity: number): void {
  for (let channel = 0; channel < 3; channel += 1) {
    const under = canvas.rgb[at + channel] ?? 0;
    canvas.rgb[at + channel] = under + ((colour[channel] ?? 0) - under) * opacity;
  }
}

/** The picture made softer: `passes` times each pixel becomes the mean of itself (twice) and its two neighbours. */
export function softened(canvas: Canvas, passes: number): Canvas {
  let from = canvas;
  for (let pass = 0; pass < passes; pass += 1) from = smeared(smeared(from, 3), canvas.width * 3);
  return from;
}

function smeared({ width, height, rgb }: Canvas, stride: number): Canvas {
  const soft = new Float32Array(rgb);
  const last = rgb.length - stride;
  for (let at = stride; at < last; at += 1)
    soft[at] = ((rgb[at - stride] ?? 0) + 2 * (rgb[at] ?? 0) + (rgb[at + stride] ?? 0)) / 4;
  return { width, height, rgb: soft };
}
