import process from "node:process";
import { after } from "../domain/time.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { notifySystemd, type SystemdNotifier } from "../drivers/systemd-notify/notify-systemd.ts";
import type { Clock } from "../ports/clock.ts";
import type { Role } from "../ports/process-link.ts";
import { Supervisor } from "../supervisor/supervisor.ts";
import { type SiteStart, startVariable } from "./site-start.ts";

/** With these the doors work: people pass by card, or are refused with a reason. */
const indispensable: readonly Role[] = ["interlock", "controller"];

/** The parent of all: becomes it by `vestibule run`, which has checked the configuration. */
export async function runSupervisor(entry: string): Promise<0 | 2> {
  const start = JSON.parse(process.env[startVariable] ?? "null") as SiteStart | null; // left there by ourselves
  if (start === null) throw new Error("this role is started by: vestibule run");
  delete process.env[startVariable];
  const simulated: readonly Role[] = start.site.board.kind === "simulated" ? ["building"] : [];
  const clock = new SystemClock();
  const systemd = await notifySystemd(process.env, (fault) => process.stderr.write(`vestibule: ${fault}\n`));
  const refused = Promise.withResolvers<2>();
  const supervisor = new Supervisor({
    entry,
    roles: [...simulated, "interlock", "controller", "vision"] as Exclude<Role, "supervisor">[],
    configuration: start,
    clock,
    onRefusal: () => refused.resolve(2),
    log: ({ role, event, detail }) => {
      if (event === "up" && supervisor.areUp(indispensable)) systemd.ready();
      if (event === "lost")
        process.stderr.write(`vestibule: the ${role} process ended (${detail ?? ""}); it is started again\n`);
    },
  });
  supervisor.start();
  const feeding = feedWatchdog(systemd, clock, () => supervisor.areUp(["interlock"]));
  const code = await Promise.race([interrupted(), refused.promise]);
  feeding?.[Symbol.dispose]();
  systemd.stopping();
  await supervisor.stop();
  return code;
}

/**
 * While we turn and the interlock holds the lines. Not the others: they are restarted by us, and a camera that keeps
 * vision from starting must not make systemd restart the doors with it.
 */
function feedWatchdog(
  { interval, alive }: SystemdNotifier,
  clock: Clock,
  isAlive: () => boolean,
): Disposable | undefined {
  if (interval === undefined) return undefined;
  let next: Disposable;
  const feed = (): void => {
    if (isAlive()) alive();
    next = clock.wakeAt(after(clock.now(), interval), feed);
  };
  feed();
  return { [Symbol.dispose]: () => next[Symbol.dispose]() };
}

/** Further signals change nothing: a second Ctrl-C must not end the parent before those who hold the doors. */
function interrupted(): Promise<0> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve(0));
  });
}
