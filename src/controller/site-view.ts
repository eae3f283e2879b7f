import {
  type AccessPolicy,
  type AccessState,
  type Attempt,
  areaRulesOf,
  neededAt,
  peopleWaiting,
  progressOf,
  type VerifiedPerson,
} from "../domain/access/access.ts";
import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import { byPriority } from "../domain/alarm/kinds.ts";
import type { LivenessLevel } from "../domain/biometric/liveness/track.ts";
import { type AccessPointName, type DoorName, doorOf, type VestibuleId } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";
import type { DisplayView, DoorView, PassageView, VestibuleView } from "../ports/controller-services.ts";
import type { DoorReport, VestibuleReport } from "../ports/interlock-link.ts";
import { modeOf } from "./vestibule-mode.ts";

/** What is shown of a door nobody can say anything about: nothing that could be mistaken for safe. */
const unknownDoor = (since: Instant): DoorReport => ({
  contact: "unread",
  bolt: "unread",
  lock: "secured",
  secure: false,
  since,
});

export interface VestibuleFacts {
  readonly id: VestibuleId;
  readonly name: { readonly en: string; readonly zh: string };
  readonly report: VestibuleReport | undefined;
  readonly alarms: readonly AlarmRecord[];
  readonly access: AccessState;
  readonly policy: AccessPolicy;
  /** As the journal says, for as long as the interlock is silent. */
  readonly people: number;
  /** A4: behind the inner door, as the journal says. */
  readonly peopleSecure: number;
  readonly degraded: boolean;
  readonly display: (accessPoint: AccessPointName) => DisplayView;
  readonly fittedAccessPoints: readonly AccessPointName[];
  /** Undefined where no face is looked at. */
  readonly liveness: (accessPoint: AccessPointName) => LivenessLevel | undefined;
  readonly camera: (accessPoint: AccessPointName) => string | undefined;
  readonly now: Instant;
}

export function vestibuleView(facts: VestibuleFacts): VestibuleView {
  const { id, name, report, people, degraded, display, liveness } = facts;
  const { vestibuleMax, secureMax, secureMin } = areaRulesOf(facts.policy, id);
  return {
    id,
    name,
    doors: { outer: doorView(facts, "outer"), inner: doorView(facts, "inner") },
    passage: passageOf(facts),
    occupancy: report?.condition.people ?? people,
    occupancySecure: facts.peopleSecure,
    limits: { vestibuleMax, secureMax, secureMin },
    mode: modeOf(report, degraded),
    condition: report?.condition ?? null,
    displays: Object.fromEntries(
      facts.fittedAccessPoints.map((accessPoint) => [accessPoint, display(accessPoint)]),
    ),
    liveness: ofFitted(facts, liveness),
    cameras: ofFitted(facts, facts.camera),
  };
}

/** Of each access point that there is, what there is. */
const ofFitted = <T>(
  { fittedAccessPoints }: VestibuleFacts,
  of: (accessPoint: AccessPointName) => T | undefined,
): Partial<Record<AccessPointName, T>> =>
  Object.fromEntries(
    fittedAccessPoints.flatMap((accessPoint) => {
      const found = of(accessPoint);
      return found === undefined ? [] : [[accessPoint, found]];
    }),
  );

function doorView({ id, report, alarms, now }: VestibuleFacts, door: DoorName): DoorView {
  const here = alarms
    .filter(
      ({ place, phase, shelved }) =>
        place.vestibule === id && place.door === door && phase !== "normal" && shelved === null,
    )
    .toSorted((a, b) => byPriority(a.priority, b.priority));
  return { ...(report?.doors[door] ?? unknownDoor(now)), alarm: here[0]?.type ?? null };
}

/** The passage furthest on: whose door is open comes before who is still being looked at. */
function passageOf(facts: VestibuleFacts): PassageView | null {
  const { id, access, report } = facts;
  const here = Object.values(access.attempts).filter((attempt) => attempt.facts.vestibule === id);
  const furthest = here.toSorted((a, b) => steps.indexOf(b.phase) - steps.indexOf(a.phase))[0];
  if (furthest === undefined) return waitingPassage(facts);
  const { passage, accessPoint, cardholder } = furthest.facts;
  const open = furthest.phase === "released" && report?.doors[doorOf(accessPoint)].contact === "open";
  const shown = { id: passage, accessPoint, step: open ? "open" : furthest.phase, cardholder } as const;
  if (furthest.phase === "verifying") {
    const { mode, wants, presentedAt } = furthest;
    const together = togetherAt(facts, accessPoint, peopleWaiting(access, furthest.facts));
    return { ...shown, ...together, mode, wants, since: presentedAt };
  }
  const { people } = furthest;
  const last = people.at(-1);
  const together = { verified: people.map((one) => one.facts.cardholder), of: people.length, wants: [] };
  return { ...shown, ...together, mode: last?.mode ?? "card+face", since: last?.presentedAt ?? facts.now };
}

/** A1: whoever came last of those who wait for others. */
function waitingPassage(facts: VestibuleFacts): PassageView | null {
  const parties = Object.values(facts.access.parties);
  const party = parties.find(({ people }) => people.at(-1)?.facts.vestibule === facts.id);
  const last = party?.people.at(-1);
  if (party === undefined || last === undefined) return null;
  const { passage, accessPoint, cardholder } = last.facts;
  const { mode, presentedAt: since } = last;
  const together = togetherAt(facts, accessPoint, party.people);
  return { id: passage, accessPoint, step: "waiting", cardholder, mode, wants: [], ...together, since };
}

function togetherAt(
  { id, policy, people, peopleSecure }: VestibuleFacts,
  accessPoint: AccessPointName,
  waiting: readonly VerifiedPerson[],
): Pick<PassageView, "verified" | "of"> {
  const occupancy = { vestibule: people, secure: peopleSecure };
  const needed = neededAt({ vestibule: id, accessPoint }, { occupancy }, policy);
  const verified = waiting.map(({ facts }) => facts.cardholder);
  return { verified, of: Math.max(progressOf(waiting, needed).of, 1) };
}

const steps: readonly Attempt["phase"][] = ["verifying", "counting", "releasing", "released"];
