import type { Grant, InterlockEvent, OverriddenDoors } from "../domain/interlock/event.ts";
import type { OccupancyChange } from "../domain/interlock/input.ts";
import type { RunningRules } from "../domain/interlock/running-rules.ts";
import type { Bolt, Contact, DoorName, FireInput, Lock, VestibuleId } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";
import type { StepBasis } from "./decided-on.ts";
import type { Reading } from "./door-hardware.ts";

/** Controller → interlock. */
export type InterlockCommand =
  /** `sentAt`: a heartbeat that waited in a queue says nothing about the present. */
  | { readonly type: "heartbeat"; readonly sentAt: Instant }
  | {
      readonly type: "releaseDoor";
      readonly vestibule: VestibuleId;
      readonly door: DoorName;
      readonly grant: Grant;
      /** Later than this nobody stands at the door any more. */
      readonly notAfter: Instant;
    }
  /** A8: of this passage, unless the door has been opened in it. Once it is over this changes nothing. */
  | {
      readonly type: "withdrawRelease";
      readonly vestibule: VestibuleId;
      readonly door: DoorName;
      readonly id: string;
    }
  | { readonly type: "secureAll" }
  /** R14, by an operator's order; said again it changes nothing. */
  | { readonly type: "lockdown"; readonly vestibule: VestibuleId; readonly active: boolean }
  /** R13: one operator's part; `id` comes back in what the interlock makes of it. */
  | {
      readonly type: "override";
      readonly vestibule: VestibuleId;
      readonly id: string;
      readonly doors: OverriddenDoors;
      readonly operator: string;
      readonly notAfter: Instant;
    }
  | { readonly type: "resetEmergency"; readonly vestibule: VestibuleId; readonly id: string }
  /** To a run of the interlock that has just begun: what held before it and is not to be read from a line. */
  | {
      readonly type: "restore";
      readonly vestibule: VestibuleId;
      readonly emergency: boolean;
      readonly people: number;
    }
  /** Who is between the doors, as an operator has it (R15); its record is written. */
  | {
      readonly type: "resetOccupancy";
      readonly vestibule: VestibuleId;
      readonly change: OccupancyChange;
    }
  /** Other rules for a door pair; taken up once nothing is released or open there. Said again it changes nothing. */
  | { readonly type: "configure"; readonly vestibule: VestibuleId; readonly rules: RunningRules }
  /** Everything up to and including `number` of this run is durably recorded and may be forgotten. */
  | { readonly type: "acknowledgeEvents"; readonly run: string; readonly number: number }
  /** Sent by a controller that has just started: answer with a report and everything not acknowledged. */
  | { readonly type: "report" }
  /** Answer with every input as it reads now. */
  | { readonly type: "readLines" };

/** Interlock → controller. */
export type InterlockMessage =
  | {
      readonly type: "event";
      /** Identifies this run of the interlock process. */
      readonly run: string;
      /** 1, 2, 3 … within the run; repeats after a reconnect are the same event. */
      readonly number: number;
      readonly vestibule: VestibuleId;
      readonly event: InterlockEvent;
      /** With the first record of a step: what it was decided on. */
      readonly basis?: StepBasis;
    }
  | {
      readonly type: "report";
      readonly run: string;
      /** Number of the oldest event that is still kept; one more than the last where all are acknowledged. */
      readonly oldest: number;
      readonly vestibules: readonly VestibuleReport[];
    }
  /** Rules that the interlock does not take from anybody, and why; it goes on by those it has. */
  | {
      readonly type: "rulesRefused";
      readonly run: string;
      readonly vestibule: VestibuleId;
      readonly rules: RunningRules;
      readonly fault: string;
    }
  | {
      readonly type: "lines";
      readonly run: string;
      readonly at: Instant;
      readonly lines: readonly LineReport[];
    };

/** One input's wire, for whoever looks for a wrong one. */
export interface LineReport {
  /** `v1.outer.contact` */
  readonly name: string;
  readonly raw: Reading;
  /** What counted last; of a contact it is the raw level too, which safety goes by. Undefined: nothing has yet. */
  readonly steady: Reading | undefined;
  /** Undefined: not since this run of the interlock began. */
  readonly changedAt: Instant | undefined;
  readonly changes: number;
}

export interface DoorReport {
  readonly contact: Contact | "unread";
  readonly bolt: Bolt | "unread";
  readonly lock: Lock;
  readonly secure: boolean;
  /** Since when the lock is as it is. */
  readonly since: Instant;
}

/** What holds for the whole vestibule (R12–R15), and its box. */
export interface VestibuleCondition {
  readonly fire: FireInput;
  /** Latched until it is reset. */
  readonly emergency: boolean;
  readonly lockdown: { readonly order: boolean; readonly input: boolean };
  /** Doors are released by operators. */
  readonly overridden: boolean;
  /** An override that waits for a second operator. */
  readonly proposal: {
    readonly id: string;
    readonly doors: OverriddenDoors;
    readonly operator: string;
    readonly until: Instant;
  } | null;
  /** People between the doors, as far as passages tell. */
  readonly people: number;
  readonly detained: boolean;
  readonly violated: boolean;
  readonly tampered: boolean;
  readonly mains: boolean;
  /** What bridges a failure of the mains is good for it. */
  readonly battery: boolean;
}

export interface VestibuleReport {
  readonly vestibule: VestibuleId;
  readonly condition: VestibuleCondition;
  /** Those it goes by, and others that it takes up as soon as nothing is released or open. */
  readonly rules: { readonly inForce: RunningRules; readonly awaited: RunningRules | null };
  readonly doors: Readonly<Record<DoorName, DoorReport>>;
}
