import sharp from "sharp";
import type { Picture } from "../../ports/face-engine.ts";
import { decodePgm, isPgm } from "./pgm.ts";
import { PictureError } from "./picture-error.ts";

/** Bounds on what is taken in; a portrait from a modern telephone has 12 to 48 megapixels. */
const mostPicturePixels = 50_000_000;
export const mostPictureBytes = 32 * 1024 * 1024;
/**
 * Made smaller by the decoder where it is larger: what looks for faces reads every pixel in the loop that the doors wait
 * on, half a second of it for 49 megapixels; and no template needs more.
 */
const longestSide = 3_000;
/** A few hundredths of a second is usual; made to last, such as by endless scans, it is given up. */
const mostDecodingSeconds = 10;

// One picture at a time and nothing kept: this runs beside processes that must not wait for memory.
sharp.cache(false);
sharp.concurrency(1);

type PictureType = "JPEG" | "PNG" | "PGM";

/** Turns a JPEG, PNG or PGM file into RGB, upright as its EXIF data says; throws `PictureError` saying why not. */
export async function decodePicture(bytes: Uint8Array, mostPixels = mostPicturePixels): Promise<Picture> {
  if (bytes.length === 0) throw new PictureError("empty", "the file is empty");
  if (bytes.length > mostPictureBytes) {
    throw new PictureError("tooLarge", `the file has ${bytes.length} bytes, more than ${mostPictureBytes}`);
  }
  const most = Math.min(mostPixels, mostPicturePixels);
  return typeOf(bytes) === "PGM" ? decodePgm(bytes, most) : decodeCompressed(bytes, most);
}

function typeOf(bytes: Uint8Array): PictureType {
  const starts = (...magic: number[]): boolean => magic.every((value, index) => bytes[index] === value);
  if (starts(0xff, 0xd8, 0xff)) return "JPEG";
  if (starts(0x89, 0x50, 0x4e, 0x47)) {
    if (isAnimatedPng(bytes))
      throw new PictureError("animated", "an animated PNG; a single picture is needed");
    return "PNG";
  }
  if (isPgm(bytes)) return "PGM";
  if (starts(0x47, 0x49, 0x46, 0x38))
    throw new PictureError("wrongType", "a GIF; JPEG, PNG or PGM is needed");
  if (starts(0x52, 0x49, 0x46, 0x46))
    throw new PictureError("wrongType", "WebP or RIFF; JPEG, PNG or PGM is needed");
  throw new PictureError("wrongType", "not a picture of a known type; JPEG, PNG or PGM is needed");
}

/** The chunk `acTL` before the first `IDAT` makes a PNG an animation. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length; ) {
    const type = view.getUint32(at + 4);
    if (type === 0x6163544c) return true;
    if (type === 0x49444154) return false;
    at += 12 + view.getUint32(at);
  }
  return false;
}

async function decodeCompressed(bytes: Uint8Array, mostPixels: number): Promise<Picture> {
  let width: number;
  let height: number;
  try {
    ({ width, height } = await sharp(bytes, { limitInputPixels: false }).metadata());
  } catch (cause) {
    throw new PictureError("damaged", `the picture's header cannot be read: ${reasonOf(cause)}`, { cause });
  }
  if (width * height > mostPixels) {
    throw new PictureError("tooLarge", `${width}×${height} pixels, more than ${mostPixels / 1e6} megapixels`);
  }
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: mostPixels, failOn: "warning" })
      .timeout({ seconds: mostDecodingSeconds })
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#808080" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`${info.channels} channels after conversion`);
    return { width: info.width, height: info.height, rgb: data };
  } catch (cause) {
    throw new PictureError("damaged", `the picture is damaged or cut off: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.split("\n")[0] ?? text;
}
