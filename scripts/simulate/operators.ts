import { doorNames, type VestibuleId } from "../../src/domain/names.ts";
import { after, type Milliseconds } from "../../src/domain/time.ts";
import { Draw } from "./draw.ts";
import type { Crowd, Doing } from "./people.ts";
import type { SimulatedSite } from "./site.ts";

const orders = {
  fire: 12,
  lockdown: 12,
  lockdownSwitch: 8,
  override: 16,
  overrideAlone: 6,
  acknowledge: 25,
  tamper: 4,
  mains: 4,
} as const;
export type Order = keyof typeof orders;

const operators = ["ada", "ben", "cleo"] as const;

/** What operators do, and what the box's own inputs bring, until the building closes. */
export function* operate(crowd: Crowd, count: (order: Order) => void): Doing {
  const { site } = crowd;
  const draw = new Draw(site.plan.seed, "operators");
  const pause = draw.between(15_000, 120_000);
  let number = 0;
  while (!crowd.closing) {
    yield draw.between(Math.round(pause / 4), pause);
    if (crowd.closing) return;
    const order = draw.weighted(orders);
    const vestibule = draw.pick(site.plan.vestibules).id;
    count(order);
    number += 1;
    site.trace(() => `order: ${order} at ${vestibule}`);
    yield* carryOutOrder(order, vestibule, crowd, draw, `${order} ${number}`);
  }
}

function* carryOutOrder(order: Order, vestibule: VestibuleId, crowd: Crowd, draw: Draw, name: string): Doing {
  const { site } = crowd;
  switch (order) {
    case "fire":
      site.oracle.fire(vestibule);
      setInput(site, vestibule, "fire", true);
      yield draw.between(2_000, 30_000);
      setInput(site, vestibule, "fire", false);
      yield draw.between(100, 20_000);
      return yield* resetEmergency(site, vestibule, 3);
    case "lockdown":
      ask(site, (services) => services.lockDown(vestibule, "ada", "drill"));
      yield draw.between(2_000, 30_000);
      return ask(site, (services) => services.liftLockdown(vestibule, "ada"));
    case "lockdownSwitch":
      setInput(site, vestibule, "lockdown", true);
      yield draw.between(1_000, 20_000);
      return setInput(site, vestibule, "lockdown", false);
    case "override":
    case "overrideAlone":
      return yield* override(order, vestibule, crowd, draw, name);
    case "acknowledge":
      for (const { id } of site.services?.alarms() ?? [])
        ask(site, (services) => services.acknowledge(id, draw.pick(operators), "seen to"));
      return;
    case "tamper":
      site.oracle.alarms.demand("Tampered", { vestibule }, 0, "the housing was opened");
      setInput(site, vestibule, "tamper", true);
      yield draw.between(1_000, 10_000);
      return setInput(site, vestibule, "tamper", false);
    case "mains":
      site.oracle.alarms.demand("MainsLost", { vestibule }, 0, "the mains failed");
      setInput(site, vestibule, "mains", false);
      yield draw.between(1_000, 10_000);
      return setInput(site, vestibule, "mains", true);
  }
}

/** R13: two different people for the same doors; alone, twice, or too late it must come to nothing. */
function* override(
  order: "override" | "overrideAlone",
  vestibule: VestibuleId,
  crowd: Crowd,
  draw: Draw,
  name: string,
): Doing {
  const { site } = crowd;
  const doors = draw.pick(["both", ...doorNames] as const);
  const askAs = (operator: string): void => {
    if (site.services === undefined) return;
    site.oracle.overrideAsked(vestibule, doors, operator, name);
    ask(site, (services) => services.override(vestibule, doors, operator, "somebody is locked in"));
  };
  askAs("ada");
  yield draw.between(200, 40_000);
  if (!crowd.closing) askAs(order === "override" ? "ben" : "ada");
  const drawn = site.plan.vestibules.find(({ id }) => id === vestibule);
  const over: Milliseconds = (drawn?.policy.overrideTime ?? 0) + 45_000;
  site.clock.wakeAt(after(site.clock.now(), over), () => site.oracle.overrideOver(vestibule, name));
}

function* resetEmergency(site: SimulatedSite, vestibule: VestibuleId, times: number): Doing {
  for (let tried = 0; tried < times && site.oracle.of(vestibule).relays.orders.emergency; tried++) {
    ask(site, (services) => services.resetEmergency(vestibule, "cleo", "false alarm"));
    yield 5_000;
  }
}

/** No fire, no lockdown, nothing open: everything is reset until it is so. */
export function* putInOrder(site: SimulatedSite): Doing {
  for (const { id } of site.plan.vestibules) {
    for (const input of ["fire", "lockdown", "tamper"] as const) setInput(site, id, input, false);
    setInput(site, id, "mains", true);
    ask(site, (services) => services.liftLockdown(id, "ada"));
    yield* resetEmergency(site, id, 6);
  }
  yield* endDuress(site, 6);
  if (site.plan.pins) yield* countAnew(site, 6);
}

/** A4: whoever went along with somebody is still counted where nobody is. */
function* countAnew(site: SimulatedSite, times: number): Doing {
  const order = { cardholder: null, area: null, operator: "cleo", reason: "nobody is between the doors" };
  let done = false;
  for (let tried = 0; tried < times && !done; tried++) {
    ask(site, async ({ presence }) => {
      done = (await presence.reset(order)) === "reset";
    });
    yield 5_000;
  }
}

/** A5: nothing but somebody's comment ends it. */
function* endDuress(site: SimulatedSite, times: number): Doing {
  for (let tried = 0; tried < times; tried++) {
    const forced = site.services?.alarms().filter(({ type }) => type === "Duress") ?? [];
    if (site.services !== undefined && forced.length === 0) return;
    for (const { id } of forced)
      ask(site, (services) => services.acknowledge(id, "cleo", "the police are here"));
    yield 5_000;
  }
}

type Services = NonNullable<SimulatedSite["services"]>;

/** What cannot be recorded is refused, and the operator sees it: no business of theirs to try again at once. */
function ask(site: SimulatedSite, question: (services: Services) => Promise<unknown>): void {
  site.busy = true;
  const { services } = site;
  if (services === undefined) return;
  void question(services).catch((error: unknown) => {
    if (!(error instanceof Error && error.name === "StorageFault")) throw error;
  });
}

function setInput(site: SimulatedSite, vestibule: VestibuleId, input: string, active: boolean): void {
  const name = site.plan.vestibules.length === 1 ? input : `${vestibule}.${input}`;
  if (
    !site.act({ type: "setInput", name, active }) &&
    !site.act({ type: "setInput", name: `${vestibule}.${input}`, active })
  )
    throw new Error(`no input ${name}`);
}
