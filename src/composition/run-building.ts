import { SystemClock } from "../drivers/clock/system-clock.ts";
import { runBuilding as simulate } from "../simulation/building-process.ts";
import { connectToSupervisor } from "../supervisor/child-link.ts";
import { buildingPlanOf } from "./building-plan.ts";
import { ended } from "./run-interlock.ts";
import type { SiteStart } from "./site-start.ts";

/** The simulated building's role: what the lines, readers and cameras of a demo site hang on. */
export async function runBuilding(): Promise<void> {
  const { configuration, link, signal } = await connectToSupervisor();
  const { site } = configuration as SiteStart; // handed over by our own supervisor
  simulate(link, { plan: buildingPlanOf(site), seed: 1, clock: new SystemClock() });
  link.up();
  await ended(signal);
}
