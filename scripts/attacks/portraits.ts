import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import type { Box, FaceEngine, Picture } from "../../src/ports/face-engine.ts";
import { type Canvas, fromPicture } from "./canvas.ts";
import type { Portrait } from "./living-head.ts";

/** Room kept around a face that is one of several in a large picture, in widths of its box. */
const roomAround = 1.1;
/** Smaller faces are too coarse to be shown again. */
const smallestUnit = 24;

/** Every usable face of a picture, each with its surroundings; the file's name before `_0001` is the person's. */
export async function portraitsIn(file: string, engine: FaceEngine): Promise<readonly Portrait[]> {
  const picture = await decodePicture(await readFile(file));
  const name = basename(file).replace(/(?:_\d+)?\.\w+$/, "");
  const faces = await engine.detect(picture, "thorough");
  const found: Portrait[] = [];
  for (const [index, face] of faces.entries()) {
    const described = await engine.describe(picture, face);
    if (described === undefined || described.quality.eyeDistance < smallestUnit * 0.8) continue;
    if (Math.abs(described.quality.yaw) > 25 || face.confidence < 0.5) continue;
    const person = faces.length > 1 ? `${name}.${index + 1}` : name;
    const { canvas, left, top } = faces.length > 1 ? cutAround(picture, face.box) : whole(picture);
    const landmarks = described.landmarks.map(({ x, y }) => ({ x: x - left, y: y - top }));
    found.push({ person, canvas, landmarks });
  }
  return found;
}

const whole = (picture: Picture) => ({ canvas: fromPicture(picture), left: 0, top: 0 });

function cutAround(picture: Picture, box: Box): { canvas: Canvas; left: number; top: number } {
  const room = roomAround * box.width;
  const left = Math.max(0, Math.round(box.x - room));
  const top = Math.max(0, Math.round(box.y - room));
  const width = Math.min(picture.width, Math.round(box.x + box.width + room)) - left;
  const height = Math.min(picture.height, Math.round(box.y + box.height + room)) - top;
  const rgb = new Float32Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    const from = ((row + top) * picture.width + left) * 3;
    rgb.set(picture.rgb.subarray(from, from + width * 3), row * width * 3);
  }
  return { canvas: { width, height, rgb }, left, top };
}

/** People of a folder of `PERSON_0001.ext`, with up to `most` pictures each. */
export async function filesByPerson(
  folder: string,
  most: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const people = new Map<string, string[]>();
  for (const name of (await readdir(folder)).toSorted()) {
    const person = /^(.+)_\d+\.(?:jpe?g|png|pgm)$/i.exec(name)?.[1];
    if (person === undefined) continue;
    const files = people.get(person) ?? [];
    if (files.length < most) files.push(join(folder, name));
    people.set(person, files);
  }
  return people;
}
