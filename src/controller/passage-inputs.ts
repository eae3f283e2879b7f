import type { AccessInput, FaceFacts, KnownCredential } from "../domain/access/access.ts";
import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import type { Instant } from "../domain/time.ts";
import type { Directory } from "../ports/directory.ts";
import type { FaceVerdict } from "../ports/vision-link.ts";

/** What ports say, in the access rules' words. */

/** `templates`: how many of the cardholder's the present model can compare with. */
export function knownCredential(
  { cardholder, card }: NonNullable<ReturnType<Directory["findByCard"]>>,
  templates: number,
): KnownCredential {
  return {
    cardholder: cardholder.id,
    cardStatus: card.status,
    cardholderStatus: cardholder.status,
    validFrom: cardholder.validFrom,
    validUntil: cardholder.validUntil,
    accessLevels: cardholder.accessLevels,
    templates,
  };
}

/** `evidence`: hash of the picture that is kept, or null. */
export function faceFacts(verdict: FaceVerdict, evidence: string | null): FaceFacts {
  return {
    score: verdict.distance === undefined ? null : 1 - verdict.distance,
    distance: verdict.distance ?? null,
    threshold: verdict.threshold,
    model: verdict.model,
    modelHash: verdict.modelHash,
    framesUsed: verdict.framesUsed,
    framesSeen: verdict.framesSeen,
    frameTimes: verdict.frameTimes,
    quality: verdict.quality ?? {},
    timings: verdict.timings,
    evidence,
  };
}

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
    case "OccupancyRestored":
    case "InterlockViolated":
    case "InterlockRestored":
    case "ControllerHeard":
    case "ControllerLost":
    case "ControllerReturned":
      return undefined;
  }
}
