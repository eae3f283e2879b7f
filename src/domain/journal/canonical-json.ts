/** Deeper nesting than any payload needs, and far from what a call stack bears. */
const deepestNesting = 32;

/**
 * JSON in the one form of RFC 8785: keys in order of their UTF-16 units, shortest numbers, no spaces.
 * One deliberate difference: a lone surrogate, which that standard refuses, is written as its escape,
 * because a card number of hostile make must be recordable.
 * Throws TypeError for what JSON has no word for.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > deepestNesting) throw new TypeError(`nested deeper than ${deepestNesting}`);
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return canonicalNumber(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`no JSON for ${typeof value}`);
  const members = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, depth + 1)}`);
  return `{${members.join(",")}}`;
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`no JSON for ${value}`);
  return JSON.stringify(value);
}
