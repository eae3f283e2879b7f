// The thread of reports-in-workers.ts.
import { constants, getPriority, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { openReportSource } from "../drivers/sqlite/report-source.ts";
import { makeReport } from "../reports/make-report.ts";
import type { ReportTask } from "./reports-in-workers.ts";

/** On Linux each thread has its own: whoever decides about doors, and sees, goes before. */
const behind = 10;

try {
  setPriority(0, Math.min(constants.priority.PRIORITY_LOW, getPriority(0) + behind));
} catch {
  // Where the system does not let us be modest, the report is made all the same.
}
const { path, order } = workerData as ReportTask; // handed over by reports-in-workers.ts
using source = openReportSource(path);
const result = await makeReport(order, source);
const memory = result.is === "made" ? result.content.map(({ buffer }) => buffer) : [];
parentPort?.postMessage(
  result,
  memory.filter((one) => one instanceof ArrayBuffer),
);
