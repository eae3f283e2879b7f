import type { Merged } from "./use-rule-draft.ts";

const equal = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Items by name: each as whoever changed it has it; where both did, mine. */
export function mergedLists<Item>(
  base: readonly Item[],
  mine: readonly Item[],
  theirs: readonly Item[],
  nameOf: (item: Item) => string,
): Merged<Item[]> {
  const [was, own, other] = [base, mine, theirs].map(
    (list) => new Map(list.map((item) => [nameOf(item), item])),
  );
  const names = [...new Set([...theirs, ...mine].map(nameOf))];
  const both: string[] = [];
  const kept = names.flatMap((name): Item[] => {
    const [before, now, theirNow] = [was?.get(name), own?.get(name), other?.get(name)];
    const chosen = equal(before, now) ? theirNow : now;
    if (!equal(before, now) && !equal(before, theirNow) && !equal(now, theirNow)) both.push(name);
    return chosen === undefined ? [] : [chosen];
  });
  // What I took away and they changed is gone, but they should hear of it.
  return { document: kept, both };
}

/** The same with values by key, down to what is plain. */
export function mergedValues<Document>(base: Document, mine: Document, theirs: Document): Merged<Document> {
  const both: string[] = [];
  const merge = (path: string, was: unknown, own: unknown, other: unknown): unknown => {
    if (isObject(was) && isObject(own) && isObject(other)) {
      const keys = new Set([...Object.keys(own), ...Object.keys(other)]);
      const entries = [...keys].map((key) => [key, merge(key, was[key], own[key], other[key])] as const);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    if (equal(was, own)) return other;
    if (!equal(was, other) && !equal(own, other)) both.push(path);
    return own;
  };
  // What is merged of three documents of one shape has that shape.
  return { document: merge("", base, mine, theirs) as Document, both };
}

/** What is different in `mine`, down to what is plain; `deeply` false: of the first level only. */
export function changesOf(base: object, mine: object, deeply: boolean): Record<string, unknown> {
  const [was, is] = [Object.entries(base), Object.entries(mine)].map(
    (entries) => new Map<string, unknown>(entries),
  );
  const changed = [...(is ?? [])].filter(([key, value]) => !equal(was?.get(key), value));
  return Object.fromEntries(
    changed.map(([key, value]) => {
      const before = was?.get(key);
      return [key, deeply && isObject(value) && isObject(before) ? changesOf(before, value, true) : value];
    }),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
