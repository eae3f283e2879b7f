// The thread of report-thread.ts: a typeface takes longer to read than a door may wait.
import { parentPort, workerData } from "node:worker_threads";
import type { CommissioningFacts } from "../../reports/commissioning/commissioning-facts.ts";
import { commissioningPdf } from "../../reports/commissioning/commissioning-pdf.ts";

const facts = workerData as CommissioningFacts; // handed over by report-thread.ts
parentPort?.postMessage({ en: commissioningPdf(facts, "en"), zh: commissioningPdf(facts, "zh") });
