import type { AccessPointName, DoorName, VestibuleId } from "../names.ts";
import type { Instant, WallTime } from "../time.ts";

/** After IEC 62682 / ISA-18.2. `normal` alarms are not kept. */
export type AlarmPhase =
  | "active-unacknowledged"
  | "active-acknowledged"
  | "returned-unacknowledged"
  | "normal";
export type AlarmPriority = "critical" | "high" | "medium" | "low";

/** The alarms this controller raises; domain.md §5 names those still to come. */
export type AlarmType =
  | "Duress"
  | "InterlockViolated"
  | "EmergencyRelease"
  | "EmergencyOverride"
  | "PersonDetained"
  | "Tampered"
  | "MainsLost"
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
  | "ReaderLost"
  | "ControllerLost"
  | "VisionLost"
  | "BrokerLost"
  | "StorageFault"
  | "DiskNearlyFull"
  | "ClockStepped"
  | "AuditBroken"
  | "ConfigurationChanged";

/** `v1.outer.DoorForcedOpen`: place and type. The same alarm again counts up, it does not multiply. */
export type AlarmId = string;

/** Where an alarm is; what is missing does not apply. */
export interface AlarmPlace {
  readonly vestibule?: VestibuleId;
  readonly door?: DoorName;
  readonly accessPoint?: AccessPointName;
  readonly camera?: string;
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
}
