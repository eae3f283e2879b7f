import { challengeActions } from "../biometric/challenge.ts";
import type { AccessEvent, DenialReason } from "./event.ts";

/** What the person at the access point is told. Never which secret was wrong. */
export const displayTexts = [
  "ready",
  "wait",
  "look",
  // What a challenge asks for.
  ...challengeActions,
  "enterPin",
  /** A1: the next person please; `progress` says which of how many. */
  "nextPerson",
  /** A7 */
  "waitForHost",
  /** An operator is asked. */
  "waitForStaff",
  "welcome",
  "tryAgain",
  "askStaff",
  "closeDoor",
  /** A4: as many as may be inside are. */
  "occupied",
  /** R14, in words that do not say why: whoever causes a lockdown may be reading. */
  "closed",
  /** R12, R13, on the way out: the door is free; whoever is inside may leave. */
  "doorOpen",
  /** R12, R13, on the way in: nobody is to go towards what others are leaving. */
  "keepClear",
] as const;
export type DisplayText = (typeof displayTexts)[number];

/** What to do better, beside `tryAgain`. */
export const displayHints = ["stepCloser", "oneAtATime", "moreLight", "faceCamera"] as const;
export type DisplayHint = (typeof displayHints)[number];

export interface Display {
  readonly text: DisplayText;
  readonly hint: DisplayHint | null;
  /** Of a challenge: which of how many. */
  readonly progress?: { readonly step: number; readonly of: number };
}

const onDenial: Readonly<Record<DenialReason, Display>> = {
  interlocked: { text: "wait", hint: null },
  // One text for whatever is wrong with a card: a finder of a card learns nothing from it.
  unknownCredential: { text: "askStaff", hint: null },
  lostCredential: { text: "askStaff", hint: null },
  suspendedCredential: { text: "askStaff", hint: null },
  expiredCredential: { text: "askStaff", hint: null },
  notYetValid: { text: "askStaff", hint: null },
  outOfSchedule: { text: "askStaff", hint: null },
  noAccessLevel: { text: "askStaff", hint: null },
  lockedOut: { text: "askStaff", hint: null },
  noFace: { text: "tryAgain", hint: "faceCamera" },
  multipleFaces: { text: "tryAgain", hint: "oneAtATime" },
  poorQuality: { text: "tryAgain", hint: "stepCloser" },
  notLive: { text: "tryAgain", hint: "faceCamera" },
  faceMismatch: { text: "tryAgain", hint: "faceCamera" },
  cameraFault: { text: "askStaff", hint: null },
  // The same as another's face: what was wrong, the face or the number, is not told.
  wrongPin: { text: "tryAgain", hint: "faceCamera" },
  antiPassback: { text: "askStaff", hint: null },
  multiPersonIncomplete: { text: "tryAgain", hint: null },
  samePerson: { text: "nextPerson", hint: null },
  groupMissing: { text: "askStaff", hint: null },
  remoteDenied: { text: "askStaff", hint: null },
  occupancyLimit: { text: "occupied", hint: null },
  notAuthorised: { text: "askStaff", hint: null },
  timeout: { text: "tryAgain", hint: "faceCamera" },
  lockdown: { text: "closed", hint: null },
  storageFault: { text: "askStaff", hint: null },
};

/** What the event changes on its access point's display; undefined where it changes nothing. */
export function displayAfter(event: AccessEvent): Display | undefined {
  switch (event.type) {
    case "VerificationStarted":
    case "RemoteVerificationStarted":
      return { text: "look", hint: null };
    case "FaceCountAsked":
      return { text: "look", hint: null };
    case "PinAsked":
      return { text: "enterPin", hint: null };
    case "RemoteGrantAsked":
      return { text: "waitForStaff", hint: null };
    case "PersonVerified":
      return whoIsNext(event);
    case "ChallengeAsked":
      return { text: event.action, hint: null, progress: { step: event.step, of: event.of } };
    case "ChallengeOver":
      return { text: "look", hint: null };
    case "AccessGranted":
      return { text: "welcome", hint: null };
    case "AccessDenied":
    case "AccessWithdrawn":
      return onDenial[event.reason];
    case "AccessTaken":
    case "AccessNotTaken":
      return { text: "ready", hint: null };
    case "CardPresented":
    case "CardRepeated":
    case "PassageReleased":
    case "Egress":
    case "EgressDenied":
    case "CardLockedOut":
    case "CardLockoutEnded":
    case "RepeatedDenials":
    case "KeypadLockoutEnded":
    case "FaceMatched":
    case "PinEntered":
    case "TailgatingFound":
    case "AntiPassbackNoticed":
    case "DuressSignalled":
    case "DuressHoldEnded":
      return undefined;
  }
}

/** Undefined where nobody else is waited for. */
function whoIsNext({
  present,
  of,
  awaitsHost,
}: Extract<AccessEvent, { readonly type: "PersonVerified" }>): Display | undefined {
  if (present < of) return { text: "nextPerson", hint: null, progress: { step: present, of } };
  return awaitsHost ? { text: "waitForHost", hint: null } : undefined;
}
