import {
  type Directory,
  type DirectoryImport,
  DirectoryRefusal,
  type ImportedCardholder,
} from "../ports/directory.ts";
import { requireCardSizes, requireOwn, requireSizes } from "../ports/directory-checks.ts";

interface ImportInto {
  readonly directory: Pick<Directory, "get" | "findByNumber" | "findByOperator" | "findByCard">;
  readonly nextId: (kind: string) => string;
  readonly insert: (id: string, person: ImportedCardholder) => void;
}

/** Keeps people to itself until they are to be there. */
export function memoryImport({ directory, nextId, insert }: ImportInto): DirectoryImport {
  const kept = new Map<string, ImportedCardholder>();
  const numbers = (): ReadonlySet<string> =>
    new Set([...kept.values()].flatMap(({ cards }) => cards.map(({ number }) => number)));

  function requireFit(person: ImportedCardholder): void {
    requireSizes(person);
    requireOwn("", person, {
      get: (id) => (kept.has(id) ? { id } : directory.get(id)),
      findByNumber: (number) => directory.findByNumber(number),
      findByOperator: (username) => directory.findByOperator(username),
    });
    for (const { number } of person.cards) {
      requireCardSizes(number, undefined);
      if (directory.findByCard(number) !== undefined || numbers().has(number))
        throw new DirectoryRefusal("cardNumberTaken", `card ${number} is taken`);
    }
  }

  return {
    id: nextId("import"),
    add(people) {
      for (const person of people) requireFit(person);
      return people.map((person) => {
        const id = nextId("person");
        kept.set(id, structuredClone(person));
        return id;
      });
    },
    complete() {
      for (const [id, person] of kept) insert(id, person);
      kept.clear();
    },
    abandon(most) {
      const some = [...kept.keys()].slice(0, most);
      for (const id of some) kept.delete(id);
      return some.length > 0;
    },
  };
}
