import type { AccessEvent } from "../access/access.ts";
import type { InterlockEvent } from "../interlock/interlock.ts";
import type { VestibuleId } from "../names.ts";
import type { AlarmPlace, AlarmType } from "./alarm.ts";

/** What an event means for the alarms. */
export interface Condition {
  readonly is: "seen" | "pulsed" | "gone";
  readonly alarm: AlarmType;
  readonly place: AlarmPlace;
  readonly detail: string | null;
  /** SHA-256 of pictures that show it. */
  readonly evidence?: readonly string[];
}

const condition = (
  is: Condition["is"],
  alarm: AlarmType,
  place: AlarmPlace,
  detail: string | null = null,
): Condition => ({
  is,
  alarm,
  place,
  detail,
});

/** Conditions that the interlock of one vestibule sees. */
export function conditionsOfInterlock(vestibule: VestibuleId, event: InterlockEvent): readonly Condition[] {
  switch (event.type) {
    case "DoorForcedOpen":
      return [condition("seen", "DoorForcedOpen", { vestibule, door: event.door })];
    case "DoorHeldOpen":
      return [condition("seen", "DoorHeldOpen", { vestibule, door: event.door })];
    case "DoorFoundOpen":
      return [condition("seen", "DoorHeldOpen", { vestibule, door: event.door }, "found open at the start")];
    case "DoorClosed":
      return [
        condition("gone", "DoorForcedOpen", { vestibule, door: event.door }),
        condition("gone", "DoorHeldOpen", { vestibule, door: event.door }),
      ];
    case "LockFault":
      return [condition("seen", "LockFault", { vestibule, door: event.door }, event.fault)];
    case "LockFaultCleared":
      return [condition("gone", "LockFault", { vestibule, door: event.door })];
    case "ContactFault":
      return [condition("seen", "ContactFault", { vestibule, door: event.door }, event.fault)];
    case "ContactFaultCleared":
      return [condition("gone", "ContactFault", { vestibule, door: event.door })];
    case "InterlockViolated":
      return [condition("seen", "InterlockViolated", { vestibule })];
    case "InterlockRestored":
      return [condition("gone", "InterlockViolated", { vestibule })];
    case "ControllerLost":
      return [condition("seen", "ControllerLost", {}, "the controller was silent")];
    case "ControllerReturned":
      return [condition("gone", "ControllerLost", {})];
    case "EmergencyStarted":
      return [condition("seen", "EmergencyRelease", { vestibule })];
    case "EmergencyReset":
      return [condition("gone", "EmergencyRelease", { vestibule })];
    case "FireInputChanged":
      return event.value === "fault"
        ? [condition("seen", "ContactFault", { vestibule }, "the fire input")]
        : [condition("gone", "ContactFault", { vestibule })];
    case "OverrideStarted":
      return [condition("seen", "EmergencyOverride", { vestibule }, event.operators.join(", "))];
    case "OverrideEnded":
      return [condition("gone", "EmergencyOverride", { vestibule })];
    case "PersonDetained":
      return [condition("seen", "PersonDetained", { vestibule })];
    case "DetentionEnded":
      return [condition("gone", "PersonDetained", { vestibule })];
    case "TamperDetected":
      return [condition("seen", "Tampered", { vestibule })];
    case "TamperEnded":
      return [condition("gone", "Tampered", { vestibule })];
    case "MainsLost":
      return [condition("seen", "MainsLost", { vestibule })];
    case "MainsRestored":
      return [condition("gone", "MainsLost", { vestibule })];
    case "BatteryLow":
      return [condition("seen", "BatteryLow", { vestibule })];
    case "BatteryRestored":
      return [condition("gone", "BatteryLow", { vestibule })];
    case "EmergencyDoorReleased":
    case "EmergencyResetRefused":
    case "LockdownStarted":
    case "LockdownEnded":
    case "OverrideProposed":
    case "OverrideLapsed":
    case "OverrideRefused":
    case "OverrideDoorReleased":
    case "OccupancyRestored":
    case "OccupancyCorrected":
    case "ContactRead":
    case "BoltRead":
    case "DoorOpened":
    case "DoorReleased":
    case "ReleaseRefused":
    case "ReleaseWithdrawn":
    case "DoorSecured":
    case "DoorBecameSecure":
    case "DoorBecameInsecure":
    case "AccessTaken":
    case "AccessNotTaken":
    case "ExitRequested":
    case "DoorHeldOpenWarning":
    case "ControllerHeard":
      return [];
  }
}

/** Conditions that follow from what happened at an access point. */
export function conditionsOfAccess(event: AccessEvent): readonly Condition[] {
  switch (event.type) {
    case "AccessDenied": {
      const place = { vestibule: event.vestibule, accessPoint: event.accessPoint };
      if (event.reason === "unknownCredential") return [condition("pulsed", "UnknownCard", place)];
      if (event.reason === "notLive") return [presentationAttack(event, place)];
      if (event.reason === "lostCredential") return [condition("pulsed", "LostCardUsed", place)];
      return [];
    }
    case "AccessWithdrawn": {
      // Whoever has it stands at the door at this moment.
      const place = { vestibule: event.vestibule, accessPoint: event.accessPoint };
      return event.reason === "lostCredential" ? [condition("pulsed", "LostCardUsed", place)] : [];
    }
    case "CardLockedOut":
    case "RepeatedDenials": {
      const place = { vestibule: event.vestibule, accessPoint: event.accessPoint };
      return [condition("pulsed", "RepeatedDenials", place, `${event.failures} in a row`)];
    }
    case "CardPresented":
    case "CardRepeated":
    case "VerificationStarted":
    case "ChallengeAsked":
    case "ChallengeOver":
    case "AccessGranted":
    case "PassageReleased":
    case "AccessTaken":
    case "AccessNotTaken":
    case "Egress":
    case "EgressDenied":
    case "CardLockoutEnded":
    case "KeypadLockoutEnded":
    case "RemoteVerificationStarted":
    case "FaceMatched":
    case "PinAsked":
    case "PinEntered":
    case "RemoteGrantAsked":
    case "PersonVerified":
    case "FaceCountAsked":
    case "AntiPassbackNoticed":
    case "DuressHoldEnded":
      return [];
    case "DuressSignalled":
      return [
        condition(
          "seen",
          "Duress",
          { vestibule: event.vestibule, accessPoint: event.accessPoint },
          event.form,
        ),
      ];
    case "TailgatingFound":
      return [tailgating(event)];
  }
}

/** T45 */
function tailgating({
  vestibule,
  accessPoint,
  faces,
  verified,
  evidence,
}: Extract<AccessEvent, { readonly type: "TailgatingFound" }>): Condition {
  const seen = condition(
    "pulsed",
    "Tailgating",
    { vestibule, accessPoint },
    `${faces} faces, ${verified} verified`,
  );
  return { ...seen, evidence: evidence === null ? [] : [evidence] };
}

/** T15, T16: with every picture that shows it. */
function presentationAttack(
  { face, detail }: Extract<AccessEvent, { readonly type: "AccessDenied" }>,
  place: AlarmPlace,
): Condition {
  const deciding = face?.evidence ?? null;
  const evidence = new Set([...(face?.attackFrames ?? []), ...(deciding === null ? [] : [deciding])]);
  return { ...condition("pulsed", "PresentationAttack", place, detail), evidence: [...evidence] };
}
