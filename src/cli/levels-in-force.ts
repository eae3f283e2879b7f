import type { JsonObject, JsonValue } from "../ports/journal.ts";
import type { RulesStore } from "../ports/rules-store.ts";

/**
 * Names of the access levels that the controller last ran by: as they were changed while it ran, else of the site's file;
 * undefined where it never ran on this data. The file may say something else by now, and would not be asked either.
 */
export function levelsInForce(rules: Pick<RulesStore, "newest">): readonly string[] | undefined {
  return changedLevels(rules) ?? namesIn(fieldOf(rules.newest("site-file")?.body, "accessLevels"));
}

/** As they were changed while the controller ran; undefined where the site's file holds. */
export const changedLevels = (rules: Pick<RulesStore, "newest">): readonly string[] | undefined =>
  namesIn(rules.newest("access-levels")?.body);

function namesIn(levels: JsonValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(levels)) return undefined;
  return levels.flatMap((level) => {
    const name = fieldOf(level, "name");
    return typeof name === "string" ? [name] : [];
  });
}

const fieldOf = (value: JsonValue | undefined, field: string): JsonValue | undefined =>
  isObject(value) ? value[field] : undefined;

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
