import type { Picture } from "../../ports/face-engine.ts";
import { PictureError } from "./picture-error.ts";

/** Binary grey pictures (netpbm's PGM, `P5`, 8 or 16 bits): what research collections of faces use. */
export const isPgm = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x35 && isSpace(bytes[2]);

export function decodePgm(bytes: Uint8Array, mostPixels: number): Picture {
  const header = readHeader(bytes);
  const { width, height, brightest, start } = header;
  if (width < 1 || height < 1 || brightest < 1 || brightest > 65_535) {
    throw new PictureError("damaged", `a PGM header of ${width}×${height}, maximum ${brightest}`);
  }
  if (width * height > mostPixels) {
    throw new PictureError("tooLarge", `${width}×${height} pixels, more than ${mostPixels / 1e6} megapixels`);
  }
  const step = brightest > 255 ? 2 : 1;
  const needed = width * height * step;
  if (bytes.length - start < needed) {
    throw new PictureError("damaged", `the picture is cut off: ${bytes.length - start} of ${needed} bytes`);
  }
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const at = start + pixel * step;
    const high = bytes[at] ?? 0;
    const value = step === 2 ? high * 256 + (bytes[at + 1] ?? 0) : high;
    rgb.fill(Math.min(255, Math.round((value * 255) / brightest)), pixel * 3, pixel * 3 + 3);
  }
  return { width, height, rgb };
}

/** Width, height and maximum, separated by white space and `#` comments; one white space, then the pixels. */
function readHeader(bytes: Uint8Array): { width: number; height: number; brightest: number; start: number } {
  const numbers: number[] = [];
  let at = 2;
  while (numbers.length < 3) {
    while (isSpace(bytes[at])) at += 1;
    if (bytes[at] === 0x23) {
      while (at < bytes.length && bytes[at] !== 0x0a) at += 1;
      continue;
    }
    const first = at;
    while (isDigit(bytes[at]) && at - first < 9) at += 1;
    if (at === first) throw new PictureError("damaged", "the PGM header is not three numbers");
    numbers.push(Number(String.fromCharCode(...bytes.subarray(first, at))));
  }
  const [width = 0, height = 0, brightest = 0] = numbers;
  return { width, height, brightest, start: at + 1 };
}

const isSpace = (value: number | undefined): boolean =>
  value === 0x20 || value === 0x0a || value === 0x0d || value === 0x09;
const isDigit = (value: number | undefined): boolean => value !== undefined && value >= 0x30 && value <= 0x39;
