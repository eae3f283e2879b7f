import { Worker } from "node:worker_threads";
import { StorageFault } from "../ports/journal.ts";
import type { FigureOrder } from "../ports/services/figure-services.ts";
import type { EventExportOrder, ReportOrder } from "../ports/services/report-services.ts";

/** What the thread is started for. */
export type ReportTask = { readonly path: string } & (
  | { readonly makes: "report"; readonly order: ReportOrder }
  | { readonly makes: "events"; readonly order: EventExportOrder }
  | { readonly makes: "figures"; readonly order: FigureOrder }
);

/** A slow board takes a minute for a year; whoever asks for more is told so. */
const patience = 180_000;

/** What a year of a million records needs several times over. */
const memory = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 };

export type ThreadEnd<Result> =
  | { readonly is: "done"; readonly result: Result }
  | { readonly is: "tooSlow"; readonly seconds: number }
  | { readonly is: "outOfMemory"; readonly most: number };

/**
 * Has something made of the journal's records in a thread of its own: the loop that decides about doors neither reads nor
 * writes anything of it. The thread ends with it, or as soon as nobody waits for it any more. Throws StorageFault.
 */
export async function inReportThread<Result>(
  task: ReportTask,
  signal: AbortSignal,
): Promise<ThreadEnd<Result>> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ThreadEnd<Result>>();
  const worker = new Worker(new URL("./report-worker.ts", import.meta.url), {
    workerData: task,
    resourceLimits: memory,
  });
  const tooLong = setTimeout(() => resolve({ is: "tooSlow", seconds: patience / 1_000 }), patience);
  const abandon = (): void => reject(signal.reason);
  signal.addEventListener("abort", abandon, { once: true });
  worker.once("message", (result: Result) => resolve({ is: "done", result }));
  // Errors lose their class between threads; one of them is the memory's bound.
  worker.once("error", (error) => {
    const outOfMemory =
      error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    if (outOfMemory) resolve({ is: "outOfMemory", most: memory.maxOldGenerationSizeMb * 1_048_576 });
    else reject(new StorageFault(error instanceof Error ? error.message : String(error), { cause: error }));
  });
  // After any of the others, it changes nothing.
  worker.once("exit", (code) => reject(new StorageFault(`the report's thread ended with code ${code}`)));
  try {
    return await promise;
  } finally {
    clearTimeout(tooLong);
    signal.removeEventListener("abort", abandon);
    await worker.terminate();
  }
}
