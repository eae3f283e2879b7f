import type { Instant, WallTime } from "../time.ts";
import type { AlarmId, AlarmPlace, AlarmPriority, AlarmType } from "./alarm.ts";

/** What reaches the alarms. */
export type AlarmInput =
  | ConditionInput
  | {
      readonly type: "EvidenceAdded";
      readonly at: Instant;
      readonly alarm: AlarmType;
      readonly place: AlarmPlace;
      readonly evidence: string;
    }
  | ({ readonly type: "Acknowledged"; readonly comment: string } & Order)
  | ({ readonly type: "Shelved"; readonly until: WallTime; readonly reason: string } & Order)
  | ({ readonly type: "Unshelved" } & Order)
  | ({ readonly type: "Commented"; readonly text: string } & Order)
  | { readonly type: "TimePassed"; readonly at: Instant; readonly wall: WallTime }
  /** Nobody will be there to tell what was held back. */
  | { readonly type: "Closing"; readonly at: Instant; readonly wall: WallTime };

/** `ConditionPulsed`: over as soon as it was seen. */
export type ConditionInput =
  | {
      readonly type: "ConditionSeen" | "ConditionPulsed";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly alarm: AlarmType;
      readonly place: AlarmPlace;
      readonly detail: string | null;
      readonly evidence: readonly string[];
      /** The fact behind it is on record by itself, so that a count held back can be counted again from there. */
      readonly recorded?: boolean;
    }
  | {
      readonly type: "ConditionGone";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly alarm: AlarmType;
      readonly place: AlarmPlace;
      readonly recorded?: boolean;
    };

/** What somebody does with one alarm. */
interface Order {
  readonly at: Instant;
  readonly wall: WallTime;
  readonly id: AlarmId;
  readonly by: string;
}

/** `count`: how often it has been seen since it was last normal, this time included. */
interface Sight {
  readonly wall: WallTime;
  readonly priority: AlarmPriority;
  readonly count: number;
  readonly detail: string | null;
  readonly evidence: readonly string[];
}

export type AlarmEvent = { readonly at: Instant } & WhichAlarm &
  (
    | ({ readonly type: "AlarmRaised" } & Sight)
    /** Seen again `times` times without having been told each time; whether it is active has not changed. */
    | ({ readonly type: "AlarmRepeated"; readonly times: number } & Sight)
    | { readonly type: "AlarmReturned" }
    | { readonly type: "AlarmEvidenceAdded"; readonly evidence: string }
    | {
        readonly type: "AlarmAcknowledged";
        readonly wall: WallTime;
        readonly by: string;
        readonly comment: string;
      }
    | {
        readonly type: "AlarmShelved";
        readonly wall: WallTime;
        readonly by: string;
        readonly until: WallTime;
        readonly reason: string;
      }
    | {
        readonly type: "AlarmUnshelved";
        readonly wall: WallTime;
        readonly because: UnshelvingCause;
        /** Who, where `because` is `operator`. */
        readonly by: string | null;
      }
    | {
        readonly type: "AlarmCommented";
        readonly wall: WallTime;
        readonly by: string;
        readonly comment: string;
      }
    /** No record and no message: counted, and told later. */
    | {
        readonly type: "AlarmHeldBack";
        readonly is: "seen" | "pulsed" | "gone" | "evidence";
        readonly detail: string | null;
        readonly evidence: readonly string[];
      }
  );

export type UnshelvingCause = "operator" | "time" | "priority";

/** Type and place stand beside the id, so that whoever follows one door pair's events sees its alarms end. */
export interface WhichAlarm {
  readonly id: AlarmId;
  readonly alarm: AlarmType;
  readonly place: AlarmPlace;
}

export type AlarmEventOf<Type extends AlarmEvent["type"]> = Extract<AlarmEvent, { readonly type: Type }>;

/** Every type that stands in the journal. */
export const alarmEventTypes = [
  "AlarmRaised",
  "AlarmRepeated",
  "AlarmReturned",
  "AlarmEvidenceAdded",
  "AlarmAcknowledged",
  "AlarmShelved",
  "AlarmUnshelved",
  "AlarmCommented",
] as const satisfies readonly AlarmEvent["type"][];

export const isRecorded = ({ type }: Pick<AlarmEvent, "type">): boolean => type !== "AlarmHeldBack";
