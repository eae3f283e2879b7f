import sharp from "sharp";
import { scenePictureSize } from "../ports/building-link.ts";
import { Problem } from "./problem.ts";

const pixelLimit = 40_000_000;
/** Of the wall beside a picture that is not as wide as the camera's. */
const wall = "#969696";

/** Any picture, whole, as the JPEG a simulated camera looks at; refuses one that does not decode. */
export async function sceneJpeg(picture: Buffer): Promise<Uint8Array> {
  try {
    return await sharp(picture, { limitInputPixels: pixelLimit })
      .rotate()
      .flatten({ background: wall })
      .resize({ ...scenePictureSize, fit: "contain", background: wall })
      .jpeg({ quality: 92 })
      .toBuffer();
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : "unreadable";
    throw new Problem(422, "picture-refused", `The picture cannot be decoded: ${why}`, {
      reason: "notAPicture",
    });
  }
}
