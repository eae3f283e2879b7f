import { createHash } from "node:crypto";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { decodePicture, mostPictureBytes } from "../drivers/picture-sharp/decode.ts";
import { PictureError } from "../drivers/picture-sharp/picture-error.ts";
import type {
  DescribedFace,
  DetectedFace,
  Effort,
  FaceEngine,
  FaceQuality,
  FaceTimings,
  Picture,
} from "../ports/face-engine.ts";

/** Wrong usage or bad input: one line for stderr, exit 2. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** Reads and decodes a picture file; any fault names the file. */
export async function readPicture(path: string): Promise<Picture> {
  try {
    return await decodePicture(await readBytes(path));
  } catch (cause) {
    if (cause instanceof PictureError) throw new InputError(`${path}: ${cause.message}`, { cause });
    throw cause;
  }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > mostPictureBytes) {
      throw new PictureError("tooLarge", `the file has ${size} bytes, more than ${mostPictureBytes}`);
    }
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof PictureError) throw cause;
    throw new InputError(`${path}: ${whyUnreadable(cause)}`, { cause });
  }
}

const readFaults: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "the file may not be read",
  EISDIR: "this is a folder; a picture is needed",
};

export function whyUnreadable(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const known = "code" in cause ? readFaults[String(cause.code)] : undefined;
  return known ?? cause.message;
}

/** The main face of one picture, ready to be compared. */
export interface PictureFace {
  readonly descriptor: Float32Array;
  readonly quality: FaceQuality;
  readonly ms: FaceTimings;
}

/** Undefined where no face is found or the main one cannot be described. */
export async function describeMain(
  engine: FaceEngine,
  picture: Picture,
  effort: Effort,
): Promise<(DescribedFace & { ms: FaceTimings }) | undefined> {
  const main = mainFace(picture, await engine.detect(picture, effort));
  const face = main && (await engine.describe(picture, main));
  return face && { ...face, ms: engine.timings() };
}

/**
 * Whom a picture is of where it shows several: large, and near the middle. A face half as far from the middle as the
 * corners are has to be four times as large as one in the middle.
 */
export function mainFace(
  { width, height }: Pick<Picture, "width" | "height">,
  faces: readonly DetectedFace[],
): DetectedFace | undefined {
  const weight = ({ box }: DetectedFace): number => {
    const [x, y] = [box.x + box.width / 2 - width / 2, box.y + box.height / 2 - height / 2];
    const off = Math.min(1, Math.hypot(x, y) / Math.hypot(width / 2, height / 2));
    return box.width * box.height * (1 - off) ** 2;
  };
  return faces.toSorted((one, other) => weight(other) - weight(one))[0];
}

const figures = z.record(z.string(), z.number());
const stored = z.union([z.null(), z.object({ descriptor: z.base64(), quality: figures, ms: figures })]);

/** Remembers what the engine made of each file, so that a benchmark can be stopped and taken up again. */
export class DescriptorCache {
  readonly #folder: string;
  readonly #dimensions: number;

  private constructor(folder: string, dimensions: number) {
    this.#folder = folder;
    this.#dimensions = dimensions;
  }

  static async open(folder: string, engine: FaceEngine, effort: Effort): Promise<DescriptorCache> {
    const version = createHash("sha256").update(
      `${engine.model.id} ${engine.model.hash} ${engine.backend} ${effort}`,
    );
    const own = join(folder, version.digest("hex").slice(0, 16));
    // Descriptors are personal data: nobody else on the machine may read them.
    await mkdir(own, { recursive: true, mode: 0o700 });
    return new DescriptorCache(own, engine.model.dimensions);
  }

  /** Describes a file, or answers with what was remembered for the same bytes. */
  async describe(
    path: string,
    describe: (picture: Picture) => Promise<PictureFace | undefined>,
  ): Promise<PictureFace | undefined> {
    const bytes = await readBytes(path);
    const entry = join(this.#folder, createHash("sha256").update(bytes).digest("hex"));
    const known = await this.#read(entry);
    if (known !== undefined) return known.face;
    const face = await describe(await readPicture(path));
    const text = face
      ? {
          descriptor: Buffer.from(face.descriptor.buffer).toString("base64"),
          quality: face.quality,
          ms: face.ms,
        }
      : null;
    await writeFile(`${entry}.new`, JSON.stringify(text), { mode: 0o600 });
    await rename(`${entry}.new`, entry);
    return face;
  }

  async #read(entry: string): Promise<{ face: PictureFace | undefined } | undefined> {
    let parsed: z.infer<typeof stored>;
    try {
      parsed = stored.parse(JSON.parse(await readFile(entry, "utf8")));
    } catch {
      return undefined; // absent or damaged: described anew
    }
    if (parsed === null) return { face: undefined };
    const bytes = Buffer.from(parsed.descriptor, "base64");
    if (bytes.length !== this.#dimensions * 4) return undefined;
    const descriptor = new Float32Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    );
    // Written by this class from the same types; only the numbers' presence can have been lost, and they are shown, not decided on.
    return {
      face: {
        descriptor,
        quality: parsed.quality as unknown as FaceQuality,
        ms: parsed.ms as unknown as FaceTimings,
      },
    };
  }
}
