import type { DoorPolicy, InterlockPolicy } from "../../src/domain/interlock/interlock.ts";
import { type Freedom, never, type Variant } from "./variant.ts";

interface Chosen extends Partial<DoorPolicy>, Partial<Omit<InterlockPolicy, "doors">> {
  readonly name: string;
  /** Where the inner door's rules differ from the outer's. */
  readonly inner?: Partial<DoorPolicy>;
  readonly freedom?: Freedom;
  readonly step?: number;
  readonly short?: boolean;
}

/** Every time that is not the variant's own is either nothing or never; every limit is never. */
const door: DoorPolicy = {
  lockKind: "fail-secure",
  bolt: "unfitted",
  releaseTime: 1_000,
  relockOnOpen: true,
  relockDelay: 0,
  heldOpenTime: never,
  heldOpenWarning: 0,
  boltTime: 1_000,
  flapLimit: never,
  contactDebounce: 0,
  stuckContactLimit: never,
};
const pair = {
  settleTime: 0,
  heartbeatTime: never,
  onFire: "both",
  priority: "fire",
  overrideWindow: 1_000,
  overrideTime: 1_000,
  dwellTime: never,
} as const;

function variant({ name, inner, freedom = {}, step = 1_000, short = false, ...chosen }: Chosen): Variant {
  const outer = { ...door, ...pick(door, chosen) };
  const policy = { ...pair, ...pick(pair, chosen), doors: { outer, inner: { ...outer, ...inner } } };
  return { name, policy, freedom, step, short };
}

/** Those of `chosen` that `of` has. */
function pick<T extends object>(of: T, chosen: object): Partial<T> {
  // Chosen has nothing but keys of the two policies, each with its type.
  return Object.fromEntries(Object.entries(chosen).filter(([key]) => key in of)) as Partial<T>;
}

const misread: Freedom = { contactFaults: true, boltFaults: true };
const anything: Freedom = {
  ...misread,
  lineFaults: true,
  controller: true,
  oddRequests: true,
  withdrawals: true,
};

/** Every time is nothing: whatever the order of inputs. */
const orders: readonly Chosen[] = [
  { name: "orders", freedom: { ...anything, lateInputs: true }, short: true },
  // Nothing in the rules asks for the kind of lock: the same figures as above are the proof of it.
  { name: "orders, fail-safe locks", lockKind: "fail-safe", freedom: anything, short: true },
  { name: "orders, stays released", relockOnOpen: false, freedom: anything, short: true },
  { name: "orders, bolt inside only", inner: { bolt: "fitted", boltTime: 0 }, freedom: anything },
  { name: "orders, bolts", bolt: "fitted", boltTime: 0, freedom: anything },
  {
    name: "orders, whole site",
    freedom: { controller: true, fire: true, lockdown: "both", override: "one", people: 1 },
  },
  {
    name: "orders, whole site with faults",
    freedom: { lineFaults: true, fire: true, lockdown: "order", override: "one" },
  },
  {
    name: "orders, box inputs",
    freedom: { boxInputs: true, fire: true, lateInputs: true },
    short: true,
  },
];

/**
 * Each timer with those it meets: just before, at and after each end, and woken too late for several. Running times
 * have two steps or more, so that two things can happen one after the other within each.
 */
