import { describe, expect, test } from "vitest";
import type { AccessEvent, DenialReason, FaceFacts } from "../access/access.ts";
import { face } from "../access/given.ts";
import type { InterlockEvent } from "../interlock/interlock.ts";
import { instant } from "../time.ts";
import { type Condition, conditionsOfAccess, conditionsOfInterlock } from "./conditions.ts";

const at = instant(1);
const door = "inner";
const grant = { id: "anna", kind: "access", enters: true } as const;
const line = ({ is, alarm, place, detail }: Condition): string =>
  [is, alarm, ...Object.values(place), ...(detail === null ? [] : [`(${detail})`])].join(" ");

/** One of each type: a new one does not compile until it stands here. */
const interlock: {
  readonly [T in InterlockEvent["type"]]: readonly [
    Extract<InterlockEvent, { readonly type: T }>,
    ...string[],
  ];
} = {
  ContactRead: [{ type: "ContactRead", at, door, contact: "open" }],
  BoltRead: [{ type: "BoltRead", at, door, bolt: "thrown" }],
  DoorOpened: [{ type: "DoorOpened", at, door, edgeAt: at, cause: "forced" }],
  DoorClosed: [
    { type: "DoorClosed", at, door, edgeAt: at, openFor: 1 },
    "gone DoorForcedOpen v1 inner",
    "gone DoorHeldOpen v1 inner",
  ],
  DoorReleased: [{ type: "DoorReleased", at, door, grant, until: at }],
  ReleaseRefused: [{ type: "ReleaseRefused", at, door, grant, reason: "stale" }],
  ReleaseWithdrawn: [{ type: "ReleaseWithdrawn", at, door, grant }],
  DoorSecured: [{ type: "DoorSecured", at, door, cause: "timeUp" }],
  DoorBecameSecure: [{ type: "DoorBecameSecure", at, door }],
  DoorBecameInsecure: [{ type: "DoorBecameInsecure", at, door }],
  AccessTaken: [{ type: "AccessTaken", at, door, grant, openFor: 1 }],
  AccessNotTaken: [{ type: "AccessNotTaken", at, door, grant }],
  ExitRequested: [{ type: "ExitRequested", at, door }],
  DoorHeldOpenWarning: [{ type: "DoorHeldOpenWarning", at, door }],
  DoorHeldOpen: [{ type: "DoorHeldOpen", at, door }, "seen DoorHeldOpen v1 inner"],
  DoorForcedOpen: [{ type: "DoorForcedOpen", at, door }, "seen DoorForcedOpen v1 inner"],
  DoorFoundOpen: [
    { type: "DoorFoundOpen", at, door },
    "seen DoorHeldOpen v1 inner (found open at the start)",
  ],
  LockFault: [{ type: "LockFault", at, door, fault: "notThrown" }, "seen LockFault v1 inner (notThrown)"],
  LockFaultCleared: [{ type: "LockFaultCleared", at, door }, "gone LockFault v1 inner"],
  ContactFault: [{ type: "ContactFault", at, door, fault: "line" }, "seen ContactFault v1 inner (line)"],
  ContactFaultCleared: [{ type: "ContactFaultCleared", at, door }, "gone ContactFault v1 inner"],
  FireInputChanged: [
    { type: "FireInputChanged", at, value: "fault" },
    "seen ContactFault v1 (the fire input)",
  ],
  EmergencyStarted: [{ type: "EmergencyStarted", at, cause: "fire" }, "seen EmergencyRelease v1"],
  EmergencyDoorReleased: [{ type: "EmergencyDoorReleased", at, door }],
  EmergencyReset: [{ type: "EmergencyReset", at, id: "r" }, "gone EmergencyRelease v1"],
  EmergencyResetRefused: [{ type: "EmergencyResetRefused", at, id: "r", reason: "stillActive" }],
  LockdownStarted: [{ type: "LockdownStarted", at, by: "order" }],
  LockdownEnded: [{ type: "LockdownEnded", at, by: "order" }],
  OverrideProposed: [{ type: "OverrideProposed", at, id: "o", doors: "both", operator: "wang", until: at }],
  OverrideLapsed: [{ type: "OverrideLapsed", at, id: "o" }],
  OverrideRefused: [{ type: "OverrideRefused", at, id: "o", reason: "samePerson" }],
  OverrideStarted: [
    { type: "OverrideStarted", at, id: "o", doors: "both", operators: ["wang", "li"], until: at },
    "seen EmergencyOverride v1 (wang, li)",
  ],
  OverrideDoorReleased: [{ type: "OverrideDoorReleased", at, door, until: at }],
  OverrideEnded: [{ type: "OverrideEnded", at }, "gone EmergencyOverride v1"],
  PersonDetained: [{ type: "PersonDetained", at, since: at }, "seen PersonDetained v1"],
  DetentionEnded: [{ type: "DetentionEnded", at }, "gone PersonDetained v1"],
  TamperDetected: [{ type: "TamperDetected", at }, "seen Tampered v1"],
  TamperEnded: [{ type: "TamperEnded", at }, "gone Tampered v1"],
  MainsLost: [{ type: "MainsLost", at }, "seen MainsLost v1"],
  MainsRestored: [{ type: "MainsRestored", at }, "gone MainsLost v1"],
  BatteryLow: [{ type: "BatteryLow", at }, "seen BatteryLow v1"],
  BatteryRestored: [{ type: "BatteryRestored", at }, "gone BatteryLow v1"],
  OccupancyRestored: [{ type: "OccupancyRestored", at, people: 1 }],
  OccupancyCorrected: [{ type: "OccupancyCorrected", at, people: 1 }],
  InterlockViolated: [{ type: "InterlockViolated", at }, "seen InterlockViolated v1"],
  InterlockRestored: [{ type: "InterlockRestored", at }, "gone InterlockViolated v1"],
  ControllerHeard: [{ type: "ControllerHeard", at, sentAt: at }],
  ControllerLost: [{ type: "ControllerLost", at }, "seen ControllerLost (the controller was silent)"],
  ControllerReturned: [{ type: "ControllerReturned", at, sentAt: at }, "gone ControllerLost"],
};

