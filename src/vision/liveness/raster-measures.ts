import type { PixelMeasures } from "../../domain/biometric/liveness/track.ts";
import { chipSide, type Look } from "./look.ts";
import { addPowerSpectrum, spectrumColumns, spectrumSide } from "./power-spectrum.ts";
import { highestPeak } from "./spectrum-peak.ts";

/** Bounds the work for a face that fills the picture. */
const mostBlocksAcross = 3;
/** A face's own lines are lower frequencies than this, in 1/64 cycle per pixel. */
const lowestInFrame = 8;
/** Differences of two chips hold no face any more, so a coarser raster shows, too. */
const lowestInDrift = 4;
/** Rows of the chip's middle whose light is compared: brows to chin. */
const bandRows = { first: 16, last: 112 } as const;

/**
 * What the raster of a screen, or of a print, leaves in the picture:
 * - `raster`: the face's spectrum peak over its surroundings, in decibels; `rasterAcross` and `rasterDown` its frequency;
 *   `rasterBlocks` how many blocks it was looked for in: with few, chance stands out more.
 * - `drift`: the same for what changed since the look before with the head's movement taken out: moiré
 *   wanders over the face, the face's own lines do not.
 * - `rowBeat`, `columnBeat`: how unevenly the light changed from row to row and from column to column since
 *   the look before, as a share: a screen's refresh beats against the sensor's rows, and only those.
 */
export function rasterMeasures(look: Look, previous: Look | undefined): PixelMeasures {
  const { prominence, across, down, blocks } = facePeak(look);
  const still = { raster: prominence, rasterBlocks: blocks, rasterAcross: across, rasterDown: down };
  if (previous === undefined) return still;
  return { ...still, drift: driftPeak(look, previous), ...beats(look, previous) };
}

function facePeak({ luma, width, height, landmarks }: Look) {
  const power = new Float64Array(spectrumSide * spectrumColumns);
  if (width < spectrumSide || height < spectrumSide)
    return { ...highestPeak(power, lowestInFrame), blocks: 1 };
  const columns = blockStarts(
    landmarks.map(({ x }) => x),
    width,
  );
  const rows = blockStarts(
    landmarks.map(({ y }) => y),
    height,
  );
  const read = (x: number, y: number): number => luma[y * width + x] ?? 0;
  for (const y of rows) for (const x of columns) addPowerSpectrum(read, x, y, power);
  return { ...highestPeak(power, lowestInFrame), blocks: rows.length * columns.length };
}

/** Where blocks begin that cover the landmarks' extent evenly, all within the picture. */
function blockStarts(positions: readonly number[], size: number): readonly number[] {
  const first = Math.min(...positions);
  const extent = Math.max(...positions) - first;
  const count = Math.min(mostBlocksAcross, Math.max(1, Math.floor(extent / (spectrumSide * 0.75))));
  return Array.from({ length: count }, (_, index) => {
    const middle = first + (extent * (index + 0.5)) / count;
    return Math.round(Math.min(Math.max(middle - spectrumSide / 2, 0), size - spectrumSide));
  });
}

function driftPeak(look: Look, previous: Look): number {
  const change = changeOf(look, previous);
  const read = (x: number, y: number): number => change[y * chipSide + x] ?? 0;
  const power = new Float64Array(spectrumSide * spectrumColumns);
  for (const y of [0, spectrumSide]) for (const x of [0, spectrumSide]) addPowerSpectrum(read, x, y, power);
  return highestPeak(power, lowestInDrift).prominence;
}

function changeOf(look: Look, previous: Look): Float32Array {
  const change = new Float32Array(chipSide * chipSide);
  for (let at = 0; at < change.length; at += 1)
    change[at] = (look.chip.values[at] ?? 0) - (previous.chip.values[at] ?? 0);
  return change;
}

function beats(look: Look, previous: Look): PixelMeasures {
  const now = profiles(look);
  const before = profiles(previous);
  return { rowBeat: beat(now.rows, before.rows), columnBeat: beat(now.columns, before.columns) };
}

/** Mean luma of each row and each column of the chip's middle. */
function profiles({ chip }: Look): { rows: Float64Array; columns: Float64Array } {
  const { first, last } = bandRows;
  const rows = new Float64Array(last - first);
  const columns = new Float64Array(last - first);
  for (let row = first; row < last; row += 1) {
    for (let column = first; column < last; column += 1) {
      const value = (chip.values[row * chip.width + column] ?? 0) / (last - first);
      rows[row - first] = (rows[row - first] ?? 0) + value;
      columns[column - first] = (columns[column - first] ?? 0) + value;
    }
  }
  return { rows, columns };
}

/** Standard deviation of the change along the profile, a plain slope taken off: that is how light falls. */
function beat(now: Float64Array, before: Float64Array): number {
  const ratios = now.map((value, index) => Math.log((value + 4) / ((before[index] ?? 0) + 4)));
  const middle = (ratios.length - 1) / 2;
  let mean = 0;
  let slope = 0;
  let leverage = 0;
  for (const [index, ratio] of ratios.entries()) {
    mean += ratio / ratios.length;
    slope += ratio * (index - middle);
    leverage += (index - middle) ** 2;
  }
  slope /= leverage;
  let squares = 0;
  for (const [index, ratio] of ratios.entries()) squares += (ratio - mean - slope * (index - middle)) ** 2;
  return Math.sqrt(squares / ratios.length);
}
