import type { PixelMeasures } from "../../domain/biometric/liveness/track.ts";
import { spreadOf } from "../../domain/biometric/spread.ts";
import type { DescribedFace, Picture } from "../../ports/face-engine.ts";

type Chip = DescribedFace["chip"];

/** The part of the chip that is skin in nearly every face: below the eyes, above the mouth, without the ears. */
const skin = { left: 0.3, right: 0.7, top: 0.42, bottom: 0.62 } as const;
/** Of the picture every eighth pixel of every eighth row is enough for its mean colour. */
const step = 8;
const bright = 245;

/**
 * Colours and highlights of the face:
 * - `skinRed`, `skinBlue`: their shares of red + green + blue in the face's middle; 1/3 each is grey.
 * - `sceneRed`, `sceneBlue`: the same of the whole picture: the light, and the camera's white balance.
 * - `chromaSpread`: standard deviation of the red and blue shares within the skin.
 * - `chroma`: mean distance of the picture's colours from grey, 0 to 255; next to nothing for a grey camera.
 * - `highlights`: share of the chip's middle that is blown out.
 * - `darkest`: the 2nd percentile of the chip's luma as a share of its mean: pupils and nostrils are dark, printing
 *   ink and a screen's black under the room's light are less so.
 */
export function colourMeasures(frame: Picture, chip: Chip): PixelMeasures {
  return { ...skinColour(chip), ...sceneColour(frame), ...tones(chip) };
}

function skinColour({ size, pixels }: Chip): PixelMeasures {
  const reds: number[] = [];
  const blues: number[] = [];
  for (let row = Math.round(skin.top * size); row < skin.bottom * size; row += 1) {
    for (let column = Math.round(skin.left * size); column < skin.right * size; column += 1) {
      const at = (row * size + column) * 3;
      const [red, green, blue] = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
      const sum = red + green + blue + 1;
      reds.push(red / sum);
      blues.push(blue / sum);
    }
  }
  const [red, blue] = [spreadOf(reds), spreadOf(blues)];
  return {
    skinRed: red.mean,
    skinBlue: blue.mean,
    chromaSpread: Math.hypot(red.deviation, blue.deviation),
  };
}

function sceneColour({ width, height, rgb }: Picture): PixelMeasures {
  const sums = { red: 0, green: 0, blue: 0, chroma: 0, count: 0 };
  for (let row = 0; row < height; row += step) {
    for (let column = 0; column < width; column += step) {
      const at = (row * width + column) * 3;
      const [red, green, blue] = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
      sums.red += red;
      sums.green += green;
      sums.blue += blue;
      sums.chroma += Math.max(red, green, blue) - Math.min(red, green, blue);
      sums.count += 1;
    }
  }
  const all = sums.red + sums.green + sums.blue + 1;
  return {
    sceneRed: sums.red / all,
    sceneBlue: sums.blue / all,
    chroma: sums.chroma / Math.max(1, sums.count),
  };
}

function tones({ size, pixels }: Chip): PixelMeasures {
  const counts = new Uint32Array(256);
  const margin = size >> 3;
  let sum = 0;
  let count = 0;
  for (let row = margin; row < size - margin; row += 1) {
    for (let column = margin; column < size - margin; column += 1) {
      const at = (row * size + column) * 3;
      const luma = 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
      const level = Math.min(255, Math.max(0, Math.round(luma)));
      counts[level] = (counts[level] ?? 0) + 1;
      sum += luma;
      count += 1;
    }
  }
  let blown = 0;
  for (let level = bright; level < 256; level += 1) blown += counts[level] ?? 0;
  let below = 0;
  let darkest = 0;
  while (darkest < 255 && below + (counts[darkest] ?? 0) < 0.02 * count) {
    below += counts[darkest] ?? 0;
    darkest += 1;
  }
  return { highlights: blown / Math.max(1, count), darkest: darkest / Math.max(1, sum / Math.max(1, count)) };
}
