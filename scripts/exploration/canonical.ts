import type { Grant, InterlockPolicy, InterlockState } from "../../src/domain/interlock/interlock.ts";
import type { DoorName } from "../../src/domain/names.ts";
import { type Instant, instant, type Milliseconds } from "../../src/domain/time.ts";
import { never, type Variant } from "./variant.ts";

/**
 * Many states have one future: instants matter only until the last comparison they can be part of, names of
 * requests only while something still refers to them. This maps each state, seen at instant 0, to the one that
 * stands for all with its future. Why it is sound: docs/decisions/0018-exhaustive-exploration.md; that it is, is
 * tested on random runs in test/interlock-canonical-states.test.ts. Whatever is not named here is kept as it is.
 */
export type DoorState = InterlockState["doors"]["outer"];
export type RestOfState = Omit<InterlockState, "doors">;

/** The window of R9, a second: given by domain.md, not by the module under examination. */
const flapWindow: Milliseconds = 1_000;

/** What the canonical form of one door goes by. */
export interface DoorBounds {
  readonly rules: InterlockPolicy["doors"]["outer"];
  readonly settleTime: Milliseconds;
  readonly step: Milliseconds;
  /** How long an edge's report may be held up: its instant lies that far in the past. */
  readonly heldUp: Milliseconds;
}

export const boundsOf = ({ policy, step, freedom }: Variant, door: DoorName): DoorBounds => ({
  rules: policy.doors[door],
  settleTime: policy.settleTime,
  step,
  heldUp: (freedom.heldUpEdges ?? 0) * step,
});

const finite = (length: Milliseconds): Milliseconds => (length >= never ? 0 : length);
/** An age beyond the last constant it is compared with is as good as that constant. */
const clipped = (since: Instant, bound: Milliseconds): Instant => instant(Math.max(since, 0 - bound));
/** How long ago it was, seen at instant 0. */
const age = (at: Instant): Milliseconds => 0 - at;
const oldest = (instants: readonly Instant[]): Milliseconds => Math.max(0, ...instants.map(age));

export function canonicalDoor(door: DoorState, bounds: DoorBounds): DoorState {
  const edges = canonicalEdges(door, bounds);
  const oldestEdge = oldest(edges);
  const names = namesOf(door);
  return {
    ...door,
    lock: canonicalLock(door, oldestEdge, names, bounds),
    contactSince: clipped(door.contactSince, contactBound(door, bounds)),
    contactEdges: edges,
    leaf: canonicalLeaf(door, bounds),
    boltSince: clipped(door.boltSince, boltBound(bounds)),
    taking: canonicalTaking(door, oldestEdge, names, bounds),
    notTaken: canonicalCount(door, bounds),
    answered: door.answered.flatMap((id) => names.get(id) ?? []),
  };
}

const boltBound = ({ rules, heldUp }: DoorBounds): Milliseconds =>
  rules.bolt === "fitted" ? finite(rules.boltTime) + heldUp : 0;

/**
 * Contact and leaf are open and yet it is not known whether a release was taken: its end waits for the contact, and
 * all it waits by is that the burst began before the release was over (`notTaken` in the rules).
 */
const isWaiting = ({ contact, leaf, taking }: DoorState): boolean =>
  contact === "open" && leaf.position === "open" && taking.phase === "awaited";

/** An age at which no change to come joins the burst, nor falls on the end of the release. */
const longWait = ({ rules, step, heldUp }: DoorBounds): Milliseconds =>
  Math.max(rules.contactDebounce, step) + heldUp;

function contactBound(door: DoorState, bounds: DoorBounds): Milliseconds {
  const { rules, settleTime, heldUp, step } = bounds;
  const { contact, leaf } = door;
  // A step more than the debounce: which of two things is overdue for longer decides which is said first.
  const closed = contact === "closed" ? Math.max(settleTime, rules.contactDebounce + step) : 0;
  const moving = contact === "open" && leaf.position === "open" ? 0 : rules.contactDebounce;
  const flapping = door.contactFault === "flapping" ? flapWindow : 0;
  const waiting = isWaiting(door) ? longWait(bounds) : 0;
  return Math.max(boltBound(bounds), waiting, Math.max(closed, moving, flapping) + heldUp);
}

/**
 * Kept are the newest changes that can still count as flapping, one more than the limit, and one for each instant
 * of the burst that can still be the beginning of an opening; in the order in which they were reported.
 */
function canonicalEdges(door: DoorState, bounds: DoorBounds): readonly Instant[] {
  const { rules, heldUp } = bounds;
  const limit = rules.flapLimit >= never ? 0 : rules.flapLimit + 1;
  const burst = burstLength(door, bounds);
  const kept: Instant[] = [];
  let counted = 0;
  for (const [index, edge] of door.contactEdges.toReversed().entries()) {
    const counts = counted < limit && age(edge) < flapWindow + heldUp;
    if (counts) counted += 1;
    if (counts || (index < burst && edge !== kept[0])) kept.unshift(edge);
  }
  return kept;
}

/** How many of the last changes are the burst under way; none if no opening can be dated by it any more. */
function burstLength(door: DoorState, bounds: DoorBounds): number {
  const debounce = bounds.rules.contactDebounce;
  const newestFirst = door.contactEdges.toReversed();
  const live =
    newestFirst.some((edge) => age(edge) < debounce + bounds.heldUp) ||
    (door.contact === "open" && door.leaf.position !== "open") ||
    (isWaiting(door) && [door.contactSince, ...newestFirst].some((at) => age(at) < longWait(bounds)));
  if (!live) return 0;
  let start = door.contactSince;
  for (const [index, edge] of newestFirst.entries()) {
    if (edge < start && start - edge >= debounce) return index;
    start = edge;
  }
  return newestFirst.length;
}

