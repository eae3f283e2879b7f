import type { AccessPointName, DoorName, VestibuleId } from "../names.ts";
import type { Instant, WallTime } from "../time.ts";

/** After IEC 62682 / ISA-18.2. `normal` alarms are not kept, but while they are shelved. */
export type AlarmPhase =
  | "active-unacknowledged"
  | "active-acknowledged"
  | "returned-unacknowledged"
  | "normal";
export type AlarmPriority = "critical" | "high" | "medium" | "low";

/** The alarms this controller raises. */
export type AlarmType =
  | "Duress"
  | "InterlockViolated"
  | "EmergencyRelease"
  | "EmergencyOverride"
  | "PersonDetained"
  | "Tampered"
  | "MainsLost"
  | "BatteryLow"
  | "DoorForcedOpen"
  | "DoorHeldOpen"
  | "LockFault"
  | "ContactFault"
  | "Tailgating"
  | "PresentationAttack"
  | "UnknownCard"
  | "LostCardUsed"
  | "RepeatedDenials"
  | "CameraLost"
  | "CameraFrozen"
  | "CameraCovered"
  | "CameraClockDrift"
  | "ReaderLost"
  | "ControllerLost"
  | "VisionLost"
  | "BrokerLost"
  | "StorageFault"
  | "DiskNearlyFull"
  | "ClockStepped"
  | "ClockUnsynchronised"
  | "AuditBroken"
  /** Nobody outside has signed the journal for longer than the site allows. */
  | "JournalUnwitnessed"
  | "ConfigurationChanged"
  /** No backup succeeded for longer than the site allows. */
  | "BackupOverdue"
  /** Somebody outside asks, again and again, for what is forged, repeated or too late (T10, T11). */
  | "CentreRequestsRefused"
  /** Somebody who was to be told of an alarm was not, or an output or a camera did not do what it was to do. */
  | "AlarmActionFailed";

/** `v1.outer.DoorForcedOpen`: place and type. The same alarm again counts up, it does not multiply. */
export type AlarmId = string;

/** Where an alarm is; what is missing does not apply. */
export interface AlarmPlace {
  readonly vestibule?: VestibuleId;
  readonly door?: DoorName;
  readonly accessPoint?: AccessPointName;
  readonly camera?: string;
}

/** Put aside by somebody, for a while: it goes on and counts, and demands nobody's attention. */
export interface Shelving {
  readonly by: string;
  readonly at: WallTime;
  readonly until: WallTime;
  readonly reason: string;
}

export interface AlarmComment {
  readonly by: string;
  readonly at: WallTime;
  readonly text: string;
}

export interface AlarmRecord {
  readonly id: AlarmId;
  readonly type: AlarmType;
  readonly priority: AlarmPriority;
  readonly place: AlarmPlace;
  readonly phase: AlarmPhase;
  readonly since: WallTime;
  readonly lastAt: Instant;
  readonly count: number;
  /** SHA-256 of evidence pictures, newest last, at most 16. */
  readonly evidence: readonly string[];
  /** For people: what was seen. */
  readonly detail: string | null;
  readonly acknowledged: { readonly by: string; readonly at: WallTime; readonly comment: string } | null;
  readonly shelved: Shelving | null;
  /** In the order in which they were written. */
  readonly comments: readonly AlarmComment[];
}

/** As the domain has it, or as the API shows it. */
interface Standing {
  readonly phase: AlarmPhase;
  readonly shelved: object | null;
}

/** Whether nothing of it is left to show: a shelved one stays where it can be taken from its shelf. */
export const isOver = ({ phase, shelved }: Standing): boolean => phase === "normal" && shelved === null;

/** Whether somebody has to do something: what is shelved or acknowledged waits. */
export const demandsAttention = ({ phase, shelved }: Standing): boolean =>
  shelved === null && (phase === "active-unacknowledged" || phase === "returned-unacknowledged");
