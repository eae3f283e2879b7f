import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InputError } from "./face-pictures.ts";

/** Bounds one run: 6,000 pictures are 18 million comparisons. */
const mostPictures = 6_000;
const mostPairs = 1_000_000;
const mostListBytes = 64 * 1024 * 1024;

export interface BenchInput {
  readonly files: readonly string[];
  /** The person in each file, in the same order; undefined where the pairs say who is who. */
  readonly people?: readonly string[];
  /** Which files to compare; undefined: all with all. */
  readonly pairs?: readonly Pair[];
}

export interface Pair {
  readonly one: number;
  readonly other: number;
  readonly genuine: boolean;
}

export async function readBenchInput(path: string): Promise<BenchInput> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new InputError(`${path}: no such file or folder`, { cause });
  });
  if (info.isDirectory()) return readFolder(path);
  if (info.size > mostListBytes)
    throw new InputError(`${path}: ${info.size} bytes, more than ${mostListBytes}`);
  return readPairs(path, await readFile(path, "utf8"));
}

const pictureName = /^(?<person>.+)_\d{1,6}\.(?:jpe?g|png|pgm)$/i;

async function readFolder(folder: string): Promise<BenchInput> {
  const files: string[] = [];
  const people: string[] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    const person = pictureName.exec(name)?.groups?.["person"];
    if (person === undefined) continue;
    files.push(join(folder, name));
    people.push(person);
  }
  if (files.length < 2) {
    throw new InputError(
      `${folder}: ${files.length} pictures named PERSON_0001.jpg, .png or .pgm; at least 2 are needed`,
    );
  }
  if (files.length > mostPictures)
    throw new InputError(`${folder}: ${files.length} pictures, more than ${mostPictures}`);
  return { files, people };
}

function readPairs(path: string, text: string): BenchInput {
  const rows = text
    .split(/\r?\n/)
    .map((row) => row.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1")));
  const header = rows[0] ?? [];
  const columns = ["file_x", "file_y", "Decision"].map((name) => header.indexOf(name));
  const [x = -1, y = -1, decision = -1] = columns;
  if (columns.includes(-1))
    throw new InputError(`${path}:1: the columns file_x, file_y and Decision are needed`);
  const files = new Map<string, number>();
  const indexOf = (name: string): number => {
    const file = resolve(dirname(path), name);
    const known = files.get(file) ?? files.size;
    files.set(file, known);
    return known;
  };
  const pairs: Pair[] = [];
  for (const [row, cells] of rows.entries()) {
    if (row === 0 || cells.every((cell) => cell === "")) continue;
    const [one, other, verdict] = [cells[x], cells[y], cells[decision]?.toLowerCase()];
    if (!one || !other) throw new InputError(`${path}:${row + 1}: a file name is missing`);
    if (verdict !== "yes" && verdict !== "no")
      throw new InputError(`${path}:${row + 1}: Decision must be Yes or No`);
    pairs.push({ one: indexOf(one), other: indexOf(other), genuine: verdict === "yes" });
    if (pairs.length > mostPairs) throw new InputError(`${path}: more than ${mostPairs} pairs`);
  }
  if (pairs.length === 0) throw new InputError(`${path}: no pairs`);
  if (files.size > mostPictures)
    throw new InputError(`${path}: ${files.size} pictures, more than ${mostPictures}`);
  return { files: [...files.keys()], pairs };
}
