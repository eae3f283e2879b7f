import { readFileSync } from "node:fs";
import { MessagePort, workerData } from "node:worker_threads";

// A thread that does nothing but notice when the machine keeps somebody waiting: by its own waking, and by the
// kernel's account of how long anybody waited for a core or a disk. It knows nothing of what is measured meanwhile.

/** That the machine held somebody up, noticed at this time of the clock that the threads share. */
export interface HeldUp {
  readonly at: number;
  readonly what: string;
}

/** How late the thread may wake. */
const lateMs = 100;
/** The share of half a second in which somebody may wait for a core, or for a disk. */
const mostWaiting = 0.5;
const overMs = 500;
const wakesEveryMs = 20;
const asksEveryMs = 100;

export const timeOfThreads = (): number => performance.timeOrigin + performance.now();

/** Where it tells what it notices; none for who only imports the above. */
const port: unknown = workerData;
const tell = (what: string): void => {
  if (port instanceof MessagePort) port.postMessage({ at: timeOfThreads(), what } satisfies HeldUp);
};

function noticeLateWaking(): void {
  let due = timeOfThreads() + wakesEveryMs;
  setInterval(() => {
    const late = timeOfThreads() - due;
    due = timeOfThreads() + wakesEveryMs;
    if (late > lateMs) tell(`a timer was ${late.toFixed()} ms late`);
  }, wakesEveryMs);
}

/** Milliseconds since the start in which somebody has waited; undefined where the kernel keeps no account. */
function waited(resource: "cpu" | "io"): number | undefined {
  try {
    const [, total] = /^some .*total=(\d+)/m.exec(readFileSync(`/proc/pressure/${resource}`, "utf8")) ?? [];
    return Number(total) / 1_000;
  } catch {
    return undefined;
  }
}

function noticeWaiting(resource: "cpu" | "io"): void {
  const before: { readonly at: number; readonly total: number }[] = [];
  setInterval(() => {
    const [at, total] = [timeOfThreads(), waited(resource)];
    if (total === undefined) return;
    before.push({ at, total });
    while (before[1] !== undefined && before[1].at <= at - overMs) before.shift();
    const [first] = before;
    if (first === undefined || first.at > at - overMs) return;
    const share = (total - first.total) / (at - first.at);
    if (share > mostWaiting)
      tell(`somebody waited for ${resource} in ${(share * 100).toFixed()} % of a while`);
  }, asksEveryMs);
}

if (port instanceof MessagePort) {
  noticeLateWaking();
  noticeWaiting("cpu");
  noticeWaiting("io");
}
