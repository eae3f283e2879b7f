import type { DenialReason } from "../domain/access/access.ts";
import type { Area } from "../domain/access/input.ts";
import type { VerificationMode } from "../domain/access/policy.ts";
import type { DayKind } from "../domain/access/schedule.ts";
import type { AccessPointName, DoorName } from "../domain/names.ts";
import type { CardholderStatus } from "../ports/directory.ts";
import type { ReportLanguage, ReportName } from "../ports/services/report-services.ts";
import { reportTextsEn } from "./texts-en.ts";
import { reportTextsZh } from "./texts-zh.ts";

export interface ReportTexts {
  readonly titles: Readonly<Record<ReportName, string>>;
  /** What an event search was narrowed by; columns name the rest. */
  readonly search: Readonly<Record<"types" | "before" | "after", string>>;
  readonly columns: Readonly<
    Record<
      | "time"
      | "person"
      | "cardholder"
      | "card"
      | "vestibule"
      | "door"
      | "accessPoint"
      | "mode"
      | "outcome"
      | "openFor"
      | "operator"
      | "reason"
      | "area"
      | "since"
      | "day"
      | "firstIn"
      | "lastOut"
      | "inside"
      | "note"
      | "status"
      | "level"
      | "doors"
      | "schedule"
      | "validFrom"
      | "validUntil"
      | "cards"
      | "number"
      | "seq"
      | "event"
      | "by"
      | "details"
      | "hash",
      string
    >
  >;
  readonly facts: Readonly<
    Record<
      | "site"
      | "period"
      | "timeZone"
      | "only"
      | "askedBy"
      | "madeAt"
      | "rows"
      | "position"
      | "hash"
      | "verified"
      | "beginning"
      | "now"
      | "page",
      string
    >
  >;
  /** How many records were looked at, and that each was as it was written. */
  readonly verifiedRecords: (records: number) => string;
  readonly pageOf: (page: number, pages: number) => string;
  readonly doors: Readonly<Record<DoorName, string>>;
  readonly accessPoints: Readonly<Record<AccessPointName, string>>;
  readonly modes: Readonly<Record<VerificationMode | "rex", string>>;
  readonly outcomes: Readonly<Record<"taken" | "notTaken", string>>;
  readonly reasons: Readonly<Record<DenialReason, string>>;
  readonly areas: Readonly<Record<Area, string>>;
  readonly notes: Readonly<
    Record<"fromDayBefore" | "overMidnight" | "stillInside" | "noEntry" | "openedSince", string>
  >;
  readonly statuses: Readonly<Record<CardholderStatus, string>>;
  readonly days: Readonly<Record<DayKind, string>>;
  readonly always: string;
  readonly everywhere: string;
  readonly unknownLevel: string;
  readonly noLevel: string;
  readonly nobody: string;
  readonly listMark: string;
  readonly total: string;
}

export const reportTexts: Readonly<Record<ReportLanguage, ReportTexts>> = {
  en: reportTextsEn,
  zh: reportTextsZh,
};

/** What a record says in the words of a table; a word that is not there stands as it is. */
export const inWords = (words: Readonly<Record<string, string>>, value: unknown): string =>
  typeof value === "string" ? ((Object.hasOwn(words, value) ? words[value] : undefined) ?? value) : "";
