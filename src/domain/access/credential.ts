import type { LivenessLevel } from "../biometric/liveness/track.ts";
import { type AccessPointRef, leadsInwards } from "../names.ts";
import type { WallTime } from "../time.ts";
import { passesBack } from "./areas.ts";
import type { DenialReason, Factor, PassageFacts } from "./event.ts";
import { modeOf, modesNow, union } from "./factors.ts";
import type { CredentialStatus, KnownCredential, Surroundings } from "./input.ts";
import { livenessAt } from "./liveness-level.ts";
import { isLockedOut } from "./lock-out.ts";
import type { AccessLevel, AccessPolicy, VerificationMode } from "./policy.ts";
import { isWithin, type LocalTime, type Schedule } from "./schedule.ts";
import { type AccessState, peopleWaiting, type VerifiedPerson } from "./state.ts";

/** What is so around an input. */
export interface Moment {
  readonly wall: WallTime;
  readonly local: LocalTime;
  readonly surroundings: Pick<Surroundings, "openedSchedules">;
  /** A2: groups of those who have been verified here and go in too. */
  readonly company?: readonly string[];
}

export type CredentialJudgement =
  | {
      readonly good: true;
      readonly mode: VerificationMode;
      readonly wants: readonly Factor[];
      readonly liveness: LivenessLevel;
      /** A level that is open here lets an operator look in place of the card: what is asked for then. */
      readonly withoutCard: readonly Factor[] | undefined;
    }
  | { readonly good: false; readonly reason: DenialReason };

const denialOf: Readonly<Record<Exclude<CredentialStatus, "active">, DenialReason>> = {
  lost: "lostCredential",
  suspended: "suspendedCredential",
  expired: "expiredCredential",
  // A revoked card has been replaced: to the reader it is nobody's.
  revoked: "unknownCredential",
};

/**
 * Known, active, in date, with a level for this access point, in schedule, where he is said to be: the first that
 * fails is the reason.
 */
export function judgeCredential(
  credential: KnownCredential | undefined,
  where: AccessPointRef,
  { wall, local, surroundings, company = [] }: Moment,
  policy: AccessPolicy,
): CredentialJudgement {
  if (credential === undefined) return { good: false, reason: "unknownCredential" };
  // R15: whoever was let in between the doors in time leaves by the outer one, however late it has become.
  const leaves = where.accessPoint === "outer-exit";
  const { cardStatus } = credential;
  if (cardStatus !== "active" && !(leaves && cardStatus === "expired"))
    return { good: false, reason: denialOf[cardStatus] };
  if (credential.cardholderStatus === "suspended") return { good: false, reason: "suspendedCredential" };
  if (credential.validFrom !== undefined && wall < credential.validFrom)
    return { good: false, reason: "notYetValid" };
  if (credential.validUntil !== undefined && wall >= credential.validUntil && !leaves)
    return { good: false, reason: "expiredCredential" };
  const levels = policy.levels.filter(
    (level) => credential.accessLevels.includes(level.name) && covers(level, where),
  );
  if (levels.length === 0) return { good: false, reason: "noAccessLevel" };
  const groups = [...credential.groups, ...company];
  const isAwaited = (schedule: Schedule): boolean => !hasSeenFirst(schedule, groups, where, surroundings);
  const inSchedule = levels.filter(
    ({ schedule }) => schedule === "always" || (isWithin(schedule, local) && !isAwaited(schedule)),
  );
  const open = inSchedule.length === 0 && leaves ? levels : inSchedule;
  if (open.length === 0) return { good: false, reason: "outOfSchedule" };
  if (passesBack(credential, where, policy) === "denied") return { good: false, reason: "antiPassback" };
  return {
    good: true,
    ...demands(open, local, isAwaited),
    liveness: livenessAt(where, open, policy.liveness),
  };
}

/**
 * All that is open asks together. `face+remote` stands in for a forgotten card: with the card it asks for the operator
 * only where no other level opens, or whoever may be helped out would wait for an operator every day.
 */
function demands(open: readonly AccessLevel[], local: LocalTime, isAwaited: (schedule: Schedule) => boolean) {
  const modes = open.flatMap((level) => modesNow(level, local, isAwaited));
  const byCard = modes.filter((mode) => mode !== "face+remote");
  const wants = union(byCard.length === 0 ? modes : byCard);
  const withoutCard = modes.includes("face+remote")
    ? union(modes).filter((factor) => factor !== "remote")
    : undefined;
  return { mode: modeOf(wants), wants, withoutCard };
}

/**
 * A2: on the way in only. Whoever is inside leaves when he wants. A first person who may not go in alone (A1, A4) goes in
 * with the others.
 */
function hasSeenFirst(
  { name, firstPerson }: Schedule,
  groups: readonly string[],
  { accessPoint }: AccessPointRef,
  { openedSchedules }: Moment["surroundings"],
): boolean {
  return (
    firstPerson === undefined ||
    !leadsInwards(accessPoint) ||
    groups.includes(firstPerson) ||
    openedSchedules.includes(name)
  );
}

function covers(level: AccessLevel, { vestibule, accessPoint }: AccessPointRef): boolean {
  return (
    (level.vestibules === "all" || level.vestibules.includes(vestibule)) &&
    (level.accessPoints === "all" || level.accessPoints.includes(accessPoint))
  );
}

/** A8: a card reported lost, locked out or taken away while its owner was looked at, or waited, opens nothing. */
export function lapseOf(
  state: AccessState,
  facts: PassageFacts,
  credential: KnownCredential | undefined,
  moment: Moment,
  policy: AccessPolicy,
  others: readonly VerifiedPerson[] = peopleWaiting(state, facts),
): DenialReason | undefined {
  if (isLockedOut(state, facts)) return "lockedOut";
  if (credential?.cardholder !== facts.cardholder) return "unknownCredential";
  const judgement = judgeCredential(credential, facts, { ...moment, company: companyOf(others) }, policy);
  return judgement.good ? undefined : judgement.reason;
}

/** A visitor leads nobody in. */
export const companyOf = (people: readonly VerifiedPerson[]): readonly string[] =>
  people.flatMap(({ host, groups }) => (host === null ? groups : []));
