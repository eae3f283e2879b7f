import type { RecordView } from "../../ports/record-view.ts";
import { en } from "../texts/en.ts";

/** True to every line of the journal, but not what one needs to follow. */
const detailTypes: ReadonlySet<string> = new Set([
  "CardPresented",
  "CardRepeated",
  "VerificationStarted",
  "ChallengeAsked",
  "DoorSecured",
  "DoorBecameSecure",
  "DoorBecameInsecure",
  "PassageReleased",
  "AlarmEvidenceAdded",
  "AlarmReturned",
  "EvidenceCaptured",
  "EvidenceViewed",
  "StorageTried",
  "CardIssued",
  "PhotoEnrolled",
  "OperatorLoggedIn",
]);

/** An alarm whose cause stands in the record already, in words of its own. */
const repeatsItsCause = ({ type, ...facts }: RecordView): boolean =>
  type === "AlarmRaised" &&
  typeof facts["alarm"] === "string" &&
  (Object.hasOwn(en.event, facts["alarm"]) || denialAlarms.has(facts["alarm"]));

const denialAlarms: ReadonlySet<string> = new Set(["UnknownCard", "LostCardUsed", "PresentationAttack"]);

export const matters = (record: RecordView): boolean =>
  !detailTypes.has(record.type) && !repeatsItsCause(record);

/** What one searches for together. */
export const recordGroups = [
  "passages",
  "denials",
  "doors",
  "alarms",
  "emergency",
  "people",
  "operators",
  "rules",
  "box",
] as const;
export type RecordGroup = (typeof recordGroups)[number];

/** Every type that has a sentence is in one of them. */
export function groupOf(type: string): RecordGroup {
  return starts.find(([pattern]) => pattern.test(type))?.[1] ?? "box";
}

const starts: readonly (readonly [RegExp, RecordGroup])[] = [
  [
    /^(AccessDenied|EgressDenied|ReleaseRefused|CardLock|RepeatedDen|KeypadLock|Tailgating|AntiPassback)/,
    "denials",
  ],
  [/^(Access|Egress|Exit|Passage|CardPresented|CardRepeated|Challenge|Verification|Face[VMC])/, "passages"],
  [/^(Pin(Asked|Entered)|Remote|PersonVerified|Duress)/, "passages"],
  [/^Alarm/, "alarms"],
  [/^(Emergency|Fire|Lockdown|Override)/, "emergency"],
  [/^(Door|Lock|Contact|Interlock(Vio|Rest)|PersonDet|Detention|Tamper)/, "doors"],
  [/^(Cardholder|Card(Issued|Reported|Replaced|Status)|Photo|Duplicate|Pin|Area|Consent)/, "people"],
  [
    /^(Operator|Password|SecondFactor|RecoveryCode|Passkey|Session|Token|Shift|Approval|Request|Report)/,
    "operators",
  ],
  [/^(Evidence(Viewed)|CameraWatched)/, "operators"],
  [/^(Configuration|Rules|LivenessOff)/, "rules"],
];

export const typesOf = (group: RecordGroup): readonly string[] =>
  Object.keys(en.event).filter((type) => groupOf(type) === group);

/** All but the details. */
export const importantTypes = (): readonly string[] =>
  Object.keys(en.event).filter((type) => !detailTypes.has(type));
