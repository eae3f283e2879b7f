import { appendFileSync, existsSync } from "node:fs";
import process from "node:process";
import { buildingPlanOf } from "../../../src/composition/building-plan.ts";
import type { SiteStart } from "../../../src/composition/site-start.ts";
import { accessPointNames } from "../../../src/domain/names.ts";
import { SystemClock } from "../../../src/drivers/clock/system-clock.ts";
import { runBuilding } from "../../../src/simulation/building-process.ts";
import { connectToSupervisor } from "../../../src/supervisor/child-link.ts";
import type { Order, Sighting } from "./order.ts";

const clock = new SystemClock();
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Long enough for a contact to be believed, and for the same alarm not to come so often that it is bundled. */
const open = 140;
const closed = 160;

/** The simulated building, in which one door after the other is forced while cards are presented everywhere. */
export async function forceDoors(): Promise<void> {
  const { configuration, link, signal } = await connectToSupervisor();
  const { site } = configuration as SiteStart; // handed over by the benchmark's own supervisor
  const building = runBuilding(link, { plan: buildingPlanOf(site), seed: 1, clock });
  link.up();
  const order = JSON.parse(process.env["VESTIBULE_ALARMS"] ?? "null") as Order; // left there by the benchmark
  const doors = order.vestibules.flatMap((vestibule) =>
    (["outer", "inner"] as const).map((door) => ({ vestibule, door })),
  );
  while (!existsSync(`${order.trace}.go`) && !signal.aborted) await pause(50);
  if (signal.aborted) return;
  let card = 0;
  const presenting = setInterval(() => {
    const accessPoint = accessPointNames[card % accessPointNames.length] ?? "outer-entry";
    const vestibule = order.vestibules[card % order.vestibules.length] ?? "v1";
    building.act({ type: "presentCard", vestibule, accessPoint, number: String(900_000 + card++) });
  }, 1000 / order.cards);
  for (let edge = 0; edge < order.edges && !signal.aborted; edge++) {
    const { vestibule, door } = doors[edge % doors.length] ?? { vestibule: "v1", door: "outer" };
    const name = `${order.vestibules.length > 1 ? `${vestibule}.` : ""}${door}.contact`;
    const id = `${vestibule}.${door}.DoorForcedOpen`;
    const sighting: Sighting = { id, count: 1 + Math.floor(edge / doors.length), at: clock.now() };
    building.act({ type: "setInput", name, active: true });
    appendFileSync(order.trace, `${JSON.stringify(sighting)}\n`);
    // Not in step with anything that has a beat of its own.
    await pause(open + Math.random() * 20);
    building.act({ type: "setInput", name, active: null });
    await pause(closed + Math.random() * 20);
  }
  clearInterval(presenting);
  appendFileSync(order.trace, "done\n");
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
}
