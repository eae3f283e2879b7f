import { randomUUID } from "node:crypto";
import { interlockPolicyOf } from "../config/policy-of.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { FurtherOutputs } from "../interlock/further-outputs.ts";
import { InterlockProcess } from "../interlock/interlock-process.ts";
import { connectToSupervisor } from "../supervisor/child-link.ts";
import { openDoorHardware } from "./door-lines.ts";
import type { SiteStart } from "./site-start.ts";

/** The interlock's role: the lines of the configured board under the rules of every vestibule. */
export async function runInterlock(): Promise<void> {
  const { configuration, descriptors, link, signal } = await connectToSupervisor();
  const start = configuration as SiteStart; // handed over by our own supervisor
  const { site } = start;
  const clock = new SystemClock();
  await using hardware = await openDoorHardware(start, descriptors, link, clock);
  const vestibules = site.vestibules.map((vestibule) => ({
    id: vestibule.id,
    policy: interlockPolicyOf(site, vestibule),
  }));
  const interlock = new InterlockProcess({ vestibules, hardware, clock, link, run: randomUUID() });
  await interlock.start();
  const outputs = site.alarms.outputs.map(({ name }) => name);
  using _further = new FurtherOutputs(outputs, hardware, clock, link);
  link.up();
  await ended(signal);
  interlock.stop();
}

/** Resolves when the process is to end. */
export function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
