import { Worker } from "node:worker_threads";
import { type JournalVerdict, StorageFault } from "../../ports/journal.ts";
import type { VerifyingKeys } from "./verify-tree.ts";

export interface VerifyWork {
  readonly path: string;
  readonly known: VerifyingKeys;
}

/**
 * Verifies the journal of a data directory in a thread of its own: a million records take the better part
 * of a minute, and the loop that decides about doors must not wait for them.
 */
export function verifyJournalInWorker(path: string, known: VerifyingKeys = {}): Promise<JournalVerdict> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./verify-worker.ts", import.meta.url), {
      workerData: { path, known } satisfies VerifyWork,
    });
    worker.once("message", (verdict: JournalVerdict) => resolve(verdict));
    // Errors lose their class between threads.
    worker.once("error", (error) => {
      const detail = error instanceof Error ? error.message : String(error);
      reject(new StorageFault(detail, { cause: error }));
    });
    // After either of these two, it changes nothing.
    worker.once("exit", (code) => reject(new StorageFault(`the verifying thread ended with code ${code}`)));
  });
}
