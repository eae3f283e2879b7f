import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Picture } from "../ports/face-engine.ts";
import { InputError, readPicture, whyUnreadable } from "./face-pictures.ts";

/** Bounds one run. */
const mostAttempts = 10_000;
const mostFrames = 600;
const fewestFrames = 2;

/** One presentation before a camera: its frames, in order. */
export interface Attempt {
  readonly name: string;
  readonly files: readonly string[];
}

const isPicture = (name: string): boolean => /\.(?:jpe?g|png|pgm)$/i.test(name);

/** Frame 10 comes after frame 9 whether or not the numbers have leading zeros. */
const inOrder = new Intl.Collator("en", { numeric: true }).compare;

/** Every folder in `folder`, or `folder` itself where its pictures lie in it directly. */
export async function readAttempts(folder: string): Promise<readonly Attempt[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new InputError(`${folder}: ${whyUnreadable(cause)}`, { cause });
  });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (folders.length > mostAttempts)
    throw new InputError(`${folder}: ${folders.length} folders, more than ${mostAttempts}`);
  if (folders.length > 0) {
    return Promise.all(folders.toSorted(inOrder).map((name) => attemptIn(join(folder, name), name)));
  }
  const attempt = await attemptIn(folder, ".");
  if (attempt.files.length === 0)
    throw new InputError(`${folder}: neither folders of frames nor frames (JPEG, PNG or PGM)`);
  return [attempt];
}

async function attemptIn(folder: string, name: string): Promise<Attempt> {
  const files = (await readdir(folder)).filter(isPicture).toSorted(inOrder);
  return { name, files: files.map((file) => join(folder, file)) };
}

/** Why an attempt's frames cannot be judged at all; undefined where they can. */
export function frameFault({ files }: Attempt): string | undefined {
  if (files.length === 0) return "no frames (JPEG, PNG or PGM)";
  if (files.length < fewestFrames) return "one frame only: a picture and a person look alike in it";
  if (files.length > mostFrames) return `${files.length} frames, more than ${mostFrames}`;
  return undefined;
}

/** One after the other: a recording need not fit in memory. Throws `InputError` with the file's name. */
export async function* framesOf({ files }: Attempt): AsyncGenerator<Picture> {
  for (const file of files) yield await readPicture(file);
}
