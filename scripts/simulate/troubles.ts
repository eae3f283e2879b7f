import { doorNames } from "../../src/domain/names.ts";
import { Cause } from "./cause.ts";
import { Draw } from "./draw.ts";
import type { Crowd, Doing } from "./people.ts";
import type { SimulatedSite } from "./site.ts";

/** Everything that can go wrong by itself, and how often compared with the rest. */
const kinds = {
  contactStuckClosed: 4,
  contactStuckOpen: 3,
  contactCut: 4,
  contactFlaps: 4,
  boltStuckThrown: 3,
  boltStuckRetracted: 3,
  boltCut: 3,
  boltJams: 4,
  relayWelded: 3,
  relayDead: 3,
  lineRefuses: 4,
  cameraFails: 6,
  brokerAway: 5,
  brokerSlow: 3,
  diskFails: 6,
  diskNearlyFull: 1,
  clockSteps: 4,
  processKilled: 12,
  processStopped: 8,
  processCrashes: 20,
  powerCut: 2,
  orderlyRestart: 3,
  messagesSlow: 5,
} as const;
export type Trouble = keyof typeof kinds;

/** Lets things go wrong until the building closes. */
export function* bringTrouble(crowd: Crowd, count: (trouble: Trouble) => void): Doing {
  const { site } = crowd;
  const draw = new Draw(site.plan.seed, "troubles");
  // Each seed has its own selection, so that some see much of one thing.
  const chosen = (Object.keys(kinds) as Trouble[]).filter(() => draw.chance(0.5)); // the record's own keys
  const shares = Object.fromEntries(chosen.map((kind) => [kind, kinds[kind]])) as Record<Trouble, number>; // some of them
  if (chosen.length === 0) return;
  const pause = draw.between(4_000, 40_000);
  let number = 0;
  while (!crowd.closing) {
    yield draw.between(Math.round(pause / 4), pause);
    if (crowd.closing) return;
    const trouble = draw.weighted(shares);
    count(trouble);
    site.trace(() => `trouble: ${trouble}`);
    new Cause(site, draw, `${trouble} ${++number}`).bring(trouble);
  }
}

/** What went wrong is put right again. */
export function mendEverything(site: SimulatedSite): void {
  site.crash = undefined;
  site.disk = "works";
  site.freeBytes = 1e9;
  site.slowness = { shortest: 0, longest: 0 };
  site.broker.holdConfirmations(false);
  if (site.broker.state().phase !== "online") site.broker.reconnect();
  for (const camera of site.plan.site.cameras) site.scenes.setHealth(camera, "good");
  mendDoors(site);
}

function mendDoors(site: SimulatedSite): void {
  for (const { id } of site.plan.vestibules) {
    for (const name of doorNames) {
      const door = site.door(id, name);
      door.weld(undefined);
      door.jam(false);
      for (const input of ["contact", "bolt", "rex"] as const)
        if (door.isFitted(input)) door.override(input, null);
      if (door.isOpen()) door.close();
    }
  }
  site.refusing.clear();
  site.busy = true;
}
