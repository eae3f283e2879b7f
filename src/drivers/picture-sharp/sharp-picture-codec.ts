import sharp from "sharp";
import type { Picture } from "../../ports/face-engine.ts";
import type { PictureCodec } from "../../ports/picture-codec.ts";
import { decodePicture } from "./decode.ts";

/** Good enough for a face to be looked at, and compared again should the model change. */
const jpegQuality = 88;

export const sharpPictureCodec: PictureCodec = {
  decode: decodePicture,
  async encodeJpeg({ width, height, rgb }: Picture, longestSide: number): Promise<Uint8Array> {
    return sharp(rgb, { raw: { width, height, channels: 3 } })
      .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: jpegQuality })
      .toBuffer();
  },
};
