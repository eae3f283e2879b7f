import type { Grant, InterlockEvent } from "../domain/interlock/event.ts";
import type { Bolt, Contact, DoorName, Lock, VestibuleId } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";

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
  | { readonly type: "secureAll"; readonly cause: "commanded" }
  /** Everything up to and including `number` of this run is durably recorded and may be forgotten. */
  | { readonly type: "acknowledgeEvents"; readonly run: string; readonly number: number }
  /** Sent by a controller that has just started: answer with a report and everything not acknowledged. */
  | { readonly type: "report" };

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
    }
  | {
      readonly type: "report";
      readonly run: string;
      /** Number of the oldest event that is still kept; one more than the last where all are acknowledged. */
      readonly oldest: number;
      readonly vestibules: readonly VestibuleReport[];
    };

export interface DoorReport {
  readonly contact: Contact | "unread";
  readonly bolt: Bolt | "unread";
  readonly lock: Lock;
  readonly secure: boolean;
  /** Since when the lock is as it is. */
  readonly since: Instant;
}

export interface VestibuleReport {
  readonly vestibule: VestibuleId;
  readonly doors: Readonly<Record<DoorName, DoorReport>>;
}
