// The thread of survey-in-worker.ts.
import { parentPort, workerData } from "node:worker_threads";
import { mostSurveyed } from "../../ports/template-store.ts";
import { openTemplatesForReading } from "./open-for-reading.ts";
import type { SurveyOrder } from "./survey-in-worker.ts";

const { path, models, after } = workerData as SurveyOrder; // handed over by survey-in-worker.ts
using templates = openTemplatesForReading(path);
const coverage = templates.coverage(models);
parentPort?.postMessage({
  coverage,
  due: coverage.due === 0 ? [] : templates.due(models, mostSurveyed, after),
});