const timers: readonly Chosen[] = [
  { name: "debounce", step: 500, contactDebounce: 1_000, freedom: { ...misread, lineFaults: true } },
  {
    name: "settle",
    step: 500,
    contactDebounce: 1_000,
    settleTime: 1_000,
    releaseTime: 1_500,
    freedom: { contactFaults: true },
  },
  {
    name: "relock after debounce",
    step: 500,
    contactDebounce: 1_000,
    relockDelay: 1_500,
    releaseTime: 2_000,
    freedom: { contactFaults: true },
  },
  {
    name: "relock within debounce",
    step: 500,
    contactDebounce: 1_500,
    relockDelay: 1_000,
    freedom: { contactFaults: true },
  },
  {
    name: "held open",
    step: 500,
    contactDebounce: 1_000,
    heldOpenTime: 2_000,
    heldOpenWarning: 1_000,
    freedom: {},
  },
  { name: "held open, coarse", heldOpenTime: 3_000, heldOpenWarning: 1_000, freedom: anything, short: true },
  {
    name: "stays released",
    step: 500,
    relockOnOpen: false,
    contactDebounce: 1_000,
    settleTime: 1_000,
    releaseTime: 2_000,
    freedom: { contactFaults: true },
  },
  { name: "bolts", bolt: "fitted", boltTime: 1_000, step: 500, freedom: {} },
  {
    name: "bolt inside only",
    inner: { bolt: "fitted", boltTime: 1_000 },
    step: 500,
    contactDebounce: 1_000,
    freedom: { boltFaults: true },
  },
  {
    name: "bolts and lines",
    bolt: "fitted",
    boltTime: 1_000,
    freedom: { boltFaults: true, lineFaults: true },
  },
  { name: "lease", step: 500, heartbeatTime: 1_500, releaseTime: 2_000, freedom: anything },
  {
    name: "lease and debounce",
    step: 500,
    heartbeatTime: 1_000,
    contactDebounce: 1_000,
    freedom: { controller: true },
  },
  { name: "flapping", flapLimit: 2, freedom: { contactFaults: true }, short: true },
  {
    name: "flapping, half seconds",
    step: 500,
    flapLimit: 2,
    contactDebounce: 500,
    freedom: { contactFaults: true },
  },
  {
    name: "stuck contact",
    stuckContactLimit: 2,
    contactDebounce: 1_000,
    freedom: { contactFaults: true },
    short: true,
  },
  { name: "stuck contact, overridden", stuckContactLimit: 1, freedom: { fire: true, override: "all" } },
  { name: "people", dwellTime: 2_000, freedom: { people: 2, pairs: true }, short: true },
  { name: "people and ways out", dwellTime: 1_000, freedom: { people: 2, fire: true, override: "one" } },
  {
    name: "withdrawn",
    step: 500,
    contactDebounce: 1_000,
    relockDelay: 1_500,
    releaseTime: 2_000,
    freedom: { contactFaults: true, withdrawals: true },
  },
  {
    name: "withdrawn, stays released",
    relockOnOpen: false,
    contactDebounce: 1_000,
    settleTime: 1_000,
    releaseTime: 2_000,
    freedom: { contactFaults: true, withdrawals: true, oddRequests: true },
    short: true,
  },
  {
    name: "withdrawn, edges held up",
    contactDebounce: 1_000,
    releaseTime: 2_000,
    freedom: { heldUpEdges: 1, withdrawals: true },
  },
  {
    name: "edges held up",
    contactDebounce: 1_000,
    settleTime: 1_000,
    releaseTime: 2_000,
    freedom: { heldUpEdges: 1 },
  },
];

/** Small ones, explored again on a finer grid by a test: which states there are must not depend on it. */
const grids: readonly Chosen[] = [
  {
    name: "grid: debounce and settle",
    step: 500,
    contactDebounce: 1_000,
    settleTime: 1_000,
    freedom: {},
  },
  { name: "grid: lease and relock", step: 500, heartbeatTime: 1_000, relockDelay: 1_000, freedom: {} },
];

/** R12–R14: every fire policy under every priority, and who comes when. */
const site: readonly Chosen[] = [
  ...(["both", "outer", "none"] as const).flatMap((onFire) =>
    (["fire", "lockdown"] as const).map((priority) => ({
      name: `fire releases ${onFire}, ${priority} first`,
      onFire,
      priority,
      step: 500,
      contactDebounce: 1_000,
      freedom: { fire: true, lockdown: "order" } as const,
    })),
  ),
  ...(["fire", "lockdown"] as const).map((priority) => ({
    name: `fire with faults, ${priority} first`,
    priority,
    contactDebounce: 1_000,
    freedom: { lineFaults: true, controller: true, fire: true, lockdown: "order" } as const,
  })),
  {
    name: "override",
    contactDebounce: 1_000,
    overrideWindow: 2_000,
    overrideTime: 2_000,
    freedom: { controller: true, override: "all" },
  },
  { name: "override, half seconds", step: 500, contactDebounce: 1_000, freedom: { override: "one" } },
  {
    name: "override, held open",
    heldOpenTime: 2_000,
    heldOpenWarning: 1_000,
    freedom: { override: "one", fire: true },
  },
];

export const variants: readonly Variant[] = [...orders, ...timers, ...grids, ...site].map(variant);
