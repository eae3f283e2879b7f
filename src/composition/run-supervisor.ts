import process from "node:process";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import type { Role } from "../ports/process-link.ts";
import { Supervisor } from "../supervisor/supervisor.ts";
import { type SiteStart, startVariable } from "./site-start.ts";

/** The parent of all: becomes it by `vestibule run`, which has checked the configuration. */
export async function runSupervisor(entry: string): Promise<0 | 2> {
  const start = JSON.parse(process.env[startVariable] ?? "null") as SiteStart | null; // left there by ourselves
  if (start === null) throw new Error("this role is started by: vestibule run");
  delete process.env[startVariable];
  const simulated: readonly Role[] = start.site.board.kind === "simulated" ? ["building"] : [];
  const refused = Promise.withResolvers<2>();
  const supervisor = new Supervisor({
    entry,
    roles: [...simulated, "interlock", "controller", "vision"] as Exclude<Role, "supervisor">[],
    configuration: start,
    clock: new SystemClock(),
    onRefusal: () => refused.resolve(2),
    log: ({ role, event, detail }) => {
      if (event === "lost")
        process.stderr.write(`vestibule: the ${role} process ended (${detail ?? ""}); it is started again\n`);
    },
  });
  supervisor.start();
  const code = await Promise.race([interrupted(), refused.promise]);
  await supervisor.stop();
  return code;
}

function interrupted(): Promise<0> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve(0));
    process.once("SIGTERM", () => resolve(0));
  });
}
