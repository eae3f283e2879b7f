import process from "node:process";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import type { Role } from "../ports/process-link.ts";
import { Supervisor } from "../supervisor/supervisor.ts";
import { type SiteStart, startVariable } from "./site-start.ts";

/** The parent of all: becomes it by `vestibule run`, which has checked the configuration. */
export async function runSupervisor(entry: string): Promise<void> {
  const start = JSON.parse(process.env[startVariable] ?? "null") as SiteStart | null; // left there by ourselves
  if (start === null) throw new Error("this role is started by: vestibule run");
  delete process.env[startVariable];
  const simulated: readonly Role[] = start.site.board.kind === "simulated" ? ["building"] : [];
  const supervisor = new Supervisor({
    entry,
    roles: [...simulated, "interlock", "controller", "vision"] as Exclude<Role, "supervisor">[],
    configuration: start,
    clock: new SystemClock(),
    log: ({ role, event, detail }) => {
      if (event === "lost")
        process.stderr.write(`vestibule: the ${role} process ended (${detail ?? ""}); it is started again\n`);
    },
  });
  supervisor.start();
  await interrupted();
  await supervisor.stop();
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
