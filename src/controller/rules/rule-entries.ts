import { createHash } from "node:crypto";
import type { Condition } from "../../domain/alarm/conditions.ts";
import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import type { Weakening } from "../../domain/rules/weakening.ts";
import { type WeakeningText, weakeningText } from "../../domain/rules/weakening-words.ts";
import type { JsonObject, JsonValue } from "../../ports/journal.ts";
import type { RuleVersion } from "../../ports/rules-store.ts";
import type { WeakenedThen } from "../../ports/services/rules-services.ts";
import type { Differences } from "./differences.ts";

/** Weakenings told one by one; of more, how many. */
const mostWeakenings = 20;
const longestDetail = 300;

export const hashOf = (body: JsonValue): string =>
  createHash("sha256").update(canonicalJson(body)).digest("hex");

/** A version as its record tells of it: what was read in the site's file has no number there. */
export const versionKey = ({
  kind,
  version,
  hash,
}: Pick<RuleVersion, "kind" | "version" | "hash">): string =>
  kind === "site-file" ? `${kind} ${hash}` : `${kind} ${version}`;

/** What a change did, for the record. */
export function changeFacts({ differences, more }: Differences, weakens: readonly Weakening[]): JsonObject {
  return {
    differences: differences.map(({ path, before, after }) => ({ path, before, after })),
    more,
    weakens: weakens.slice(0, mostWeakenings).map((one) => ({ ...one, ...weakeningText(one) })),
    weakensInAll: weakens.length,
  };
}

/** What `changeFacts` wrote. */
export function weakenedIn({ weakens, weakensInAll }: JsonObject): WeakenedThen {
  const told = Array.isArray(weakens) ? weakens.flatMap(textIn) : [];
  return { weakens: told, inAll: typeof weakensInAll === "number" ? weakensInAll : told.length };
}

function textIn(value: JsonValue): readonly WeakeningText[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const { en, zh } = value as JsonObject; // neither plain nor a list
  return typeof en === "string" && typeof zh === "string" ? [{ en, zh }] : [];
}

/** T42: whoever watches the alarms hears of each change that weakens. */
export function weakeningConditions(weakens: readonly Weakening[]): readonly Condition[] {
  const [first] = weakens;
  if (first === undefined) return [];
  const more = weakens.length > 1 ? ` (and ${weakens.length - 1} more)` : "";
  return [changedCondition(`${weakeningText(first).en}${more}`)];
}

export const changedCondition = (detail: string): Condition => ({
  is: "pulsed",
  alarm: "ConfigurationChanged",
  place: {},
  detail: detail.slice(0, longestDetail),
});
