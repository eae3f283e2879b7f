import type { AccessLevel } from "../../domain/access/access.ts";
import type { DoorName } from "../../domain/names.ts";
import type { WallTime } from "../../domain/time.ts";
import type { JournalQuery } from "../journal.ts";

export const reportNames = ["passages", "denials", "inside", "attendance", "rights"] as const;
export type ReportName = (typeof reportNames)[number];

export const reportFormats = ["csv", "pdf", "json"] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const reportLanguages = ["en", "zh"] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

/** What an operator asks for. */
export interface ReportRequest {
  readonly name: ReportName;
  readonly format: ReportFormat;
  readonly language: ReportLanguage;
  /** Without them: everything there is, up to now. */
  readonly from?: WallTime | undefined;
  readonly to?: WallTime | undefined;
  readonly cardholder?: string | undefined;
  readonly door?: DoorName | undefined;
  readonly mode?: string | undefined;
}

/** Everything that whoever makes it has to know: it is made apart from the controller. */
export interface ReportOrder extends ReportRequest {
  readonly askedBy: string;
  readonly madeAt: WallTime;
  readonly site: {
    readonly id: string;
    readonly name: { readonly en: string; readonly zh: string };
    readonly timeZone: string;
  };
  /** As they are in force now. */
  readonly levels: readonly AccessLevel[];
}

/** A search in the record as a file: what it finds, and no more than whoever asks is shown. */
export interface EventExportRequest {
  readonly language: ReportLanguage;
  readonly search: Omit<JournalQuery, "limit">;
  /** Whether records that tell of duress are among them (A5). */
  readonly seesDuress: boolean;
  /** Whether people are named beside their ids. */
  readonly seesPeople: boolean;
}

export interface EventExportOrder extends EventExportRequest {
  readonly askedBy: string;
  readonly madeAt: WallTime;
  readonly site: ReportOrder["site"];
}

/** A record of the journal: its number and hash. */
export interface JournalPosition {
  readonly seq: number;
  readonly hash: string;
}

export type ReportResult =
  | {
      readonly is: "made";
      /** The newest record when it was made. */
      readonly position: JournalPosition;
      readonly rows: number;
      /** How many records were read for it, each checked against its hash and the one before. */
      readonly verified: number;
      readonly content: readonly Uint8Array[];
    }
  /** The journal it would be made from is not what was written. */
  | { readonly is: "unverified"; readonly seq: number; readonly detail: string }
  | { readonly is: "tooLarge"; readonly most: number; readonly of: "rows" | "bytes" }
  | { readonly is: "tooSlow"; readonly seconds: number };

/** Makes reports aside: nothing that decides about doors waits for them. */
export interface ReportServices {
  /** Rejects with the signal's reason once it is aborted. */
  make(request: ReportRequest, operator: string, signal: AbortSignal): Promise<ReportResult>;
  /** Rejects as `make` does. */
  exportEvents(request: EventExportRequest, operator: string, signal: AbortSignal): Promise<ReportResult>;
}

/** Who makes them. */
export type MakeReport = (order: ReportOrder, signal: AbortSignal) => Promise<ReportResult>;
export type ExportEvents = (order: EventExportOrder, signal: AbortSignal) => Promise<ReportResult>;
