import { Worker } from "node:worker_threads";
import type { AlikeFace } from "../domain/biometric/alike.ts";
import type { SiteKey } from "../drivers/site-key/site-keys.ts";
import type { FaceSearch } from "../ports/face-search.ts";
import { StorageFault } from "../ports/journal.ts";

export interface SearchOrder {
  readonly path: string;
  readonly keys: readonly [SiteKey, ...SiteKey[]];
  readonly search: FaceSearch;
}

/** Longer than 100,000 people take on a slow board; whoever enrols is told to try again. */
const patience = 120_000;

/**
 * Searches in a thread of its own: 100,000 people's templates take seconds to open, and the loop that decides about
 * doors must not wait for them.
 */
export function findAlikeInWorker(order: SearchOrder): Promise<readonly AlikeFace[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly AlikeFace[]>();
  const worker = new Worker(new URL("./alike-worker.ts", import.meta.url), { workerData: order });
  const tooLong = setTimeout(() => {
    reject(new StorageFault("comparing with everybody else took too long"));
    void worker.terminate();
  }, patience);
  worker.once("message", (found: readonly AlikeFace[]) => resolve(found));
  // Errors lose their class between threads.
  worker.once("error", (error) => {
    const detail = error instanceof Error ? error.message : String(error);
    reject(new StorageFault(detail, { cause: error }));
  });
  worker.once("exit", (code) => {
    clearTimeout(tooLong);
    // After any of the others, it changes nothing.
    reject(new StorageFault(`the comparing thread ended with code ${code}`));
  });
  return promise;
}
