import type { Card } from "../directory.ts";
import type { EnrolmentServices } from "./enrolment-services.ts";

/** People's cards, PINs and lists, beyond what the controller has always offered. Each change is recorded. */
export interface PeopleServices {
  readonly enrolment: EnrolmentServices;
  setCardStatus(number: string, status: "active" | "suspended" | "revoked", operator: string): Promise<Card>;
  /** Kept as hashes; rejects with DirectoryRefusal where one will not do, and says no digit of it. */
  setPin(
    id: string,
    pins: { readonly pin: string; readonly duressPin?: string | undefined },
    operator: string,
  ): Promise<void>;
  removePin(id: string, operator: string): Promise<void>;
  /** Everybody in the file, or nobody. */
  importPeople(file: Uint8Array, mode: { readonly dryRun: boolean }, operator: string): Promise<ImportReport>;
}

export const importColumns = [
  "name",
  "number",
  "kind",
  "groups",
  "accessLevels",
  "cards",
  "validFrom",
  "validUntil",
  "host",
] as const;
export type ImportColumn = (typeof importColumns)[number];

export interface ImportFault {
  /** As a spreadsheet numbers it: the header is 1. */
  readonly row: number;
  /** Null where it is about the row, or the file, as a whole. */
  readonly column: ImportColumn | null;
  /** What stood there, shortened. */
  readonly value: string | null;
  readonly message: { readonly en: string; readonly zh: string };
}

export interface ImportReport {
  /** False: a dry run, or nothing was taken because of the faults. */
  readonly imported: boolean;
  readonly people: number;
  readonly cards: number;
  /** In the file's order, at most 1,000. */
  readonly faults: readonly ImportFault[];
  /** There are more of them than are listed. */
  readonly moreFaults: boolean;
  /** SHA-256 of the file, as the journal has it. */
  readonly sha256: string;
}
