import type { DescribedFace, Picture, Point } from "../../ports/face-engine.ts";

export const width = 640;
export const height = 360;

/** Luma at a place of the picture, or red, green and blue. */
export type Paint = (x: number, y: number) => number | readonly [number, number, number];

/** Numbers from 0 up to 1, always the same (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A frame with sensor noise of the given deviation. */
export function frameOf(paint: Paint, noise = 2, seed = 1): Picture {
  const random = seeded(seed);
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const painted = paint(x + 0.5, y + 0.5);
      const [red, green, blue] = typeof painted === "number" ? [painted, painted, painted] : painted;
      const grain = (random() + random() - 1) * 2.45 * noise;
      rgb.set([red + grain, green + grain, blue + grain], (y * width + x) * 3);
    }
  }
  return { width, height, rgb: new Uint8Array(rgb.buffer) };
}

/** An upright face's 68 landmarks, coarse: eyes `unit` apart around (x, y), jaw and mouth where they belong. */
export function landmarksAt(x: number, y: number, unit: number): readonly Point[] {
  return Array.from({ length: 68 }, (_, index) => {
    const [across, down] = placeOf(index);
    return { x: x + across * unit, y: y + down * unit };
  });
}

function placeOf(index: number): readonly [number, number] {
  if (index < 17) return [-1.1 * Math.cos((Math.PI * index) / 16), 1.8 * Math.sin((Math.PI * index) / 16)];
  if (index < 27) return [-0.9 + 0.2 * (index - 17), -0.35];
  if (index < 36) return [0, 0.1 * (index - 26)];
  if (index < 42)
    return [
      -0.5 + 0.2 * Math.cos((Math.PI * (index - 36)) / 3),
      0.1 * Math.sin((Math.PI * (index - 36)) / 3),
    ];
  if (index < 48)
    return [0.5 + 0.2 * Math.cos((Math.PI * (index - 42)) / 3), 0.1 * Math.sin((Math.PI * (index - 42)) / 3)];
  return [0.4 * Math.cos((Math.PI * (index - 48)) / 10), 1.2 + 0.1 * Math.sin((Math.PI * (index - 48)) / 10)];
}

const chipSize = 150;
/** The eyes are 52 pixels apart on the chip, 55 pixels from its top. */
const onChip = { unit: 52, y: 55 } as const;

/** The upright chip of a face whose eyes are around (x, y), by the nearest pixels. */
export function chipAt(frame: Picture, x: number, y: number, unit: number): DescribedFace["chip"] {
  const pixels = new Float32Array(chipSize * chipSize * 3);
  for (let row = 0; row < chipSize; row += 1) {
    for (let column = 0; column < chipSize; column += 1) {
      const fromX = Math.round(x + ((column + 0.5 - chipSize / 2) / onChip.unit) * unit - 0.5);
      const fromY = Math.round(y + ((row + 0.5 - onChip.y) / onChip.unit) * unit - 0.5);
      const at =
        (Math.min(Math.max(fromY, 0), height - 1) * width + Math.min(Math.max(fromX, 0), width - 1)) * 3;
      pixels.set(frame.rgb.subarray(at, at + 3), (row * chipSize + column) * 3);
    }
  }
  return { size: chipSize, pixels };
}

export const faceAt = (frame: Picture, x: number, y: number, unit: number) => ({
  landmarks: landmarksAt(x, y, unit),
  chip: chipAt(frame, x, y, unit),
});

/** Dark eyes and mouth on a bright oval with soft shading: enough of a face to be measured. */
export const drawnFace =
  (
    x: number,
    y: number,
    unit: number,
    around: (x: number, y: number) => number,
  ): ((px: number, py: number) => number) =>
  (px, py) => {
    const [across, down] = [(px - x) / unit, (py - y) / unit];
    const oval = (across / 1.15) ** 2 + ((down - 0.35) / 1.6) ** 2;
    if (oval > 1) return around(px, py);
    const eye = Math.min(
      (Math.abs(across) - 0.5) ** 2 + (down * 2) ** 2,
      (across * 0.8) ** 2 + ((down - 1.2) * 3) ** 2,
    );
    return 170 - 40 * oval + 12 * across - 90 * Math.exp(-eye / 0.03);
  };

/** A wall with patches and lines to follow. */
export const patternedWall = (px: number, py: number): number =>
  110 +
  35 * Math.sin(px / 9) * Math.cos(py / 13) +
  25 * Math.sin((px + 2 * py) / 31) +
  (px % 97 < 6 ? -50 : 0);
