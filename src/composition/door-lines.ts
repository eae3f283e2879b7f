import process from "node:process";
import type { WiredSite } from "../config/site-board.ts";
import type { VestibuleId } from "../domain/names.ts";
import type { LinePlan, VestibuleLinePlan } from "../drivers/gpio/line-plan.ts";
import { createGpioDoorHardware, keepGpioLocks } from "../drivers/gpio/open-gpio.ts";
import type { Clock } from "../ports/clock.ts";
import type { DoorHardware } from "../ports/door-hardware.ts";
import type { LockKeeper } from "../ports/lock-keeper.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import { SimulatedDoorHardware } from "../simulation/simulated-door-hardware.ts";
import { buildingPlanOf } from "./building-plan.ts";
import type { SiteStart } from "./site-start.ts";

/** The lines of a GPIO board, as the processes are handed them. */
export type WiredVestibules = readonly (readonly [VestibuleId, VestibuleLinePlan])[];

/** What the drivers need of a board's profile; its remarks for people stay where they are. */
export function wiredVestibulesOf({ wiring }: WiredSite): WiredVestibules | undefined {
  if (wiring === undefined) return undefined;
  return [...wiring.lines].map(([id, { doors, fire, lockdown, tamper, mains, battery, buzzer, outputs }]) => {
    const [outer, inner] = [doors.outer, doors.inner].map(({ lock, contact, bolt, rex }) => ({
      lock: planned(lock),
      contact: planned(contact),
      bolt: bolt && planned(bolt),
      rex: rex && planned(rex),
    }));
    if (outer === undefined || inner === undefined) throw new Error("a vestibule has two doors");
    return [
      id,
      {
        doors: { outer, inner },
        fire: fire && planned(fire),
        lockdown: lockdown && planned(lockdown),
        tamper: tamper && planned(tamper),
        mains: mains && planned(mains),
        battery: battery && planned(battery),
        buzzer: buzzer && planned(buzzer),
        outputs:
          outputs && Object.fromEntries(Object.entries(outputs).map(([name, line]) => [name, planned(line)])),
      },
    ];
  });
}

const planned = ({ name, chip, line, activeLow, pull }: LinePlan): LinePlan => ({
  name,
  chip,
  line,
  activeLow,
  pull,
});

/** The doors of this site, for the interlock; `descriptors` are those its parent keeps for it. */
export async function openDoorHardware(
  { site, wired }: SiteStart,
  descriptors: readonly (number | undefined)[],
  link: ProcessLink,
  clock: Clock,
): Promise<DoorHardware> {
  const { board } = site;
  if (board.kind === "simulated")
    return new SimulatedDoorHardware(buildingPlanOf(site).vestibules, link, clock);
  const plan = new Map(wired);
  return createGpioDoorHardware({ driver: board.driver, plan, clock, inherited: descriptors, log: say });
}

/**
 * The locks of this site, for the parent, at rest. Undefined on the simulated board, whose building keeps its own.
 * Throws HardwareFault where no lock can be reached, or the profile does not fit this machine.
 */
export async function keepLocks({ site, wired }: SiteStart): Promise<LockKeeper | undefined> {
  const { board } = site;
  if (board.kind === "simulated") return undefined;
  return keepGpioLocks(board.driver, new Map(wired), say);
}

const say = (text: string): void => void process.stderr.write(`vestibule: ${text}\n`);
