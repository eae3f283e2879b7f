import type { AccessEvent } from "../domain/access/access.ts";
import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import type { DecidedOn } from "../ports/decided-on.ts";
import type { JournalEntry, JournalRecord, JsonObject } from "../ports/journal.ts";

/** A record, or what it would have been. */
export interface Outcome {
  readonly type: string;
  readonly at: number;
  readonly payload: JsonObject;
}

export const outcomeOf = ({ type, at, payload }: JournalEntry | JournalRecord): Outcome => ({
  type,
  at,
  payload,
});

export const isSame = (one: Outcome | undefined, other: Outcome | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  one.type === other.type &&
  one.at === other.at &&
  isEqual(one.payload, other.payload);

/** Of plain data; a hundred thousand of these are compared in a second. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [mine, its] = [definedEntries(one), definedEntries(other)];
  const others = new Map(its);
  return (
    mine.length === its.length &&
    mine.every(([key, value]) => others.has(key) && isEqual(value, others.get(key)))
  );
}

/** What JSON would hold of it. */
const definedEntries = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, member]) => member !== undefined);

/** What stands beside the record; chained with it, so it is what this program wrote. */
export const decidedOn = ({ input }: JournalRecord): DecidedOn => (input ?? {}) as DecidedOn;

/** False: both may have written it, or nobody does. */
const accessTypes: Readonly<Record<AccessEvent["type"], boolean>> = {
  CardPresented: true,
  CardRepeated: true,
  VerificationStarted: true,
  ChallengeAsked: true,
  RemoteVerificationStarted: true,
  FaceMatched: true,
  PinAsked: true,
  PinEntered: true,
  RemoteGrantAsked: true,
  PersonVerified: true,
  FaceCountAsked: true,
  TailgatingFound: true,
  AntiPassbackNoticed: true,
  DuressSignalled: true,
  AccessGranted: true,
  AccessDenied: true,
  AccessWithdrawn: true,
  Egress: true,
  EgressDenied: true,
  CardLockedOut: true,
  CardLockoutEnded: true,
  RepeatedDenials: true,
  KeypadLockoutEnded: true,
  DuressHoldEnded: true,
  AccessTaken: false,
  AccessNotTaken: false,
  PassageReleased: false,
  ChallengeOver: false,
};

const isIn = (types: Readonly<Record<string, boolean>>, type: string): boolean =>
  Object.hasOwn(types, type) && types[type] === true;

/** Of the two that both may tell, the access rules' names the person. */
const endings: ReadonlySet<string> = new Set(["AccessTaken", "AccessNotTaken"]);

/** Whether the access rules decided it. */
export const isAccessRecord = ({ type, payload }: Pick<JournalRecord, "type" | "payload">): boolean =>
  isIn(accessTypes, type) || (endings.has(type) && "lead" in payload);

const interlockTypes: Readonly<Record<InterlockEvent["type"], boolean>> = {
  DoorOpened: true,
  DoorClosed: true,
  DoorReleased: true,
  ReleaseRefused: true,
  ReleaseWithdrawn: true,
  DoorSecured: true,
  DoorBecameSecure: true,
  DoorBecameInsecure: true,
  ExitRequested: true,
  DoorHeldOpenWarning: true,
  DoorHeldOpen: true,
  DoorForcedOpen: true,
  DoorFoundOpen: true,
  LockFault: true,
  LockFaultCleared: true,
  ContactFault: true,
  ContactFaultCleared: true,
  FireInputChanged: true,
  EmergencyStarted: true,
  EmergencyDoorReleased: true,
  EmergencyReset: true,
  EmergencyResetRefused: true,
  LockdownStarted: true,
  LockdownEnded: true,
  OverrideProposed: true,
  OverrideLapsed: true,
  OverrideRefused: true,
  OverrideStarted: true,
  OverrideDoorReleased: true,
  OverrideEnded: true,
  PersonDetained: true,
  DetentionEnded: true,
  TamperDetected: true,
  TamperEnded: true,
  MainsLost: true,
  MainsRestored: true,
  BatteryLow: true,
  BatteryRestored: true,
  OccupancyCorrected: true,
  InterlockViolated: true,
  InterlockRestored: true,
  ControllerReturned: true,
  AccessTaken: false,
  AccessNotTaken: false,
  ControllerLost: false,
  ContactRead: false,
  BoltRead: false,
  ControllerHeard: false,
  OccupancyRestored: false,
};

/** Whether the interlock decided it. `ControllerLost` is a process's death where it names no vestibule. */
export const isInterlockRecord = ({ type, payload }: Pick<JournalRecord, "type" | "payload">): boolean =>
  isIn(interlockTypes, type) ||
  (endings.has(type) && "grant" in payload) ||
  (type === "ControllerLost" && typeof payload["vestibule"] === "string");

/** The event that a record of the access rules tells. */
export function accessEventOf({ type, at, payload }: Outcome): AccessEvent {
  const { face, evidence, ...facts } = payload;
  const figures =
    typeof face === "object" && face !== null
      ? { face: { ...(face as JsonObject), evidence } }
      : { face: null };
  // The inverse of `accessEntry`; it is asked for only where records and rules disagree.
  const whole = withFace.has(type) ? { ...facts, ...figures } : payload;
  return { type, at, ...whole } as unknown as AccessEvent;
}

const withFace: ReadonlySet<string> = new Set([
  "FaceMatched",
  "PersonVerified",
  "AccessGranted",
  "AccessDenied",
]);

/** The event that a record of the interlock tells. */
export function interlockEventOf({ type, at, payload }: Outcome): InterlockEvent {
  const { vestibule: _where, passage, grant: kind, enters, people, ...facts } = payload;
  const grant = { id: passage, kind, enters, ...(people === undefined ? {} : { people }) };
  // The inverse of `interlockEntry`; see above.
  return { type, at, ...facts, ...(passage === undefined ? {} : { grant }) } as unknown as InterlockEvent;
}
