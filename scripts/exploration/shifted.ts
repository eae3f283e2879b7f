/** Where a state holds instants; every other number in it is a count. */
const instants = new Set([
  "since",
  "until",
  "contactSince",
  "contactEdges",
  "boltSince",
  "from",
  "to",
  "heardAt",
  "entered",
  "detained",
]);
const counts = new Set(["notTaken", "people"]);

/** `value` with every instant in it moved by `by`. A number of a name unknown here would go stale unseen: throws. */
export function shifted<T>(value: T, by: number, name = ""): T {
  // The shape stays what it was: only numbers are replaced by numbers.
  return moved(value, by, name) as T;
}

function moved(value: unknown, by: number, name: string): unknown {
  if (typeof value === "number") {
    if (instants.has(name)) return value + by;
    if (counts.has(name)) return value;
    throw new Error(`state field "${name}": say in shifted.ts whether it is an instant or a count`);
  }
  if (Array.isArray(value)) return value.map((item) => moved(item, by, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, moved(item, by, key)]));
}

/** Frozen through and through: a rule that changed a state in place would throw. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) frozen(item);
  }
  return value;
}

/** What is left of a part of a state once nobody asks when: equal for states that differ in their instants only. */
export function untimed(part: object): string {
  return JSON.stringify(part, (key, value: unknown) => {
    if (!instants.has(key) || value === undefined) return value;
    // How many changes a burst has is a matter of the grid.
    return key === "contactEdges" || !Array.isArray(value) ? "some time" : value.length;
  });
}
