import type { JsonObject } from "../journal.ts";
import type { Said } from "./commissioning-services.ts";

/** A line as the interlock reads it now. */
export interface LineView {
  /** `v1.outer.contact` */
  readonly name: string;
  readonly direction: "in" | "out";
  /** As the wire says; of an output what was commanded. */
  readonly raw: LineLevel;
  /** As it counts, debounced. */
  readonly steady: LineLevel;
  /** Milliseconds since the raw level changed last; null: not since the interlock began. */
  readonly changedAgo: number | null;
  readonly changes: number;
  /** Where its wire goes; null where the board says nothing. */
  readonly terminal: string | null;
  readonly chip: string | null;
  readonly line: string | null;
}

/** What a level means, never 0 or 1: `open`, `thrown`, `pressed`, `secured` … */
export type LineLevel =
  | "open"
  | "closed"
  | "thrown"
  | "retracted"
  | "pressed"
  | "idle"
  | "active"
  | "present"
  | "absent"
  | "good"
  | "low"
  | "secured"
  | "released"
  | "fault"
  | "unread";

export interface BoardView {
  /** `simulated`, or the profile's id. */
  readonly id: string;
  readonly name: string;
  readonly notes: string | null;
  /** By name, as the section `lines` takes them; empty on the simulated board. */
  readonly lines: JsonObject;
  /** Whether this machine has its chips; null: not to be told. */
  readonly fits: boolean | null;
}

export interface FoundDevice {
  readonly address: string;
  readonly name: string | null;
  readonly hardware: string | null;
}

/** What a camera said of itself, and which of its streams to take. */
export interface ProbedDevice {
  readonly device: JsonObject;
  readonly streams: readonly {
    readonly token: string;
    readonly codec: string | null;
    readonly width: number | null;
    readonly height: number | null;
    readonly framesPerSecond: number | null;
    readonly suggested: boolean;
  }[];
  /** As the section `cameras` takes it, without the password. */
  readonly suggestion: JsonObject | null;
}

export interface FoundReader {
  readonly kind: "serial" | "hid" | "pcsc";
  readonly device: string;
  readonly name: string | null;
}

/** As `vestibule doctor` says it. */
export interface DoctorFinding {
  readonly area: string;
  readonly subject: string;
  readonly verdict: "good" | "doubtful" | "bad";
  readonly tried: Said;
  readonly seen: Said;
  readonly todo?: Said;
}
