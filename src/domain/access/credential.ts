import type { LivenessLevel } from "../biometric/liveness/track.ts";
import type { AccessPointRef } from "../names.ts";
import type { WallTime } from "../time.ts";
import type { DenialReason } from "./event.ts";
import type { CredentialStatus, KnownCredential } from "./input.ts";
import { livenessAt } from "./liveness-level.ts";
import type { AccessLevel, AccessPolicy, VerificationMode } from "./policy.ts";
import { isWithin, type LocalTime } from "./schedule.ts";

export type CredentialJudgement =
  | { readonly good: true; readonly mode: VerificationMode; readonly liveness: LivenessLevel }
  | { readonly good: false; readonly reason: DenialReason };

const denialOf: Readonly<Record<Exclude<CredentialStatus, "active">, DenialReason>> = {
  lost: "lostCredential",
  suspended: "suspendedCredential",
  expired: "expiredCredential",
  // A revoked card has been replaced: to the reader it is nobody's.
  revoked: "unknownCredential",
};

/** Known, active, in date, with a level for this access point, in schedule: the first that fails is the reason. */
export function judgeCredential(
  credential: KnownCredential | undefined,
  where: AccessPointRef,
  wall: WallTime,
  local: LocalTime,
  policy: AccessPolicy,
): CredentialJudgement {
  if (credential === undefined) return { good: false, reason: "unknownCredential" };
  if (credential.cardStatus !== "active") return { good: false, reason: denialOf[credential.cardStatus] };
  if (credential.cardholderStatus === "suspended") return { good: false, reason: "suspendedCredential" };
  if (credential.validFrom !== undefined && wall < credential.validFrom)
    return { good: false, reason: "notYetValid" };
  if (credential.validUntil !== undefined && wall >= credential.validUntil)
    return { good: false, reason: "expiredCredential" };
  const levels = policy.levels.filter(
    (level) => credential.accessLevels.includes(level.name) && covers(level, where),
  );
  if (levels.length === 0) return { good: false, reason: "noAccessLevel" };
  const open = levels.filter(({ schedule }) => schedule === "always" || isWithin(schedule, local));
  if (open.length === 0) return { good: false, reason: "outOfSchedule" };
  return { good: true, mode: strictest(open), liveness: livenessAt(where, open, policy.liveness) };
}

function covers(level: AccessLevel, { vestibule, accessPoint }: AccessPointRef): boolean {
  return (
    (level.vestibules === "all" || level.vestibules.includes(vestibule)) &&
    (level.accessPoints === "all" || level.accessPoints.includes(accessPoint))
  );
}

/** A second access level never makes the first one weaker. */
function strictest(levels: readonly AccessLevel[]): VerificationMode {
  return levels.some(({ mode }) => mode === "card+face") ? "card+face" : "card";
}
