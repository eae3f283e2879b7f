import { StorageFault } from "../ports/journal.ts";
import type { FigureResult, MakeFigures } from "../ports/services/figure-services.ts";
import type { ExportEvents, MakeReport, ReportResult } from "../ports/services/report-services.ts";
import { inReportThread, type ThreadEnd } from "./report-thread.ts";

/** Makes a report of the data directory `path`, aside. */
export function reportsInWorkers(path: string): MakeReport {
  return async (order, signal) => {
    return reportIn(await inReportThread<ReportResult>({ path, makes: "report", order }, signal));
  };
}

/** What a search in the record of the data directory `path` finds, aside. */
export function eventsInWorkers(path: string): ExportEvents {
  return async (order, signal) => {
    return reportIn(await inReportThread<ReportResult>({ path, makes: "events", order }, signal));
  };
}

function reportIn(end: ThreadEnd<ReportResult>): ReportResult {
  switch (end.is) {
    case "done":
      return end.result;
    case "tooSlow":
      return end;
    case "outOfMemory":
      return { is: "tooLarge", most: end.most, of: "bytes" };
  }
}

type MadeFigures = Extract<FigureResult, { readonly is: "made" | "unverified" }>;

/** The figures of the data directory `path`, aside. */
export function figuresInWorkers(path: string): MakeFigures {
  return async (order, signal) => {
    const end = await inReportThread<MadeFigures>({ path, makes: "figures", order }, signal);
    switch (end.is) {
      case "done":
        return end.result;
      case "tooSlow":
        return end;
      case "outOfMemory":
        throw new StorageFault(`the figures take more than ${end.most} bytes of memory`);
    }
  };
}
