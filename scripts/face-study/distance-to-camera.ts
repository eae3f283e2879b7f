import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { mainFace } from "../../src/cli/face-pictures.ts";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import type { DescribedFace, Effort, FaceEngine, Picture } from "../../src/ports/face-engine.ts";
import { type Described, dimensions, numbered } from "./comparing.ts";
import { picturesOf } from "./described.ts";

/** As many people as say something within minutes. */
const mostPeople = 100;

/** The pictures of people who have several, made smaller before anybody looks for a face. */
export interface Smaller {
  readonly scale: number;
  readonly pictures: number;
  readonly described: Described;
  /** Median distance between the eyes, pixels. */
  readonly eyes: number;
  /** Share of the pictures in which no face was found. */
  readonly notFound: number;
}

export async function describedSmaller(
  engine: FaceEngine,
  folder: string,
  scale: number,
  effort: Effort,
): Promise<Smaller> {
  const all = await picturesOf(folder);
  const several = [...Map.groupBy(all, ({ person }) => person).values()]
    .filter((own) => own.length > 1)
    .slice(0, mostPeople)
    .flat();
  const faces: { face: DescribedFace; person: string }[] = [];
  for (const { file, person } of several) {
    const picture = await shrunk(await decodePicture(await readFile(file)), scale);
    const main = mainFace(picture, await engine.detect(picture, effort));
    const face = main && (await engine.describe(picture, main));
    if (face !== undefined) faces.push({ face, person });
  }
  const values = new Float32Array(faces.length * dimensions);
  for (const [index, { face }] of faces.entries()) values.set(face.descriptor, index * dimensions);
  const eyes = faces.map(({ face }) => face.quality.eyeDistance).toSorted((one, other) => one - other);
  return {
    scale,
    pictures: several.length,
    described: { values, people: numbered(faces.map(({ person }) => person)) },
    eyes: eyes[Math.floor(eyes.length / 2)] ?? Number.NaN,
    notFound: 1 - faces.length / several.length,
  };
}

/** In a frame of the size it had, as somebody further away is: not a smaller frame, which detectors would enlarge. */
async function shrunk({ width, height, rgb }: Picture, scale: number): Promise<Picture> {
  if (scale === 1) return { width, height, rgb };
  const [inner, upper] = [Math.round(width * scale), Math.round(height * scale)];
  const { data, info } = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(inner, upper, { kernel: "lanczos3" })
    .extend({
      left: Math.floor((width - inner) / 2),
      right: Math.ceil((width - inner) / 2),
      top: Math.floor((height - upper) / 2),
      bottom: Math.ceil((height - upper) / 2),
      background: "#777777",
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}
