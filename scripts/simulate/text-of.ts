import type { JsonValue } from "../../src/ports/journal.ts";

/** A record's value for a person to read, or as part of a key. */
export const textOf = (value: JsonValue | undefined): string =>
  typeof value === "string" ? value : JSON.stringify(value ?? null);
