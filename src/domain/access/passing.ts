import { type AccessPointRef, doorOf, leadsInwards, opposite } from "../names.ts";
import { after, type Instant } from "../time.ts";
import { areaRulesOf, passesBack } from "./areas.ts";
import { lapseOf, type Moment } from "./credential.ts";
import { beingCommissioned, deny, denyEach, inUseBySomebody, type Refusal } from "./denial.ts";
import { refusalUnderDuress } from "./duress.ts";
import type { AccessEvent, PassageFacts } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { KnownCredential, Surroundings } from "./input.ts";
import { isTooMany } from "./occupancy.ts";
import {
  goingTogether,
  isComplete,
  leavesGroupOut,
  type Needed,
  neededAt,
  progressOf,
  sizeOf,
} from "./party.ts";
import type { AccessPolicy } from "./policy.ts";
import { type AccessState, inUse, mostPeopleTogether, peopleWaiting, type VerifiedPerson } from "./state.ts";

export interface Arrival extends Moment {
  readonly surroundings: Surroundings;
  readonly at: Instant;
  readonly credential: KnownCredential | undefined;
}

/** R3, the second check: cards and doors may have changed while something was asked for. */
export function secondLook(
  state: AccessState,
  facts: PassageFacts,
  arrival: Arrival,
  policy: AccessPolicy,
): Refusal | undefined {
  const lapsed = lapseOf(state, facts, arrival.credential, arrival, policy);
  if (lapsed !== undefined) return { reason: lapsed, detail: "since the card was presented" };
  return barred(state, facts, arrival.surroundings);
}

/** What keeps the door shut whoever asks. */
export function barred(
  state: AccessState,
  facts: PassageFacts,
  surroundings: Surroundings,
): Refusal | undefined {
  if (surroundings.lockdown) return { reason: "lockdown", detail: null };
  if (!otherIsSecure(facts, surroundings)) return { reason: "interlocked", detail: null };
  if (surroundings.commissioning === true) return beingCommissioned;
  if (inUse(state, facts, facts.passage)) return inUseBySomebody;
  if (surroundings.storage === "failed") return { reason: "storageFault", detail: null };
  return undefined;
}

export function otherIsSecure(where: AccessPointRef, { secure }: Surroundings): boolean {
  return secure[opposite(doorOf(where.accessPoint))];
}

/** Everything has been shown: grants, or waits for others, or for the count of faces. */
export function passes(
  state: AccessState,
  person: VerifiedPerson,
  forced: boolean,
  arrival: Arrival,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  const { at, surroundings } = arrival;
  const dropped = whoeverLapsed(state, person, arrival, policy);
  const current = dropped.reduce(evolve, state);
  const left = dropped.length === 0 ? undefined : secondLook(current, person.facts, arrival, policy);
  const needed = neededAt(person.facts, surroundings, policy);
  const people = [...peopleWaiting(current, person.facts), person];
  const together = goingTogether(people);
  const refused =
    left ??
    refusalUnderDuress(current, person.facts, forced, policy) ??
    unfit(current, person, needed) ??
    tooMany(together, needed, person.facts, surroundings, policy);
  if (refused !== undefined)
    return [...dropped, ...deny(current, person.facts, refused, person.face, at, policy)];
  const noticed = noticedArea(person, arrival, policy);
  if (!together.includes(person) || !isComplete(together, needed))
    return [...dropped, ...noticed, verified(person, people, needed, after(at, needed.window), at)];
  const { countingCamera } = areaRulesOf(policy, person.facts.vestibule);
  if (person.facts.accessPoint !== "inner-entry" || countingCamera === undefined)
    return [...dropped, ...noticed, ...grants(together, at)];
  const until = after(at, policy.countTimeout);
  return [
    ...dropped,
    ...noticed,
    verified(person, people, needed, until, at),
    {
      type: "FaceCountAsked",
      at,
      camera: countingCamera,
      passages: together.map(({ facts }) => facts.passage),
      until,
      ...person.facts,
    },
  ];
}

/** A8: whose card was reported lost, or taken away, while he waited for others, waits no longer. */
function whoeverLapsed(
  state: AccessState,
  arriving: VerifiedPerson,
  { at, ...moment }: Arrival,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  const lapsed: (readonly [VerifiedPerson, Refusal])[] = [];
  let remaining = peopleWaiting(state, arriving.facts);
  // A2: whoever came in the company of one who has lapsed may lapse in turn.
  for (let before = -1; before !== lapsed.length; ) {
    before = lapsed.length;
    const company = [...remaining, arriving];
    remaining = remaining.filter((person) => {
      const credential = moment.surroundings.waiting[person.facts.passage];
      const reason = lapseOf(state, person.facts, credential, moment, policy, company);
      if (reason !== undefined) lapsed.push([person, { reason, detail: "while others were waited for" }]);
      return reason === undefined;
    });
  }
  return denyEach(state, lapsed, at, policy);
}

/** A1: whoever cannot be one more of those who wait here; they go on waiting for somebody else. */
function unfit(state: AccessState, person: VerifiedPerson, needed: Needed): Refusal | undefined {
  const waiting = peopleWaiting(state, person.facts);
  if (isOneOf(waiting, person.facts)) return { reason: "samePerson", detail: null };
  if (waiting.length >= mostPeopleTogether)
    return { reason: "occupancyLimit", detail: `${mostPeopleTogether} people wait already` };
  return person.host === null && leavesGroupOut([...waiting, person], needed)
    ? { reason: "groupMissing", detail: `needed: ${needed.groups.join(", ")}` }
    : undefined;
}

/** T44: another card makes nobody another person. */
export const isOneOf = (people: readonly VerifiedPerson[], { cardholder }: PassageFacts): boolean =>
  people.some(({ facts }) => facts.cardholder === cardholder);

function tooMany(
  together: readonly VerifiedPerson[],
  needed: Needed,
  where: AccessPointRef,
  surroundings: Surroundings,
  policy: AccessPolicy,
): Refusal | undefined {
  return isTooMany(together.length, sizeOf(needed), where, surroundings, policy)
    ? { reason: "occupancyLimit", detail: null }
    : undefined;
}

/** A3, soft; and whoever leaves from where he was not said to be. */
function noticedArea(
  { facts }: VerifiedPerson,
  { at, credential }: Arrival,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  if (credential?.area === undefined || passesBack(credential, facts, policy) === "no") return [];
  return [{ type: "AntiPassbackNoticed", at, area: credential.area, ...facts }];
}

function verified(
  person: VerifiedPerson,
  people: readonly VerifiedPerson[],
  needed: Needed,
  until: Instant,
  at: Instant,
): AccessEvent {
  const { facts, ...shown } = person;
  return { type: "PersonVerified", at, ...shown, ...progressOf(people, needed), until, ...facts };
}

/** One for each; whoever came last leads. */
export function grants(people: readonly VerifiedPerson[], at: Instant): readonly AccessEvent[] {
  const lead = people.at(-1)?.facts.passage ?? "";
  return people.map(({ facts, host: _host, ...shown }) => ({
    type: "AccessGranted",
    at,
    ...shown,
    lead,
    people: people.length,
    ...facts,
  }));
}

/** A7: on the way in a visitor passes with the host alone; whoever wants to leave is not kept. */
export function hostOf(
  credential: KnownCredential | undefined,
  { accessPoint }: AccessPointRef,
): string | null {
  return credential?.kind === "visitor" && leadsInwards(accessPoint) ? (credential.host ?? "") : null;
}
