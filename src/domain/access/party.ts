import { type AccessPointRef, doorOf, leadsInwards } from "../names.ts";
import type { Milliseconds } from "../time.ts";
import type { Surroundings } from "./input.ts";
import { leastTogether } from "./occupancy.ts";
import { type AccessPolicy, doorKeyOf, type MultiPersonRule, usualWindow } from "./policy.ts";
import type { VerifiedPerson } from "./state.ts";

/** Who has to pass together at an access point. */
export interface Needed {
  /** A1: different cardholders who are no visitors; 0: as many as like. */
  readonly staff: number;
  /** A4 */
  readonly people: number;
  readonly groups: readonly string[];
  readonly window: Milliseconds;
}

export function neededAt(
  where: AccessPointRef,
  surroundings: Pick<Surroundings, "occupancy">,
  policy: AccessPolicy,
): Needed {
  const rule = multiPersonAt(where, policy);
  const groups = rule?.groups ?? [];
  return {
    staff: rule === undefined ? 0 : Math.max(rule.count, groups.length),
    people: leastTogether(where, surroundings, policy),
    groups,
    window: rule?.window ?? usualWindow,
  };
}

/** R15: whoever is between the doors leaves alone by the outer door, whatever the rule says of directions. */
function multiPersonAt(
  { vestibule, accessPoint }: AccessPointRef,
  policy: AccessPolicy,
): MultiPersonRule | undefined {
  const rule = policy.doors[doorKeyOf(vestibule, doorOf(accessPoint))]?.multiPerson;
  if (leadsInwards(accessPoint)) return rule;
  return accessPoint === "inner-exit" && rule?.directions === "both" ? rule : undefined;
}

/** How many have to pass together at the least. */
export const sizeOf = ({ staff, people }: Needed): number => Math.max(staff, people);

/** A7: visitors whose host is not there stay where they are; the others pass without them. */
export function goingTogether(people: readonly VerifiedPerson[]): readonly VerifiedPerson[] {
  return people.filter(({ host }) => host === null || isThere(people, host));
}

/** A visitor is nobody's host. */
const isThere = (people: readonly VerifiedPerson[], host: string): boolean =>
  people.some((person) => person.host === null && person.facts.cardholder === host);

export function isComplete(people: readonly VerifiedPerson[], needed: Needed): boolean {
  const staff = staffOf(people);
  return (
    staff.length >= needed.staff &&
    people.length >= needed.people &&
    missingGroups(people, needed.groups).length === 0
  );
}

/** Whether the places that are left are too few for the groups of which nobody is there yet. */
export function leavesGroupOut(people: readonly VerifiedPerson[], needed: Needed): boolean {
  const visitors = people.length - staffOf(people).length;
  const places = Math.max(needed.staff, needed.people - visitors) - staffOf(people).length;
  return missingGroups(people, needed.groups).length > Math.max(places, 0);
}

/** A1, A7: what the display says of who is there. */
export function progressOf(people: readonly VerifiedPerson[], needed: Needed) {
  const visitors = people.length - staffOf(people).length;
  return {
    present: people.length,
    of: Math.max(needed.staff + visitors, needed.people, people.length),
    missing: missingGroups(people, needed.groups),
    awaitsHost: goingTogether(people).length < people.length,
  };
}

const staffOf = (people: readonly VerifiedPerson[]): readonly VerifiedPerson[] =>
  people.filter(({ host }) => host === null);

/** A1: the groups for which nobody is left once each of the others has somebody of its own. */
export function missingGroups(
  people: readonly VerifiedPerson[],
  groups: readonly string[],
): readonly string[] {
  const staff = staffOf(people);
  const groupOf = new Map<VerifiedPerson, number>();
  // Whoever has been counted for one group may stand for another, where somebody else can take the place.
  const place = (group: number, asked: Set<VerifiedPerson>): boolean =>
    staff.some((person) => {
      if (asked.has(person) || !person.groups.includes(groups[group] ?? "")) return false;
      asked.add(person);
      const held = groupOf.get(person);
      if (held !== undefined && !place(held, asked)) return false;
      groupOf.set(person, group);
      return true;
    });
  return groups.filter((_, group) => !place(group, new Set()));
}
