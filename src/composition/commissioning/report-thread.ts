import { Worker } from "node:worker_threads";
import type { CommissioningReport } from "../../ports/services/commissioning-services.ts";
import type { CommissioningFacts } from "../../reports/commissioning/commissioning-facts.ts";

const program = new URL("./report-worker.ts", import.meta.url);
const patience = 60_000;

/** The report in both languages, made aside. */
export function pdfsInThread(facts: CommissioningFacts): Promise<CommissioningReport["pdf"]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, {
      workerData: facts,
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    const limit = setTimeout(() => void worker.terminate(), patience);
    worker.once("message", (made: CommissioningReport["pdf"]) => resolve(made));
    worker.once("error", reject);
    worker.once("exit", (code) => {
      clearTimeout(limit);
      reject(new Error(`the commissioning report was not made: its thread ended with ${code}`));
    });
  });
}
