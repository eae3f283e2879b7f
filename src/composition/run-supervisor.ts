import process from "node:process";
import type { Milliseconds } from "../domain/time.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import type { HardwareWatchdog } from "../drivers/hardware-watchdog/hardware-watchdog.ts";
import { endProcess } from "../drivers/process-end/end-process.ts";
import { keepMemoryPrivate } from "../drivers/process-memory/private-memory.ts";
import { notifySystemd } from "../drivers/systemd-notify/notify-systemd.ts";
import type { Role } from "../ports/process-link.ts";
import { Supervisor } from "../supervisor/supervisor.ts";
import { takeBack } from "./commissioning/apply-draft.ts";
import { placesIn } from "./commissioning/places.ts";
import { keepLocks } from "./door-lines.ts";
import { leaveLockLines } from "./lock-lines-file.ts";
import { niceness } from "./niceness.ts";
import { type SiteStart, startVariable } from "./site-start.ts";
import { feedWatchdog, machineWatchdog, startTime, systemdWatchdog } from "./watchdog-feeding.ts";

/** What nearly every watchdog can do (a Raspberry Pi's not 16 s); longer than an interlock that is started again. */
const watchdogTimeout: Milliseconds = 15_000;

/** With these the doors work: people pass by card, or are refused with a reason. */
const indispensable: readonly Role[] = ["interlock", "controller"];

/** The parent of all: becomes it by `vestibule run`, which has checked the configuration. */
export async function runSupervisor(entry: string): Promise<never> {
  // Whatever is started from here inherits the limit.
  keepMemoryPrivate();
  const start = JSON.parse(process.env[startVariable] ?? "null") as SiteStart | null; // left there by ourselves
  if (start === null) throw new Error("this role is started by: vestibule run");
  delete process.env[startVariable];
  const end = await supervise(entry, start).catch((error: unknown) => {
    // The board or its watchdog could not be taken: if by a change that was just applied, that is taken back.
    if (error instanceof Error && isTakenBack(start, error.message)) return again(start);
    throw error;
  });
  if (typeof end === "number") return endProcess(end);
  // As whoever started us would: the file is read and checked anew, and everything else begins from there.
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, entry, "run", ...end.runAgain], {
    ...process.env,
  });
  throw new Error("the site could not be started again: this Node has no process.execve");
}

type End = 0 | 2 | { readonly runAgain: readonly string[] };

/** systemd starts the service again by itself, and parks the locks in between. */
const again = ({ commissioned }: SiteStart): End =>
  process.env["NOTIFY_SOCKET"] === undefined ? { runAgain: commissioned?.runArguments ?? [] } : 0;

function isTakenBack({ commissioned, dataDirectory }: SiteStart, why: string): boolean {
  if (commissioned === undefined || !takeBack(placesIn(dataDirectory), why)) return false;
  say(`the applied configuration is taken back: ${why}`);
  return true;
}

async function supervise(entry: string, start: SiteStart): Promise<End> {
  const simulated: readonly Role[] = start.site.board.kind === "simulated" ? ["building"] : [];
  const clock = new SystemClock();
  // Before anything else, and given back after everything else: the locks, at rest (R10).
  using locks = await keepLocks(start);
  leaveLockLines(start, process.env, say);
  using watchdog = await openWatchdog(start);
  const systemd = await notifySystemd(process.env, say);
  const refused = Promise.withResolvers<2>();
  const changed = Promise.withResolvers<"changed">();
  const supervisor = new Supervisor({
    entry,
    roles: [...simulated, "interlock", "controller", "vision"] as Exclude<Role, "supervisor">[],
    configuration: start,
    clock,
    locks,
    niceness,
    withheld: (role) => (role === "controller" ? [] : ["VESTIBULE_ADMIN_PASSWORD"]),
    onRefusal: () => refused.resolve(2),
    // A year of records on a slow card may take longer than systemd waits for a start that says nothing.
    onProgress: () => {
      if (!supervisor.areUp(indispensable)) systemd.starting(startTime);
    },
    onRunAgain: () => changed.resolve("changed"),
    log: ({ role, event, detail }) => {
      if (event === "up" && supervisor.areUp(indispensable)) systemd.ready();
      if (event === "lost") say(`the ${role} process ended (${detail ?? ""}); it is started again`);
      if (event === "notParked") say(`NOT every lock could be secured, trying again: ${detail ?? ""}`);
    },
  });
  supervisor.start();
  const fed = [systemdWatchdog(systemd), watchdog && machineWatchdog(watchdog, say)].filter(
    (one) => one !== undefined,
  );
  const feeding = fed.map((one) => feedWatchdog(one, clock, () => supervisor.areUp(["interlock"])));
  const end = await Promise.race([interrupted(), refused.promise, changed.promise]);
  for (const one of feeding) one[Symbol.dispose]();
  systemd.stopping();
  await supervisor.stop();
  if (end === "changed") return again(start);
  return end === 2 && isTakenBack(start, "a process could not run by it; the log says why")
    ? again(start)
    : end;
}

/** Refuses to run without the watchdog that the board is said to have; systemd tries again until its driver is there. */
async function openWatchdog({ watchdog: device }: SiteStart): Promise<HardwareWatchdog | undefined> {
  if (device === undefined) return undefined;
  const { openHardwareWatchdog } = await import("../drivers/hardware-watchdog/hardware-watchdog.ts");
  const watchdog = openHardwareWatchdog(device, watchdogTimeout);
  const { identity, timeout, restartedMachine, stoppable } = watchdog;
  say(`${device} (${identity}) restarts this machine when it is not fed for ${timeout / 1_000} s`);
  if (restartedMachine) say("this machine has been restarted by its hardware watchdog");
  if (!stoppable) say(`${device} cannot be stopped: the machine restarts after we have been`);
  return watchdog;
}

const say = (text: string): void => void process.stderr.write(`vestibule: ${text}\n`);

/** Further signals change nothing: a second Ctrl-C must not end the parent before those who hold the doors. */
function interrupted(): Promise<0> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve(0));
  });
}
