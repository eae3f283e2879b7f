import { spectrumColumns, spectrumSide } from "./power-spectrum.ts";

export interface SpectrumPeak {
  /** How far the highest frequency stands out of those around it, in decibels. */
  readonly prominence: number;
  /** Cycles per pixel across, 0 to 0.5, and down, −0.5 to 0.5. */
  readonly across: number;
  readonly down: number;
}

const side = spectrumSide;
/** Neighbours compared with: from 2 to 6 steps away, along a row, along a column and all around. */
const near = 2;
const far = 6;

/**
 * The frequency that stands out most. What the picture itself has at high frequencies falls off smoothly, or lies in
 * ridges (an edge has all frequencies across it); a raster is one point, high above its row, its column and its
 * surroundings alike. Video compression repeats every 8 pixels: those frequencies do not count.
 * @param lowest frequencies below it are the face itself, in steps of 1/64 cycle per pixel
 */
export function highestPeak(power: Float64Array, lowest: number): SpectrumPeak {
  const decibels = Float64Array.from(power, (value) => 10 * Math.log10(value + 1e-3));
  let best: SpectrumPeak = { prominence: 0, across: 0, down: 0 };
  for (let row = 0; row < side; row += 1) {
    const down = row < side / 2 ? row : row - side;
    for (let across = 0; across < spectrumColumns; across += 1) {
      if (across * across + down * down < lowest * lowest || isOfCompression(across, down)) continue;
      if (!isLocalMaximum(decibels, row, across)) continue;
      const here = decibels[row * spectrumColumns + across] ?? 0;
      // The cheapest first: nearly all are out before everything around them is summed.
      const beside = Math.max(alongRow(decibels, row, across), alongColumn(decibels, row, across));
      if (here - beside <= best.prominence) continue;
      const prominence = here - Math.max(beside, around(decibels, row, across));
      if (prominence > best.prominence) best = { prominence, across: across / side, down: down / side };
    }
  }
  return best;
}

const isOfCompression = (across: number, down: number): boolean =>
  (across % 8 <= 1 || across % 8 === 7) && (Math.abs(down) % 8 <= 1 || Math.abs(down) % 8 === 7);

function isLocalMaximum(decibels: Float64Array, row: number, across: number): boolean {
  const here = decibels[row * spectrumColumns + across] ?? 0;
  return (
    here >= valueAt(decibels, row, across - 1) &&
    here >= valueAt(decibels, row, across + 1) &&
    here >= valueAt(decibels, row - 1, across) &&
    here >= valueAt(decibels, row + 1, across)
  );
}

function alongRow(decibels: Float64Array, row: number, across: number): number {
  let sum = 0;
  for (let step = near; step <= far; step += 1)
    sum += valueAt(decibels, row, across - step) + valueAt(decibels, row, across + step);
  return sum / (2 * (far - near + 1));
}

function alongColumn(decibels: Float64Array, row: number, across: number): number {
  let sum = 0;
  for (let step = near; step <= far; step += 1)
    sum += valueAt(decibels, row - step, across) + valueAt(decibels, row + step, across);
  return sum / (2 * (far - near + 1));
}

function around(decibels: Float64Array, row: number, across: number): number {
  let sum = 0;
  let count = 0;
  for (let downwards = -far; downwards <= far; downwards += 1) {
    for (let sideways = -far; sideways <= far; sideways += 1) {
      if (Math.abs(downwards) < near && Math.abs(sideways) < near) continue;
      sum += valueAt(decibels, row + downwards, across + sideways);
      count += 1;
    }
  }
  return sum / count;
}

/** The spectrum of a real picture goes on mirrored beyond its left and right borders, and wraps around down. */
function valueAt(decibels: Float64Array, row: number, across: number): number {
  const mirrored = across < 0 || across > side / 2;
  const column = across < 0 ? -across : across > side / 2 ? side - across : across;
  const line = ((mirrored ? -row : row) + 2 * side) % side;
  return decibels[line * spectrumColumns + column] ?? 0;
}
