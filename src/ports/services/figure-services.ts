import type { AccessPointName, DoorName, VestibuleId } from "../../domain/names.ts";
import type { Milliseconds, WallTime } from "../../domain/time.ts";
import type { JournalPosition } from "./report-services.ts";

/** What charts are drawn of. */
export interface FigureRequest {
  readonly from: WallTime;
  /** Without it: up to now. */
  readonly to?: WallTime | undefined;
  readonly vestibule?: VestibuleId | undefined;
  readonly door?: DoorName | undefined;
}

/** Everything that whoever makes them has to know: they are made apart from the controller. */
export interface FigureOrder extends FigureRequest {
  readonly madeAt: WallTime;
  readonly timeZone: string;
  /** Those of the site now: one that nothing is on record of has been good. */
  readonly cameras: readonly string[];
}

export const cameraFaults = ["CameraLost", "CameraFrozen", "CameraCovered"] as const;
export type CameraFault = (typeof cameraFaults)[number];

/** Times of passing, each counted in the bin it falls in; what is over the last one in `beyond`. */
export interface Waiting {
  readonly binWidth: Milliseconds;
  readonly bins: readonly number[];
  readonly beyond: number;
  readonly count: number;
  readonly median: Milliseconds | null;
  readonly p95: Milliseconds | null;
}

export interface PassageSeries {
  readonly vestibule: string;
  readonly accessPoint: AccessPointName;
  /** One for each of the period's steps. */
  readonly taken: readonly number[];
  /** By the hour of the site's day, 0 to 23. */
  readonly byHour: readonly number[];
  readonly notTaken: number;
}

/** Of one model: figures of two models cannot be compared. */
export interface ScoreDistribution {
  readonly model: string;
  /** Similarity at the left edge of the first bin. */
  readonly low: number;
  readonly binWidth: number;
  /** Who was let in by it, and who was not because of it. */
  readonly granted: readonly number[];
  readonly faceMismatch: readonly number[];
  /** Similarities below which nobody was taken for the card's owner, in the order in which they were in force. */
  readonly thresholds: readonly { readonly similarity: number; readonly comparisons: number }[];
}

export interface CameraInterval {
  readonly fault: CameraFault;
  readonly from: WallTime;
  /** Null: it lasts to the end of the period. */
  readonly to: WallTime | null;
  /** It had begun before the period. */
  readonly before: boolean;
}

export interface CameraHistory {
  readonly camera: string;
  /** Share of the period without any of the faults, 0 to 1. */
  readonly available: number;
  readonly intervals: readonly CameraInterval[];
  /** More than are listed. */
  readonly omitted: number;
}

export interface AlarmFigures {
  readonly alarm: string;
  readonly raised: number;
  readonly acknowledged: number;
  /** From when it was raised to when somebody acknowledged it. */
  readonly median: Milliseconds | null;
  readonly p95: Milliseconds | null;
  readonly longest: Milliseconds | null;
}

export interface Figures {
  /** The newest record when they were made. */
  readonly position: JournalPosition;
  /** How many records were read for them, each checked against its hash and the one before. */
  readonly verified: number;
  readonly madeAt: WallTime;
  readonly from: WallTime;
  readonly to: WallTime;
  readonly timeZone: string;
  readonly step: "hour" | "day";
  /** When each of them begins, by the site's clock. */
  readonly steps: readonly WallTime[];
  readonly passages: readonly PassageSeries[];
  readonly denials: readonly { readonly reason: string; readonly count: number }[];
  readonly waiting: Waiting;
  readonly scores: readonly ScoreDistribution[];
  readonly cameras: readonly CameraHistory[];
  readonly alarms: readonly AlarmFigures[];
}

export type FigureResult =
  | { readonly is: "made"; readonly figures: Figures }
  /** The journal they would be made from is not what was written. */
  | { readonly is: "unverified"; readonly seq: number; readonly detail: string }
  | { readonly is: "tooSlow"; readonly seconds: number }
  /** Others are being made. */
  | { readonly is: "busy" };

/** Makes figures aside: nothing that decides about doors waits for them. */
export interface FigureServices {
  /** The same again within a minute is the same answer. Rejects with the signal's reason once it is aborted. */
  make(request: FigureRequest, signal: AbortSignal): Promise<FigureResult>;
}

/** Who makes them. */
export type MakeFigures = (
  order: FigureOrder,
  signal: AbortSignal,
) => Promise<Exclude<FigureResult, { readonly is: "busy" }>>;
