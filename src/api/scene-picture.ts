import sharp from "sharp";
import { Problem } from "./problem.ts";

/** What a simulated camera can show: at most its own 720 lines. */
const size = { width: 1280, height: 720 } as const;
const pixelLimit = 40_000_000;

/** Any picture as the JPEG a simulated camera looks at; refuses one that does not decode. */
export async function sceneJpeg(picture: Buffer): Promise<Uint8Array> {
  try {
    return await sharp(picture, { limitInputPixels: pixelLimit })
      .rotate()
      .resize({ ...size, fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 92 })
      .toBuffer();
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : "unreadable";
    throw new Problem(422, "picture-refused", `The picture cannot be decoded: ${why}`, {
      reason: "notAPicture",
    });
  }
}
