import type {
  AccessEvent,
  AccessInput,
  AccessState,
  Area,
  FaceFacts,
  KnownCredential,
} from "../../domain/access/access.ts";
import type { LivenessAssessment } from "../../domain/biometric/liveness/track.ts";
import type { InterlockEvent } from "../../domain/interlock/interlock.ts";
import type { AccessPointRef } from "../../domain/names.ts";
import type { Instant } from "../../domain/time.ts";
import type { Card, Cardholder } from "../../ports/directory.ts";
import type { FaceVerdict } from "../../ports/vision-link.ts";

/** What ports say, in the access rules' words. */

/** Kept of one attack; vision sends no more. */
const mostAttackFrames = 5;
/** A record has a size, whatever vision sends. */
const mostCues = 16;
const mostFigures = 32;

/**
 * `templates`: how many of the cardholder's the present model can compare with. `card`: undefined where an operator
 * vouches for somebody who has forgotten it.
 */
export function knownCredential(
  { cardholder, card }: { readonly cardholder: Cardholder; readonly card: Card | undefined },
  templates: number,
  area: Area | undefined,
): KnownCredential {
  return {
    cardholder: cardholder.id,
    groups: cardholder.groups,
    kind: cardholder.kind,
    host: cardholder.host,
    isDuressCard: card?.duress ?? false,
    hasPin: cardholder.hasPin,
    area,
    cardStatus: card?.status ?? "active",
    // Whoever has left is as good as suspended, here.
    cardholderStatus: cardholder.status === "active" ? "active" : "suspended",
    validFrom: cardholder.validFrom,
    validUntil: cardholder.validUntil,
    accessLevels: cardholder.accessLevels,
    templates,
  };
}

/** `keep`: keeps a picture and answers with its hash. */
export function faceFacts(verdict: FaceVerdict, keep: (jpeg: Uint8Array) => string): FaceFacts {
  const attackFrames = verdict.accepted ? [] : (verdict.attackFrames ?? []).slice(0, mostAttackFrames);
  return {
    score: verdict.distance === undefined ? null : 1 - verdict.distance,
    distance: verdict.distance ?? null,
    threshold: verdict.threshold,
    ...(verdict.vote === undefined
      ? {}
      : { vote: { ...verdict.vote, distance: verdict.vote.distance ?? null } }),
    margin: verdict.margin ?? null,
    liveness: verdict.liveness === undefined ? null : livenessFacts(verdict.liveness),
    model: verdict.model,
    modelHash: verdict.modelHash,
    framesUsed: verdict.framesUsed,
    framesSeen: verdict.framesSeen,
    frameTimes: verdict.frameTimes,
    quality: figures(verdict.quality ?? {}),
    timings: figures(verdict.timings),
    evidence: verdict.evidence === undefined ? null : keep(verdict.evidence),
    attackFrames: attackFrames.map(keep),
  };
}

/** What was decided, and why in words where vision has none of its own. */
export function judgement(verdict: FaceVerdict): Extract<AccessInput, { type: "FaceJudged" }>["verdict"] {
  if (verdict.accepted) return { accepted: true, duress: verdict.duress ?? false };
  const { reason, detail } = verdict;
  return {
    accepted: false,
    reason,
    detail: detail === "" && reason === "notLive" ? whyNotLive(verdict) : detail,
  };
}

function whyNotLive({ liveness }: FaceVerdict): string {
  const against = (liveness?.cues ?? []).filter(({ says }) => says === "attack").map(({ cue }) => cue);
  return against.length === 0 ? "what was asked was not done" : `a picture, by its ${against.join(", ")}`;
}

function livenessFacts({ verdict, score, cues, seen }: LivenessAssessment): LivenessAssessment {
  return {
    verdict,
    score: rounded(score) ?? 0,
    cues: cues.slice(0, mostCues).map((cue) => ({
      cue: cue.cue,
      says: cue.says,
      score: rounded(cue.score) ?? 0,
      figures: figures(cue.figures),
    })),
    ...(seen && { seen: { looks: seen.looks, span: Math.round(seen.span) } }),
  };
}

/** Whatever vision measures, the record takes: only numbers that are some, with no more digits than mean anything. */
function figures(measured: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const entries = Object.entries(measured).slice(0, mostFigures);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const figure = rounded(value);
      return figure === undefined ? [] : [[name, figure]];
    }),
  );
}

const rounded = (value: number): number | undefined =>
  Number.isFinite(value) ? Math.round(value * 10_000) / 10_000 : undefined;

/** The same, as it is to be decided where nothing can be written. */
export function withoutStorage(input: AccessInput): AccessInput {
  return "surroundings" in input
    ? { ...input, surroundings: { ...input.surroundings, storage: "failed" } }
    : input;
}

/** What the interlock did about a passage that is under way; undefined where it did nothing about any. */
export function passageInput(event: InterlockEvent, at: Instant): AccessInput | undefined {
  switch (event.type) {
    case "DoorReleased":
      return { type: "DoorReleased", at, passage: event.grant.id };
    case "ReleaseRefused":
      return { type: "ReleaseRefused", at, passage: event.grant.id, refusal: event.reason };
    case "AccessTaken":
      return { type: "DoorPassed", at, passage: event.grant.id, openFor: event.openFor };
    case "AccessNotTaken":
      return { type: "DoorNotPassed", at, passage: event.grant.id };
    case "ReleaseWithdrawn":
    case "ExitRequested":
    case "ContactRead":
    case "BoltRead":
    case "DoorOpened":
    case "DoorClosed":
    case "DoorSecured":
    case "DoorBecameSecure":
    case "DoorBecameInsecure":
    case "DoorHeldOpenWarning":
    case "DoorHeldOpen":
    case "DoorForcedOpen":
    case "DoorFoundOpen":
    case "LockFault":
    case "LockFaultCleared":
    case "ContactFault":
    case "ContactFaultCleared":
    case "FireInputChanged":
    case "EmergencyStarted":
    case "EmergencyDoorReleased":
    case "EmergencyReset":
    case "EmergencyResetRefused":
    case "LockdownStarted":
    case "LockdownEnded":
    case "OverrideProposed":
    case "OverrideLapsed":
    case "OverrideRefused":
    case "OverrideStarted":
    case "OverrideDoorReleased":
    case "OverrideEnded":
    case "PersonDetained":
    case "DetentionEnded":
    case "TamperDetected":
    case "TamperEnded":
    case "MainsLost":
    case "MainsRestored":
    case "BatteryLow":
    case "BatteryRestored":
    case "OccupancyRestored":
    case "OccupancyCorrected":
    case "InterlockViolated":
    case "InterlockRestored":
    case "ControllerHeard":
    case "ControllerLost":
    case "ControllerReturned":
      return undefined;
  }
}

/** The passage at an access point that a PIN may be entered for: from the card on, whatever the camera still does. */
export function expectsPin(state: AccessState, where: AccessPointRef): string | undefined {
  const attempt = attemptAt(state, where);
  return attempt?.phase === "verifying" && attempt.wants.includes("pin") ? attempt.facts.passage : undefined;
}

export const attemptAt = ({ attempts }: AccessState, where: AccessPointRef) =>
  Object.values(attempts).find(
    ({ facts }) => facts.vestibule === where.vestibule && facts.accessPoint === where.accessPoint,
  );

/** Of the passage under which a door was released. */
export const isEndOf = (event: AccessEvent, passage: string): boolean =>
  (event.type === "AccessTaken" || event.type === "AccessNotTaken") && event.lead === passage;

export const opensDoor = ({ type }: AccessEvent): boolean => type === "AccessGranted" || type === "Egress";
