import { stat } from "node:fs/promises";
import { join } from "node:path";
import { packagedModels } from "../../src/drivers/face-nets/model-manifest.ts";
import type { FaceEngine } from "../../src/ports/face-engine.ts";
import type { Portrait } from "./living-head.ts";
import { filesByPerson, portraitsIn } from "./portraits.ts";
import type { Kind } from "./species.ts";

/** Pictures of one person, and the set they come from. */
export interface Person {
  readonly set: string;
  readonly name: string;
  readonly files: readonly string[];
}

/** Pictures of one person that are used; more change nothing. */
const mostPictures = 6;
const packagedPictures = [
  "sample1.jpg",
  "sample2.jpg",
  "sample3.jpg",
  "sample4.jpg",
  "sample5.jpg",
  "sample6.jpg",
];

/** The people of every folder of `PERSON_0001.ext` under `folder`, and the package's own pictures. */
export async function findPeople(
  folder: string | undefined,
  sets: readonly string[],
): Promise<readonly Person[]> {
  const people: Person[] = packagedPictures.map((name) => ({
    set: "package",
    name,
    files: [join(packagedModels(), "..", "demo", name)],
  }));
  if (folder === undefined) return people;
  for (const set of sets) {
    if (!(await stat(join(folder, set)).catch(() => undefined))?.isDirectory()) continue;
    for (const [name, files] of await filesByPerson(join(folder, set), mostPictures))
      people.push({ set, name, files });
  }
  return people;
}

/** Deals people to sequences: sets in turn, so that a large one does not crowd out the others. */
export class Casting {
  readonly #people: readonly Person[];
  readonly #engine: FaceEngine;
  readonly #portraits = new Map<string, readonly Portrait[]>();

  constructor(people: readonly Person[], engine: FaceEngine) {
    this.#people = people;
    this.#engine = engine;
  }

  /** Whether there is anybody with enough pictures: the package's people have one each. */
  canShow(kind: Kind): boolean {
    return this.#fitFor(kind).length > 0;
  }

  #fitFor(kind: Kind): readonly Person[] {
    return this.#people.filter(({ files }) => kind !== "moving" || files.length >= 3);
  }

  /** Somebody for the sequence with this number, with portraits; `moving` needs somebody with several. */
  async personFor(kind: Kind, index: number): Promise<{ person: string; portraits: readonly Portrait[] }> {
    const fit = this.#fitFor(kind);
    const sets = [...new Set(fit.map(({ set }) => set))];
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const set = sets[(index + attempt) % sets.length];
      const inSet = fit.filter((person) => person.set === set);
      const person = inSet[(Math.floor(index / sets.length) * 7 + attempt) % inSet.length];
      if (person === undefined) continue;
      const portraits = await this.#portraitsOf(person);
      const faces = [...new Set(portraits.map((portrait) => portrait.person))];
      const name = faces[index % Math.max(1, faces.length)];
      const own = portraits.filter((portrait) => portrait.person === name);
      if (own.length >= (kind === "moving" ? 3 : 1))
        return { person: `${person.set}/${name}`, portraits: own };
    }
    throw new Error(`no usable pictures for ${kind}`);
  }

  async #portraitsOf(person: Person): Promise<readonly Portrait[]> {
    const key = `${person.set}/${person.name}`;
    const known = this.#portraits.get(key);
    if (known !== undefined) return known;
    const portraits: Portrait[] = [];
    for (const file of person.files) portraits.push(...(await portraitsIn(file, this.#engine)));
    // Enough for a study in which the same people come again and again, and bounded.
    if (this.#portraits.size > 60) this.#portraits.clear();
    this.#portraits.set(key, portraits);
    return portraits;
  }
}
