import { type AccessPointName, type AccessPointRef, leadsInwards, type VestibuleId } from "../names.ts";
import type { Area, KnownCredential } from "./input.ts";
import { type AccessPolicy, type AreaRules, noAreaRules } from "./policy.ts";

const areaBefore: Readonly<Record<AccessPointName, Area>> = {
  "outer-entry": "outside",
  "inner-entry": "vestibule",
  "inner-exit": "secure",
  "outer-exit": "vestibule",
};

/** A vestibule may be called like a property that every object has (T8). */
export const areaRulesOf = ({ areas }: AccessPolicy, vestibule: VestibuleId): AreaRules =>
  (Object.hasOwn(areas, vestibule) ? areas[vestibule] : undefined) ?? noAreaRules;

/**
 * A3. Whose area is not known passes, and is known afterwards. Leaving is noticed and never refused, `hard` or not:
 * nobody is kept between the doors (R15) or in the building by a record that has gone wrong.
 */
export function passesBack(
  { area }: KnownCredential,
  { vestibule, accessPoint }: AccessPointRef,
  policy: AccessPolicy,
): "no" | "noticed" | "denied" {
  const { antiPassback } = areaRulesOf(policy, vestibule);
  if (antiPassback === "off" || area === undefined || area === areaBefore[accessPoint]) return "no";
  return antiPassback === "hard" && leadsInwards(accessPoint) ? "denied" : "noticed";
}