const facts = {
  at,
  vestibule: "v1",
  accessPoint: "outer-entry",
  passage: "p",
  card: "c",
  cardholder: null,
} as const;

const figures: FaceFacts = {
  score: 0.9,
  distance: 0.1,
  threshold: 0.5,
  margin: 0.4,
  liveness: null,
  model: "m",
  modelHash: "00",
  framesUsed: 1,
  framesSeen: 1,
  frameTimes: [],
  quality: {},
  timings: {},
  evidence: null,
  attackFrames: [],
};

const access: {
  readonly [T in AccessEvent["type"]]: readonly [Extract<AccessEvent, { readonly type: T }>, ...string[]];
} = {
  CardPresented: [{ type: "CardPresented", format: "f", ...facts }],
  AccessWithdrawn: [
    { type: "AccessWithdrawn", ...facts, reason: "lostCredential", lead: "p" },
    "pulsed LostCardUsed v1 outer-entry",
  ],
  CardRepeated: [{ type: "CardRepeated", ...facts }],
  VerificationStarted: [
    { type: "VerificationStarted", mode: "card", wants: ["face"], liveness: "off", until: at, ...facts },
  ],
  ChallengeAsked: [
    { type: "ChallengeAsked", action: "blink", step: 1, of: 2, until: at, patience: at, ...facts },
  ],
  ChallengeOver: [{ type: "ChallengeOver", ...facts }],
  AccessGranted: [
    {
      type: "AccessGranted",
      mode: "card",
      presentedAt: at,
      face: null,
      lead: "p",
      people: 1,
      operator: null,
      groups: [],
      ...facts,
    },
  ],
  AccessDenied: [
    { type: "AccessDenied", reason: "unknownCredential", detail: null, face: null, ...facts },
    "pulsed UnknownCard v1 outer-entry",
  ],
  PassageReleased: [{ type: "PassageReleased", presentedAt: at, ...facts }],
  AccessTaken: [{ type: "AccessTaken", openFor: 1, lead: "p", groups: [], ...facts }],
  AccessNotTaken: [{ type: "AccessNotTaken", lead: "p", ...facts }],
  Egress: [{ type: "Egress", at, vestibule: "v1", door, passage: "p" }],
  EgressDenied: [{ type: "EgressDenied", at, vestibule: "v1", door, reason: "interlocked" }],
  CardLockedOut: [
    { type: "CardLockedOut", until: at, failures: 3, ...facts },
    "pulsed RepeatedDenials v1 outer-entry (3 in a row)",
  ],
  CardLockoutEnded: [{ type: "CardLockoutEnded", at, card: "c" }],
  RepeatedDenials: [
    { type: "RepeatedDenials", failures: 4, until: at, ...facts },
    "pulsed RepeatedDenials v1 outer-entry (4 in a row)",
  ],
  KeypadLockoutEnded: [{ type: "KeypadLockoutEnded", ...facts }],
  RemoteVerificationStarted: [
    {
      type: "RemoteVerificationStarted",
      operator: "o",
      reason: "",
      mode: "face+remote",
      wants: ["face"],
      liveness: "off",
      until: at,
      ...facts,
    },
  ],
  FaceMatched: [{ type: "FaceMatched", face: figures, ...facts }],
  PinAsked: [{ type: "PinAsked", mode: "card+pin", wants: ["pin"], until: at, ...facts }],
  PinEntered: [{ type: "PinEntered", correct: true, ...facts }],
  RemoteGrantAsked: [{ type: "RemoteGrantAsked", mode: "card", wants: ["remote"], until: at, ...facts }],
  PersonVerified: [
    {
      type: "PersonVerified",
      mode: "card",
      face: null,
      presentedAt: at,
      operator: null,
      groups: [],
      host: null,
      present: 1,
      of: 2,
      missing: [],
      awaitsHost: false,
      until: at,
      ...facts,
    },
  ],
  FaceCountAsked: [{ type: "FaceCountAsked", camera: "c", passages: ["p"], until: at, ...facts }],
  TailgatingFound: [
    { type: "TailgatingFound", faces: 2, verified: 1, evidence: "e", ...facts },
    "pulsed Tailgating v1 outer-entry (2 faces, 1 verified)",
  ],
  AntiPassbackNoticed: [{ type: "AntiPassbackNoticed", area: "secure", ...facts }],
  DuressSignalled: [
    { type: "DuressSignalled", form: "pin", policy: "grant", ...facts },
    "seen Duress v1 outer-entry (pin)",
  ],
  DuressHoldEnded: [{ type: "DuressHoldEnded", at, vestibule: "v1" }],
};

