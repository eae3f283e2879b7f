import { type AccessState, type Attempt } from "../domain/access/access.ts";
import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import { byPriority } from "../domain/alarm/kinds.ts";
import type { LivenessLevel } from "../domain/biometric/liveness/track.ts";
import { type accessPointNames, type DoorName, doorOf, type VestibuleId } from "../domain/names.ts";
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
  /** As the journal says, for as long as the interlock is silent. */
  readonly people: number;
  /** A4: behind the inner door, as the journal says. */
  readonly peopleSecure: number;
  readonly degraded: boolean;
  readonly display: (accessPoint: (typeof accessPointNames)[number]) => DisplayView;
  readonly fittedAccessPoints: readonly (typeof accessPointNames)[number][];
  /** Undefined where no face is looked at. */
  readonly liveness: (accessPoint: (typeof accessPointNames)[number]) => LivenessLevel | undefined;
  readonly now: Instant;
}

export function vestibuleView(facts: VestibuleFacts): VestibuleView {
  const { id, name, report, access, people, degraded, display, liveness } = facts;
  return {
    id,
    name,
    doors: { outer: doorView(facts, "outer"), inner: doorView(facts, "inner") },
    passage: passageOf(id, access, report),
    occupancy: report?.condition.people ?? people,
    occupancySecure: facts.peopleSecure,
    mode: modeOf(report, degraded),
    condition: report?.condition ?? null,
    displays: Object.fromEntries(
      facts.fittedAccessPoints.map((accessPoint) => [accessPoint, display(accessPoint)]),
    ),
    liveness: Object.fromEntries(
      facts.fittedAccessPoints.flatMap((accessPoint) => {
        const level = liveness(accessPoint);
        return level === undefined ? [] : [[accessPoint, level]];
      }),
    ),
  };
}

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
function passageOf(
  vestibule: VestibuleId,
  access: AccessState,
  report: VestibuleReport | undefined,
): PassageView | null {
  const here = Object.values(access.attempts).filter(({ facts }) => facts.vestibule === vestibule);
  const furthest = here.toSorted((a, b) => steps.indexOf(b.phase) - steps.indexOf(a.phase))[0];
  if (furthest === undefined) return waitingPassage(vestibule, access);
  const { passage, accessPoint, cardholder } = furthest.facts;
  const open = furthest.phase === "released" && report?.doors[doorOf(accessPoint)].contact === "open";
  return { id: passage, accessPoint, step: open ? "open" : furthest.phase, cardholder };
}

/** A1: whoever came last of those who wait for others. */
function waitingPassage(vestibule: VestibuleId, { parties }: AccessState): PassageView | null {
  const people = Object.values(parties).flatMap((party) => party.people);
  const last = people.findLast(({ facts }) => facts.vestibule === vestibule)?.facts;
  if (last === undefined) return null;
  return { id: last.passage, accessPoint: last.accessPoint, step: "waiting", cardholder: last.cardholder };
}

const steps: readonly Attempt["phase"][] = ["verifying", "counting", "releasing", "released"];
