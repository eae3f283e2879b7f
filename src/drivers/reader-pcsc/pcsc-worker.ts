import { parentPort } from "node:worker_threads";
import { openPcsc } from "./open-pcsc.ts";
import { PcscWatch } from "./pcsc-watch.ts";

/** How long one wait in the library lasts at most: so long does ending the thread take. */
const waiting = 250;

const still = new Int32Array(new SharedArrayBuffer(4));
const watch = new PcscWatch(openPcsc());
/** Until the thread is ended: whoever waits in a native call hears nothing else. */
for (;;) {
  const started = performance.now();
  for (const news of watch.step(waiting)) parentPort?.postMessage(news);
  // Without a service or a reader nothing waited, and the processor is others'.
  if (performance.now() - started < 1) Atomics.wait(still, 0, 0, waiting);
}