describe("what an event of the interlock means for the alarms", () => {
  test.each(Object.values(interlock).map(([event, ...expected]) => ({ event, type: event.type, expected })))(
    "$type → $expected",
    ({ event, expected }) => expect(conditionsOfInterlock("v1", event).map(line)).toEqual(expected),
  );
});

describe("what an event at an access point means for the alarms", () => {
  test.each(Object.values(access).map(([event, ...expected]) => ({ event, type: event.type, expected })))(
    "$type → $expected",
    ({ event, expected }) => expect(conditionsOfAccess(event).map(line)).toEqual(expected),
  );

  test.each<[DenialReason, readonly string[]]>([
    ["lostCredential", ["pulsed LostCardUsed v1 outer-entry"]],
    ["notLive", ["pulsed PresentationAttack v1 outer-entry"]],
    ["interlocked", []],
    ["faceMismatch", []],
    ["suspendedCredential", []],
    ["storageFault", []],
  ])("A8: denied for %s → %j", (reason, expected) => {
    const denied: AccessEvent = { type: "AccessDenied", reason, detail: null, face: null, ...facts };
    expect(conditionsOfAccess(denied).map(line)).toEqual(expected);
  });

  test("T15: an attack's alarm has each picture once, the deciding one last", () => {
    const seen = { ...face, evidence: "cc", attackFrames: ["aa", "bb"] };
    const denied = {
      type: "AccessDenied",
      reason: "notLive",
      detail: "raster",
      face: seen,
      ...facts,
    } as const;
    const known = { ...denied, face: { ...seen, evidence: "aa" } };
    const evidence = (event: AccessEvent) => conditionsOfAccess(event).map((one) => one.evidence);
    expect(evidence(denied)).toEqual([["aa", "bb", "cc"]]);
    expect(evidence(known)).toEqual([["aa", "bb"]]);
  });
});
