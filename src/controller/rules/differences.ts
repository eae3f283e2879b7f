import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import type { JsonObject, JsonValue } from "../../ports/journal.ts";
import type { RuleDifference } from "../../ports/services/rules-services.ts";

/** A record is read by people, and sent to the centre. */
const mostListed = 50;
const longestShown = 200;

export interface Differences {
  readonly differences: readonly RuleDifference[];
  /** So many are not listed. */
  readonly more: number;
}

/** Value by value, down to what is plain; items of a list are told apart by their name where they have one. */
export function differencesBetween(before: JsonValue, after: JsonValue): Differences {
  const all = [...differing("", before, after)];
  return { differences: all.slice(0, mostListed), more: Math.max(0, all.length - mostListed) };
}

function* differing(path: string, before: JsonValue, after: JsonValue): Generator<RuleDifference> {
  const [was, is] = [partsOf(before), partsOf(after)];
  if (was === undefined || is === undefined) {
    if (canonicalJson(before) !== canonicalJson(after))
      yield { path, before: shown(before), after: shown(after) };
    return;
  }
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    const inner = path === "" ? name : `${path}.${name}`;
    yield* differing(inner, was.get(name) ?? null, is.get(name) ?? null);
  }
}

/** Undefined of what has no parts, or whose parts have no names: those are compared as a whole. */
function partsOf(value: JsonValue): ReadonlyMap<string, JsonValue> | undefined {
  if (Array.isArray(value)) return namedItems(value);
  return isObject(value) ? new Map(Object.entries(value)) : undefined;
}

function namedItems(list: readonly JsonValue[]): ReadonlyMap<string, JsonValue> | undefined {
  // A plain value beside items with names is a name itself: a holiday is a date, or a date with a name.
  const isMixed = list.some(isObject);
  const named = list.map(
    (item) => [typeof item === "string" && isMixed ? item : nameOf(item), item] as const,
  );
  if (named.length === 0 || named.some(([name]) => name === undefined)) return undefined;
  return new Map(named.map(([name, item]) => [name ?? "", item]));
}

function nameOf(item: JsonValue): string | undefined {
  if (!isObject(item)) return undefined;
  const { name, id, date } = item;
  // Days of one holiday have the same name.
  if (typeof date === "string") return date;
  return typeof name === "string" ? name : typeof id === "string" ? id : undefined;
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function shown(value: JsonValue): JsonValue {
  const text = canonicalJson(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : value;
}
