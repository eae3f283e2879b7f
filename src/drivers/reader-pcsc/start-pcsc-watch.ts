import { Worker } from "node:worker_threads";
import type { PcscNews } from "./pcsc-watch.ts";

/** Watches until it is disposed. `onEnd`: it ended by itself, and why. */
export type StartPcscWatch = (
  onNews: (news: PcscNews) => void,
  onEnd: (reason: string) => void,
) => AsyncDisposable;

/** In a thread of its own: the library's calls wait. */
export const startPcscWatch: StartPcscWatch = (onNews, onEnd) => {
  const worker = new Worker(new URL("./pcsc-worker.ts", import.meta.url), {
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  let ended = false;
  const end = (reason: string): void => {
    if (!ended) onEnd(reason);
    ended = true;
  };
  worker.on("message", (news: PcscNews) => {
    if (!ended) onNews(news);
  });
  worker.on("error", (error) => end(error.message));
  worker.on("exit", () => end("the thread that watches readers ended"));
  return {
    [Symbol.asyncDispose]: async () => {
      ended = true;
      await worker.terminate();
    },
  };
};
