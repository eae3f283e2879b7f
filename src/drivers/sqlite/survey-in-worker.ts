import { Worker } from "node:worker_threads";
import { StorageFault } from "../../ports/journal.ts";
import type { SurveyTemplates, TemplateSurvey } from "../../ports/template-store.ts";

export interface SurveyOrder {
  readonly path: string;
  readonly models: readonly string[];
  readonly after: string;
}

/** In a thread of its own: over 100,000 people it takes a second, and the loop that decides about doors has none. */
export const surveyInWorker =
  (path: string): SurveyTemplates =>
  (models, after) => {
    const { promise, resolve, reject } = Promise.withResolvers<TemplateSurvey>();
    const order: SurveyOrder = { path, models, after };
    const worker = new Worker(new URL("./survey-worker.ts", import.meta.url), { workerData: order });
    worker.unref();
    worker.once("message", (survey: TemplateSurvey) => resolve(survey));
    // Errors lose their class between threads.
    worker.once("error", (error) => {
      const detail = error instanceof Error ? error.message : String(error);
      reject(new StorageFault(detail, { cause: error }));
    });
    // After either of these two, it changes nothing.
    worker.once("exit", (code) => reject(new StorageFault(`the surveying thread ended with code ${code}`)));
    return promise;
  };
