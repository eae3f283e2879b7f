import type { PixelMeasures } from "../../domain/biometric/liveness/track.ts";
import type { Picture, Point } from "../../ports/face-engine.ts";
import { facePlace } from "./look.ts";

/** Every other pixel is read. */
const step = 2;
/** The face from brows to chin, in eye distances. */
const face = { across: 0.9, up: 0.5, down: 1.5 } as const;
/** Spots that are compared: an eye, and the cheek below it. */
const spot = 0.18;
const cheekBelow = 0.62;

/**
 * What an infrared camera beside the first one sees where that one has a face. The two look from the same side, so
 * places are taken over as shares of the picture's size; `offset` is what the installer measured between them.
 * - `infraredLight`, `infraredScene`: mean luma where the face is, and of everything else.
 * - `infraredContrast`: the face's standard deviation as a share of its mean.
 * - `infraredEyes`: how much darker the eyes are than the cheeks below, as a share of these.
 */
export function infraredMeasures(
  infrared: Picture,
  seen: { readonly width: number; readonly height: number; readonly landmarks: readonly Point[] },
  offset: Point = { x: 0, y: 0 },
): PixelMeasures {
  const [scaleX, scaleY] = [infrared.width / seen.width, infrared.height / seen.height];
  const points = seen.landmarks.map(({ x, y }) => ({ x: x * scaleX + offset.x, y: y * scaleY + offset.y }));
  const { x, y, unit } = facePlace(points);
  const inside = { sum: 0, squares: 0, count: 0 };
  const outside = { sum: 0, count: 0 };
  for (let row = 0; row < infrared.height; row += step) {
    for (let column = 0; column < infrared.width; column += step) {
      const value = lumaAt(infrared, column, row);
      const [across, down] = [(column - x) / unit, (row - y) / unit];
      if (Math.abs(across) <= face.across && down >= -face.up && down <= face.down) {
        inside.sum += value;
        inside.squares += value * value;
        inside.count += 1;
      } else {
        outside.sum += value;
        outside.count += 1;
      }
    }
  }
  if (inside.count === 0) return {};
  const light = inside.sum / inside.count;
  const deviation = Math.sqrt(Math.max(0, inside.squares / inside.count - light * light));
  return {
    infraredLight: light,
    infraredScene: outside.sum / Math.max(1, outside.count),
    infraredContrast: deviation / Math.max(1, light),
    infraredEyes: eyesAgainstCheeks(infrared, points, unit),
  };
}

function eyesAgainstCheeks(infrared: Picture, points: readonly Point[], unit: number): number {
  let eyes = 0;
  let cheeks = 0;
  for (const first of [36, 42]) {
    const corners = points.slice(first, first + 6);
    const x = corners.reduce((sum, point) => sum + point.x, 0) / Math.max(1, corners.length);
    const y = corners.reduce((sum, point) => sum + point.y, 0) / Math.max(1, corners.length);
    eyes += meanAround(infrared, x, y, spot * unit);
    cheeks += meanAround(infrared, x, y + cheekBelow * unit, spot * unit);
  }
  return (cheeks - eyes) / Math.max(1, cheeks);
}

function meanAround(picture: Picture, x: number, y: number, reach: number): number {
  let sum = 0;
  let count = 0;
  for (
    let row = Math.max(0, Math.round(y - reach));
    row <= Math.min(picture.height - 1, y + reach);
    row += 1
  ) {
    for (
      let column = Math.max(0, Math.round(x - reach));
      column <= Math.min(picture.width - 1, x + reach);
      column += 1
    ) {
      sum += lumaAt(picture, column, row);
      count += 1;
    }
  }
  return sum / Math.max(1, count);
}

function lumaAt({ width, rgb }: Picture, column: number, row: number): number {
  const at = (row * width + column) * 3;
  return 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
}
