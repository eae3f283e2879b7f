import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { afterAll, beforeAll, beforeEach, type TestOptions } from "vitest";
import { type HeldUp, timeOfThreads } from "./machine-witness.ts";

const attemptsMore = 3;
/** What a witness still has to say of the last moment. */
const wordMs = 150;

/**
 * For tests that measure what is promised in milliseconds, in files that call `watchMachine`: begun again where the
 * machine held somebody up meanwhile, as a witness tells that knows nothing of the measure. No bound is wider for it:
 * on a machine that keeps up the first attempt decides, and where no attempt keeps the promise the test fails. One that
 * ran out of the test's own time is not begun again: it may still be under way.
 */
export const againWhereHeldUp = {
  // Nothing is begun again by this alone: vitest keeps no function here, and `watchMachine` puts it in its place.
  retry: { count: attemptsMore, condition: /(?!)/ },
} satisfies TestOptions;

const { port1: witnessed, port2: told } = new MessageChannel();
const notices: HeldUp[] = [];
/** When the attempt under way of each test began; side by side where tests are. */
const begun = new Map<string, () => number | undefined>();

/** To be called once, at the top of a file. */
export function watchMachine(): void {
  let witness: Worker | undefined;
  beforeAll(() => {
    const program = new URL("./machine-witness.ts", import.meta.url);
    witness = new Worker(program, { workerData: told, transferList: [told] });
    witness.unref();
  });
  afterAll(async () => {
    witnessed.close();
    await witness?.terminate();
  });
  beforeEach(({ task }) => {
    const { retry } = task;
    const condition = ({ message }: { readonly message: string }): boolean => mayBeginAgain(message);
    if (typeof retry === "object") Object.assign(task, { retry: { ...retry, condition } });
    const at = timeOfThreads();
    begun.set(task.id, () => (task.result?.state === "pass" ? undefined : at));
  });
}

const mayBeginAgain = (message: string): boolean => !message.startsWith("Test timed out") && wasHeldUp();

function wasHeldUp(): boolean {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wordMs);
  for (let message = receiveMessageOnPort(witnessed); message; message = receiveMessageOnPort(witnessed))
    notices.push(message.message as HeldUp); // sent by the witness
  const since = Math.min(...[...begun.values()].map((at) => at() ?? Number.POSITIVE_INFINITY));
  const meanwhile = notices.filter(({ at }) => at >= since).map(({ what }) => what);
  if (meanwhile.length > 0)
    process.stderr.write(`begun again where it can be: ${[...new Set(meanwhile)].slice(-3).join("; ")}\n`);
  return meanwhile.length > 0;
}
