import { type AccessPointRef, doorNames, entersVestibule, type VestibuleId } from "../names.ts";
import { areaRulesOf } from "./areas.ts";
import type { Surroundings } from "./input.ts";
import { type AccessPolicy, doorKeyOf } from "./policy.ts";
import { mostPeopleTogether } from "./state.ts";

/**
 * A4: how many have to pass together so that nobody is alone in the secure area: enough to come to `secureMin` on the
 * way in; on the way out all that are there, where fewer than that would stay.
 */
export function leastTogether(
  { vestibule, accessPoint }: AccessPointRef,
  { occupancy }: Pick<Surroundings, "occupancy">,
  policy: AccessPolicy,
): number {
  const { secureMin } = areaRulesOf(policy, vestibule);
  const { secure } = occupancy;
  switch (accessPoint) {
    case "inner-entry":
      return bounded(secureMin - secure);
    case "inner-exit":
      return secure <= secureMin ? bounded(secure) : 1;
    case "outer-entry":
    case "outer-exit":
      return 1;
  }
}

const bounded = (people: number): number => Math.min(Math.max(people, 1), mostPeopleTogether);

/**
 * A4: whether so many more do not fit where the access point leads. A vestibule always takes the group that has to pass
 * together, by this door or by the other one: whoever has to be two at the inner door came in before, one by one. Nobody is kept in by the street being full; the vestibule is a limit on the way out too, since whoever stands
 * in it would come in as the inner door opens.
 */
export function isTooMany(
  people: number,
  together: number,
  { vestibule, accessPoint }: AccessPointRef,
  { occupancy }: Surroundings,
  policy: AccessPolicy,
): boolean {
  const { vestibuleMax, secureMax } = areaRulesOf(policy, vestibule);
  const size = Math.max(people, together);
  if (entersVestibule(accessPoint))
    return (
      vestibuleMax > 0 &&
      occupancy.vestibule + size > Math.max(vestibuleMax, together, largestGroup(vestibule, policy))
    );
  if (accessPoint === "inner-entry") return secureMax > 0 && occupancy.secure + size > secureMax;
  return false;
}

function largestGroup(vestibule: VestibuleId, policy: AccessPolicy): number {
  const groups = doorNames.map((door) => policy.doors[doorKeyOf(vestibule, door)]?.multiPerson);
  const sizes = groups.map((rule) => (rule === undefined ? 0 : Math.max(rule.count, rule.groups.length)));
  return Math.max(areaRulesOf(policy, vestibule).secureMin, ...sizes);
}