function canonicalLock(
  door: DoorState,
  oldestEdge: Milliseconds,
  names: ReadonlyMap<string, string>,
  bounds: DoorBounds,
): DoorState["lock"] {
  const { lock, leaf } = door;
  const { rules, settleTime, heldUp, step } = bounds;
  // Compared with the beginning of a burst, too: older than every edge is older than every edge.
  const beyondEdges = Math.max(oldestEdge, heldUp) + step;
  if (lock.commanded === "released") {
    const bound = Math.max(boltBound(bounds), lock.by === "grant" ? 0 : beyondEdges);
    const since = clipped(lock.since, bound);
    return lock.by === "grant" ? { ...lock, since, grant: renamed(lock.grant, names) } : { ...lock, since };
  }
  const ended = isEndLive(door, bounds) ? lock.ended : undefined;
  const wanted = leaf.position === "open" && !leaf.held && isWanted(leaf.cause);
  const bound = Math.max(
    settleTime + heldUp,
    boltBound(bounds),
    wanted ? finite(rules.heldOpenTime) + heldUp : 0,
    ended === undefined ? 0 : beyondEdges,
  );
  return {
    ...lock,
    since: clipped(lock.since, bound),
    // Read only when it becomes certain that nobody went through.
    cause: door.taking.phase === "awaited" && lock.cause === "timeUp" ? "timeUp" : "commanded",
    ended: ended === undefined ? undefined : { ...ended, from: clipped(ended.from, bound) },
  };
}

/** Whether an opening that is still to become certain can have begun before the lock was secured. */
function isEndLive(door: DoorState, bounds: DoorBounds): boolean {
  const { lock, contactEdges } = door;
  const length = burstLength(door, bounds);
  const burst = length === 0 ? [] : contactEdges.slice(-length);
  return age(lock.since) <= bounds.heldUp || burst.some((edge) => edge - bounds.heldUp <= lock.since);
}

const isWanted = (cause: string): boolean => cause === "override" || cause === "emergency";

function canonicalLeaf({ leaf }: DoorState, { rules, heldUp }: DoorBounds): DoorState["leaf"] {
  if (leaf.position !== "open") return leaf;
  const relock = rules.relockOnOpen ? rules.relockDelay + heldUp : 0;
  const bound = Math.max(relock, leaf.held ? 0 : finite(rules.heldOpenTime) + heldUp);
  // No rule tells an opening that was found from a granted one, or an override's from an emergency's.
  const wanted = isWanted(leaf.cause) && !leaf.held && rules.heldOpenTime < never;
  const cause = leaf.cause === "forced" ? "forced" : wanted ? "override" : "granted";
  return { ...leaf, since: clipped(leaf.since, bound), cause };
}

function canonicalTaking(
  door: DoorState,
  oldestEdge: Milliseconds,
  names: ReadonlyMap<string, string>,
  bounds: DoorBounds,
): DoorState["taking"] {
  const { taking } = door;
  if (taking.phase === "none") return taking;
  const grant = renamed(taking.grant, names);
  if (taking.phase === "open") return { ...taking, grant };
  // `from` is for the record only.
  return { ...taking, grant, from: instant(0), to: canonicalEnd(door, taking.to, oldestEdge, bounds) };
}

/** The end of a release is compared with beginnings of bursts only. */
function canonicalEnd(
  door: DoorState,
  to: Instant | undefined,
  oldestEdge: Milliseconds,
  bounds: DoorBounds,
): Instant | undefined {
  if (to === undefined) return undefined;
  if (isWaiting(door)) return clipped(to, longWait(bounds));
  return clipped(to, Math.max(oldestEdge, bounds.heldUp) + bounds.step);
}

function canonicalCount({ notTaken }: DoorState, { rules }: DoorBounds): number {
  const counts = rules.bolt === "unfitted" && rules.stuckContactLimit < never;
  return counts ? Math.min(notTaken, rules.stuckContactLimit) : 0;
}

/** The requests that something still refers to, in a fixed order; all others are as good as never made. */
function namesOf({ lock, taking }: DoorState): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = ({ id }: Grant): void => void (names.has(id) || names.set(id, `grant ${names.size + 1}`));
  if (lock.commanded === "released" && lock.by === "grant") add(lock.grant);
  if (taking.phase !== "none") add(taking.grant);
  return names;
}

const renamed = (grant: Grant, names: ReadonlyMap<string, string>): Grant => ({
  id: names.get(grant.id) ?? grant.id,
  kind: "access",
  enters: grant.enters,
  ...(grant.people === undefined ? {} : { people: grant.people }),
});

export function canonicalRest(rest: RestOfState, { policy }: Variant): RestOfState {
  const { controller, proposal, entered, detained } = rest;
  return {
    ...rest,
    controller:
      controller.phase === "present"
        ? { ...controller, heardAt: clipped(controller.heardAt, finite(policy.heartbeatTime)) }
        : controller,
    proposal: proposal === undefined ? undefined : { ...proposal, id: "proposal" },
    ...canonicalEntries(entered, detained, finite(policy.dwellTime)),
  };
}

/** Entries are told apart by their instants, so those too old to matter stay as many as they are. */
function canonicalEntries(
  entered: readonly Instant[],
  detained: Instant | undefined,
  dwellTime: Milliseconds,
): Pick<RestOfState, "entered" | "detained"> {
  const all = [...new Set([...entered, ...(detained === undefined ? [] : [detained])])];
  const old = all.filter((at) => age(at) > dwellTime).toSorted((a, b) => b - a);
  const moved = (at: Instant): Instant => (old.includes(at) ? instant(-dwellTime - 1 - old.indexOf(at)) : at);
  return { entered: entered.map(moved), detained: detained === undefined ? undefined : moved(detained) };
}
