// The thread of verify-in-worker.ts.
import { parentPort, workerData } from "node:worker_threads";
import { verifyJournalIn } from "./open-for-reading.ts";

parentPort?.postMessage(verifyJournalIn(String(workerData)));
