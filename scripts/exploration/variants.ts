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
const anything: Freedom = { ...misread, lineFaults: true, controller: true, oddRequests: true };

/** Every time is nothing: whatever the order of inputs. */
const orders: readonly Chosen[] = [
  { name: "orders", freedom: { ...anything, lateInputs: true }, short: true },
  // Nothing in the rules asks for the kind of lock: the same figures as above are the proof of it.
  { name: "orders, fail-safe locks", lockKind: "fail-safe", freedom: anything, short: true },
  { name: "orders, stays released", relockOnOpen: false, freedom: anything, short: true },
  { name: "orders, bolt inside only", inner: { bolt: "fitted", boltTime: 0 }, freedom: anything },
  { name: "orders, bolts", bolt: "fitted", boltTime: 0, freedom: anything },
];

const timers: readonly Chosen[] = [
  { name: "debounce 1", contactDebounce: 1_000, releaseTime: 2_000, freedom: anything, short: true },
  { name: "debounce 2", contactDebounce: 2_000, releaseTime: 3_000, freedom: anything },
  { name: "settle 2", contactDebounce: 1_000, settleTime: 2_000, releaseTime: 2_000, freedom: anything },
  { name: "relock 2", contactDebounce: 1_000, relockDelay: 2_000, releaseTime: 3_000, freedom: anything },
  {
    name: "held open 3",
    contactDebounce: 1_000,
    heldOpenTime: 3_000,
    heldOpenWarning: 1_000,
    freedom: { controller: true },
    short: true,
  },
  { name: "lease 2", heartbeatTime: 2_000, contactDebounce: 1_000, releaseTime: 3_000, freedom: anything },
  { name: "flapping", flapLimit: 2, freedom: { contactFaults: true }, short: true },
  {
    name: "flapping, half seconds",
    flapLimit: 2,
    contactDebounce: 500,
    step: 500,
    freedom: { contactFaults: true },
  },
  {
    name: "stuck contact",
    stuckContactLimit: 2,
    contactDebounce: 1_000,
    freedom: { contactFaults: true },
    short: true,
  },
  { name: "people 2", dwellTime: 2_000, freedom: { people: 2 }, short: true },
  {
    name: "edges held up",
    contactDebounce: 1_000,
    settleTime: 1_000,
    releaseTime: 2_000,
    freedom: { heldUpEdges: 1 },
  },
];

const site: readonly Chosen[] = [
  {
    name: "fire and lockdown",
    contactDebounce: 1_000,
    freedom: { lineFaults: true, controller: true, fire: true, lockdown: "order" },
  },
  {
    name: "override",
    contactDebounce: 1_000,
    overrideWindow: 2_000,
    overrideTime: 2_000,
    freedom: { controller: true, override: "all" },
  },
];

export const variants: readonly Variant[] = [...orders, ...timers, ...site].map(variant);
