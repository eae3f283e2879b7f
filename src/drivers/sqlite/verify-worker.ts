// The thread of verify-in-worker.ts.
import { parentPort, workerData } from "node:worker_threads";
import { verifyJournalIn } from "./open-for-reading.ts";
import type { VerifyWork } from "./verify-in-worker.ts";

const { path, known } = workerData as VerifyWork; // what verify-in-worker.ts hands over
parentPort?.postMessage(verifyJournalIn(path, known));
