import type { CallOptions } from "../api/call.ts";
import {
  attendanceAsCsv,
  attendanceAsJson,
  attendanceAsPdf,
  denialsAsCsv,
  denialsAsJson,
  denialsAsPdf,
  type InsideAsJsonData,
  type InsideAsJsonParams,
  insideAsCsv,
  insideAsJson,
  insideAsPdf,
  passagesAsCsv,
  passagesAsJson,
  passagesAsPdf,
  rightsAsCsv,
  rightsAsJson,
  rightsAsPdf,
} from "../api/client.ts";
import { saveFile } from "../api/save-file.ts";

export const reportNames = ["passages", "denials", "attendance", "inside", "rights"] as const;
export type ReportName = (typeof reportNames)[number];
export const fileFormats = ["csv", "pdf"] as const;
export type FileFormat = (typeof fileFormats)[number];

export type ReportQuery = InsideAsJsonParams;
export type ReportTable = InsideAsJsonData;

type Make<Answer> = (query: ReportQuery, options: CallOptions) => Promise<Answer>;

export const tableOf: Readonly<Record<ReportName, Make<ReportTable>>> = {
  passages: passagesAsJson,
  denials: denialsAsJson,
  attendance: attendanceAsJson,
  inside: insideAsJson,
  rights: rightsAsJson,
};

const files: Readonly<Record<FileFormat, Readonly<Record<ReportName, Make<unknown>>>>> = {
  csv: {
    passages: passagesAsCsv,
    denials: denialsAsCsv,
    attendance: attendanceAsCsv,
    inside: insideAsCsv,
    rights: rightsAsCsv,
  },
  pdf: {
    passages: passagesAsPdf,
    denials: denialsAsPdf,
    attendance: attendanceAsPdf,
    inside: insideAsPdf,
    rights: rightsAsPdf,
  },
};

/** A slow board makes a year in minutes; longer than the server itself waits. */
export const patience = 200_000;

/** Has it made and puts it where the browser keeps what was downloaded. Throws ApiError. */
export async function saveReport(
  file: string,
  [name, format]: readonly [ReportName, FileFormat],
  query: ReportQuery,
  signal: AbortSignal,
): Promise<void> {
  const content = await files[format][name](query, { signal, timeoutMs: patience });
  if (!(content instanceof Blob)) throw new TypeError("what came is no file");
  saveFile(file, content);
}
