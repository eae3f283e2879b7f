import { type DoorName, doorNames, opposite } from "../../src/domain/names.ts";
import { after } from "../../src/domain/time.ts";
import { Draw } from "./draw.ts";
import type { Crowd, Doing } from "./people.ts";
import type { SimulatedSite } from "./site.ts";

const tricks = {
  force: 15,
  lostCard: 15,
  unknownCard: 15,
  strangersCard: 15,
  kick: 20,
  allButtons: 10,
  manyCards: 2,
  follow: 15,
} as const;

/** Somebody who wants in and has no right to. */
export function* rob(name: string, crowd: Crowd, count: (trick: string) => void): Doing {
  const { site } = crowd;
  const draw = new Draw(site.plan.seed, name);
  while (!crowd.closing) {
    yield draw.between(3_000, 40_000);
    if (crowd.closing) return;
    const vestibule = draw.pick(site.plan.vestibules).id;
    const trick = draw.weighted(tricks);
    count(trick);
    site.trace(() => `${name}: ${trick} at ${vestibule}`);
    switch (trick) {
      case "force":
        force(site, vestibule, draw.pick(doorNames));
        break;
      case "lostCard":
        site.oracle.alarms.explain("LostCardUsed", "RepeatedDenials");
        present(site, vestibule, "lost-1");
        break;
      case "unknownCard":
        site.oracle.alarms.explain("UnknownCard", "RepeatedDenials");
        present(site, vestibule, `unknown-${draw.between(1, 5)}`);
        break;
      case "strangersCard":
        yield* withFace(site, vestibule, draw.pick(crowd.people as [(typeof crowd.people)[number]]).card);
        break;
      case "kick":
        yield* kick(site, vestibule, draw);
        break;
      case "allButtons":
        yield* pressAll(site, vestibule, draw);
        break;
      case "manyCards":
        site.oracle.alarms.explain("UnknownCard", "RepeatedDenials");
        for (let card = 0; card < 20; card++) {
          present(site, vestibule, `flood-${card}`);
          yield draw.between(5, 60);
        }
        break;
      case "follow":
        yield* follow(site, vestibule, draw);
        break;
    }
  }
}

/** Tears the door open, whatever its lock says. */
export function force(site: SimulatedSite, vestibule: string, name: DoorName): void {
  const door = site.door(vestibule, name);
  if (door.isOpen()) return;
  const { relays, physics, drawn } = site.oracle.of(vestibule);
  const { alarms } = site.oracle;
  alarms.explain("DoorForcedOpen", "DoorHeldOpen", "InterlockViolated");
  physics.excuse();
  // Where the lock is released, or was until just now, an opening may be the one that was waited for.
  if (
    !relays.isReleased(name) &&
    relays.securedFor(name) > 50 &&
    door.isThrown() &&
    alarms.isSettled(vestibule, name)
  )
    alarms.demand(
      "DoorForcedOpen",
      { vestibule, door: name },
      drawn.policy.doors[name].contactDebounce,
      `${name} was forced`,
    );
  site.busy = true;
  door.force();
}

function present(site: SimulatedSite, vestibule: string, number: string): void {
  site.act({ type: "presentCard", vestibule, accessPoint: "outer-entry", number });
}

/** A card found in the street, with the wrong face behind it. */
function* withFace(site: SimulatedSite, vestibule: string, card: string): Doing {
  site.oracle.alarms.explain("RepeatedDenials");
  site.scenes.stand(vestibule, "outer-entry", -1, true);
  yield 300;
  present(site, vestibule, card);
  yield 2_500;
  site.scenes.stand(vestibule, "outer-entry", -1, false);
}

/** Waits for a door to close, and throws themself against the other one during its settle time. */
function* kick(site: SimulatedSite, vestibule: string, draw: Draw): Doing {
  for (let waited = 0; waited < 200; waited++) {
    const open = doorNames.find((name) => site.door(vestibule, name).isOpen());
    yield 50;
    if (open === undefined || site.door(vestibule, open).isOpen()) continue;
    for (let kicks = 0; kicks < 8; kicks++) {
      site.door(vestibule, opposite(open)).push();
      site.door(vestibule, open).push();
      yield draw.between(10, 200);
    }
    return;
  }
}

function* pressAll(site: SimulatedSite, vestibule: string, draw: Draw): Doing {
  for (let times = draw.between(1, 3); times > 0; times--) {
    for (const name of doorNames) {
      const door = site.door(vestibule, name);
      if (!door.isFitted("rex")) continue;
      site.busy = true;
      door.override("rex", true);
      site.clock.wakeAt(after(site.clock.now(), draw.between(50, 400)), () => door.override("rex", null));
      yield draw.between(0, 100);
    }
    yield draw.between(100, 1_000);
  }
}

/** In through the open door, and then at the next one with everything. */
function* follow(site: SimulatedSite, vestibule: string, draw: Draw): Doing {
  for (let waited = 0; waited < 300; waited++) {
    yield 50;
    if (!site.door(vestibule, "outer").isOpen()) continue;
    for (let pushes = 0; pushes < 20; pushes++) {
      site.door(vestibule, "inner").push();
      yield draw.between(50, 300);
    }
    if (draw.chance(0.2)) force(site, vestibule, "inner");
    return;
  }
}
