import { appendFileSync, existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { inTurns } from "../../src/controller/in-turns.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import type { Role } from "../../src/ports/process-link.ts";
import { connectToSupervisor, tellRefusal } from "../../src/supervisor/child-link.ts";
import { releaseLock } from "./kept-lines.ts";

/** What a child of the supervisor's tests does once it is connected. */
export type ChildHabit =
  | "answers"
  | "neverStops"
  | "refuses"
  /** Says so, and then hangs in its exit. */
  | "refusesAndHangs"
  | "diesYoung"
  | "neverUp"
  /** Has more to read before it is up than it is waited for in silence. */
  | "startsSlowly"
  /** Its loop stands still before it is up. */
  | "hangsAtStart"
  | "releases"
  | "releasesOnce"
  | "blocks";

export interface ChildConfiguration {
  /** Where each child writes what it sees, one JSON line each. */
  readonly trace: string;
  readonly habits: Readonly<Partial<Record<Role, ChildHabit>>>;
  /** `startsSlowly` is done when this file is there. */
  readonly enough?: string;
}

const role = (process.argv[2] ?? "").replace("--role=", "") as Role; // the supervisor's own argument
const { configuration, descriptors, link, signal } = await connectToSupervisor();
const { trace, habits, enough = "" } = configuration as ChildConfiguration; // handed over by the test
const habit = habits[role] ?? "answers";

const write = (what: string, detail: unknown = null): void =>
  appendFileSync(trace, `${JSON.stringify({ role, pid: process.pid, what, detail })}\n`);

function* readingUntil(file: string): Generator<number, void> {
  for (let record = 1; !existsSync(file); record++) yield record;
}

if (habit === "refuses") process.exit(2);
if (habit === "refusesAndHangs") {
  await tellRefusal();
  for (;;);
}
if (habit === "diesYoung") process.exit(7);
link.onMessage((from, message) => write(`from ${from}`, message));
link.onPeer((peer, state) => {
  write(`${peer} ${state}`);
  if (state === "up") link.send(peer, { hello: role });
});
if (habit === "hangsAtStart") {
  write("hangs");
  for (;;);
}
if (habit === "startsSlowly") {
  write("begins");
  await inTurns(readingUntil(enough), new SystemClock(), () => link.progress());
}
// Once released, the next process of this role never gets that far.
const late =
  habit === "releasesOnce" && existsSync(trace) && readFileSync(trace, "utf8").includes("released");
if (habit !== "neverUp" && !late) {
  link.up();
  write("up");
}
if (habit === "releases" || habit === "blocks" || (habit === "releasesOnce" && !late)) {
  const [, lines] = descriptors;
  if (lines !== undefined) releaseLock(lines, 0);
  write("released");
}
// Its loop never turns again.
if (habit === "blocks") for (;;);
// Something to stay for: the connection alone keeps no process alive once it is unreferenced.
const staying = setInterval(() => {}, 1_000);
const stop = (): void => {
  write("stopping");
  if (habit === "neverStops") return;
  clearInterval(staying);
  process.exit(0);
};
if (signal.aborted) stop();
else signal.addEventListener("abort", stop);
