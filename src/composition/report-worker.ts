// The thread of report-thread.ts.
import { constants, getPriority, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { openReportSource } from "../drivers/sqlite/report-source.ts";
import { exportEvents } from "../reports/export-events.ts";
import { makeFigures } from "../reports/figures/make-figures.ts";
import { makeReport } from "../reports/make-report.ts";
import type { ReportTask } from "./report-thread.ts";

/** On Linux each thread has its own: whoever decides about doors, and sees, goes before. */
const behind = 10;

try {
  setPriority(0, Math.min(constants.priority.PRIORITY_LOW, getPriority(0) + behind));
} catch {
  // Where the system does not let us be modest, the report is made all the same.
}
const task = workerData as ReportTask; // handed over by report-thread.ts
using source = openReportSource(task.path);
if (task.makes === "figures") {
  parentPort?.postMessage(makeFigures(task.order, source));
} else {
  const result = await (task.makes === "events"
    ? exportEvents(task.order, source)
    : makeReport(task.order, source));
  const memory = result.is === "made" ? result.content.map(({ buffer }) => buffer) : [];
  parentPort?.postMessage(
    result,
    memory.filter((one) => one instanceof ArrayBuffer),
  );
}
