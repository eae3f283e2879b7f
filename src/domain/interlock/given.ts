import type { Bolt, Contact, DoorName, FireInput } from "../names.ts";
import { doorNames } from "../names.ts";
import { after, type Instant, instant, type Milliseconds } from "../time.ts";
import { deadline, decide } from "./decide.ts";
import type { Grant, InterlockEvent, OverriddenDoors } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { InterlockInput, OccupancyChange } from "./input.ts";
import type { DoorPolicy, InterlockPolicy } from "./policy.ts";
import { type InterlockState, initialState } from "./state.ts";
import { Witness } from "./witness.ts";

const door: DoorPolicy = {
  lockKind: "fail-secure",
  bolt: "unfitted",
  releaseTime: 5_000,
  relockOnOpen: true,
  relockDelay: 300,
  heldOpenTime: 15_000,
  heldOpenWarning: 5_000,
  boltTime: 2_000,
  flapLimit: 20,
  contactDebounce: 100,
  stuckContactLimit: 3,
};

type SiteRules = Omit<InterlockPolicy, "doors">;
export interface PolicyChanges extends Partial<DoorPolicy>, Partial<SiteRules> {}

const siteRules: SiteRules = {
  settleTime: 500,
  heartbeatTime: 1_000,
  onFire: "both",
  priority: "fire",
  overrideWindow: 30_000,
  overrideTime: 60_000,
  dwellTime: 120_000,
};
const siteRuleNames: ReadonlySet<string> = new Set(Object.keys(siteRules));

/** The defaults of domain.md, with changes that hold for both doors. */
export function policyWith(changes: PolicyChanges = {}): InterlockPolicy {
  const entries = Object.entries(changes);
  const both: DoorPolicy = {
    ...door,
    ...Object.fromEntries(entries.filter(([name]) => !siteRuleNames.has(name))),
  };
  const site = Object.fromEntries(entries.filter(([name]) => siteRuleNames.has(name)));
  return { ...siteRules, ...site, doors: { outer: both, inner: both } };
}

/** What a door's bolt does by itself: the commanded, or nothing. */
export type BoltHabit = "follows" | "stuck";

const beat: Milliseconds = 250;

/** For tests: one door pair under the rules, a controller that beats, bolts that follow, and a witness. */
export class Pair {
  /** Of an interlock that runs, only what may be changed there (`running-rules.ts`). */
  policy: InterlockPolicy;
  readonly witness: Witness;
  readonly events: InterlockEvent[] = [];
  readonly bolts: Record<DoorName, BoltHabit> = { outer: "follows", inner: "follows" };
  beating = true;
  now: Instant = instant(0);
  state: InterlockState = initialState(instant(0));

  constructor(policy: InterlockPolicy) {
    this.policy = policy;
    this.witness = new Witness(policy, this.now);
  }

  feed(input: InterlockInput): void {
    const events = decide(this.state, input, this.policy);
    this.witness.watch(input, events);
    this.state = events.reduce(evolve, this.state);
    this.events.push(...events);
    if (this.state.entered.length !== this.witness.people)
      throw new Error(`${this.state.entered.length} between the doors, ${this.witness.people} counted`);
    const next = deadline(this.state, this.policy);
    if (next !== undefined && !(next > input.at)) throw new Error(`overdue at ${input.at}: ${next}`);
    for (const name of doorNames) {
      const { lock } = this.state.doors[name];
      if (lock.commanded === "released" && lock.by !== "emergency" && next === undefined)
        throw new Error(`${name} is released for ever`);
      this.#moveBolt(name);
    }
  }

  /** Time passes; whatever falls due is woken for at its own instant. */
  pass(length: Milliseconds): void {
    const end = after(this.now, length);
    for (;;) {
      const due = deadline(this.state, this.policy);
      const beatAt = this.beating ? instant((Math.floor(this.now / beat) + 1) * beat) : undefined;
      const next = Math.min(due ?? end, beatAt ?? end, end);
      this.now = instant(next);
      if (next === beatAt) this.feed({ type: "HeartbeatReceived", at: this.now, sentAt: this.now });
      this.feed({ type: "TimePassed", at: this.now });
      if (next === end) return;
    }
  }

  #moveBolt(name: DoorName): void {
    if (this.policy.doors[name].bolt === "unfitted" || this.bolts[name] === "stuck") return;
    const { lock, contact, bolt } = this.state.doors[name];
    const follows: Bolt =
      lock.commanded === "released" ? "retracted" : contact === "closed" ? "thrown" : "retracted";
    if (bolt !== follows) this.feed({ type: "BoltChanged", at: this.now, door: name, bolt: follows });
  }
}

export type Step = (pair: Pair) => void;

const feeding =
  (input: (at: Instant) => InterlockInput): Step =>
  (pair) =>
    pair.feed(input(pair.now));

/** A passage through the outer door into the vestibule, unless said otherwise. */
export const grantOf = (id: string, kind: Grant["kind"] = "access", enters = true): Grant => ({
  id,
  kind,
  enters,
});
export const passes =
  (length: Milliseconds): Step =>
  (pair) =>
    pair.pass(length);
/** Time passes and nobody wakes the rules or hears the controller, until all of it has passed. */
export const asleep =
  (length: Milliseconds): Step =>
  (pair) => {
    pair.now = after(pair.now, length);
    pair.feed({ type: "TimePassed", at: pair.now });
  };
/** Time passes and nothing comes of it yet: the next input finds what fell due before it. */
export const unnoticed =
  (length: Milliseconds): Step =>
  (pair) => {
    pair.now = after(pair.now, length);
  };
export const contact = (name: DoorName, reads: Contact): Step =>
  feeding((at) => ({ type: "ContactChanged", at, door: name, contact: reads }));
export const bolt = (name: DoorName, reads: Bolt): Step =>
  feeding((at) => ({ type: "BoltChanged", at, door: name, bolt: reads }));
export const boltsAre =
  (name: DoorName, habit: BoltHabit): Step =>
  (pair) => {
    pair.bolts[name] = habit;
  };
export const rexPressed = (name: DoorName): Step => feeding((at) => ({ type: "RexPressed", at, door: name }));
/** `validFor`: how long after now the request is still good. */
export const requested = (
  name: DoorName,
  id: string,
  validFor: Milliseconds = 1_000,
  enters: boolean = name === "outer",
  people?: number,
): Step =>
  feeding((at) => ({
    type: "ReleaseRequested",
    at,
    door: name,
    grant: { ...grantOf(id, "access", enters), ...(people === undefined ? {} : { people }) },
    notAfter: after(at, validFor),
  }));
/** A8: the release of this id is to be taken back. */
export const withdrawn = (name: DoorName, id: string): Step =>
  feeding((at) => ({ type: "WithdrawalRequested", at, door: name, id }));
export const secureRequested: Step = feeding((at) => ({ type: "SecureRequested", at }));
export const fire = (value: FireInput): Step => feeding((at) => ({ type: "FireChanged", at, value }));
export const emergencyReset: Step = feeding((at) => ({ type: "EmergencyResetRequested", at, id: "reset" }));
export const emergencyRestored: Step = feeding((at) => ({ type: "EmergencyRestored", at }));
export const lockdown = (active: boolean, by: "order" | "input" = "order"): Step =>
  feeding((at) => ({ type: "LockdownChanged", at, by, active }));
/** `id` is the operator's name and how often they asked: `wang`, `wang-2`. */
export const overrideBy = (id: string, doors: OverriddenDoors, validFor: Milliseconds = 1_000): Step =>
  feeding((at) => ({
    type: "OverrideRequested",
    at,
    id,
    doors,
    operator: id.split("-")[0] ?? id,
    notAfter: after(at, validFor),
  }));
export const tamper = (open: boolean): Step => feeding((at) => ({ type: "TamperChanged", at, open }));
export const battery = (good: boolean): Step => feeding((at) => ({ type: "BatteryChanged", at, good }));
export const mains = (present: boolean): Step => feeding((at) => ({ type: "MainsChanged", at, present }));
export const occupancyKnown = (people: number): Step =>
  feeding((at) => ({ type: "OccupancyKnown", at, people }));
export const occupancyReset = (change: OccupancyChange): Step =>
  feeding((at) => ({ type: "OccupancyReset", at, change }));
export const commandFailed = (name: DoorName): Step =>
  feeding((at) => ({ type: "CommandFailed", at, door: name }));
export const commandWorked = (name: DoorName): Step =>
  feeding((at) => ({ type: "CommandWorked", at, door: name }));
export const controllerGone: Step = (pair) => {
  pair.beating = false;
  pair.feed({ type: "ControllerGone", at: pair.now });
};
export const controllerSilent: Step = (pair) => {
  pair.beating = false;
};
/** `ago`: how long the heartbeat waited in a queue. */
export const heartbeat = (ago: Milliseconds): Step =>
  feeding((at) => ({ type: "HeartbeatReceived", at, sentAt: after(at, -ago) }));
/** The contact changes to `first`, and then back and forth after each of the gaps. */
export const bounces =
  (name: DoorName, first: Contact, gaps: readonly Milliseconds[]): Step =>
  (pair) => {
    contact(name, first)(pair);
    for (const gap of gaps) {
      pair.pass(gap);
      contact(name, pair.state.doors[name].contact === "open" ? "closed" : "open")(pair);
    }
  };

/** Both doors closed, bolts thrown, settled; the controller is there. */
export const ready: Step = (pair) => {
  pair.feed({ type: "HeartbeatReceived", at: pair.now, sentAt: pair.now });
  for (const name of doorNames) {
    if (pair.policy.doors[name].bolt === "fitted") bolt(name, "thrown")(pair);
    contact(name, "closed")(pair);
  }
  pair.pass(pair.policy.settleTime + 1_000);
};

export interface Given {
  /** What is recorded of it, one line per event: door, event, and its cause, reason, fault or grant. */
  when(...steps: readonly Step[]): readonly string[];
}

/** A pair of doors that is ready and has gone through `history`. */
export function given(policy: InterlockPolicy, ...history: readonly Step[]): Given {
  return givenFromStart(policy, ready, ...history);
}

/** A pair of doors of which nothing has been read yet. */
export function givenFromStart(policy: InterlockPolicy, ...history: readonly Step[]): Given {
  return {
    when(...steps) {
      const pair = new Pair(policy);
      for (const step of history) step(pair);
      const before = pair.events.length;
      for (const step of steps) step(pair);
      return pair.events.slice(before).flatMap(lineOf);
    },
  };
}

/** Readings and what they do to secureness are left out: the tests of those ask for them. */
const unlisted: ReadonlySet<InterlockEvent["type"]> = new Set([
  "ContactRead",
  "BoltRead",
  "ControllerHeard",
  "DoorBecameSecure",
  "DoorBecameInsecure",
] as const);

const lineOf = (event: InterlockEvent): readonly string[] =>
  unlisted.has(event.type) ? [] : [wordsOf(event).join(" ")];

function wordsOf(event: InterlockEvent): readonly string[] {
  const words: string[] = "door" in event ? [event.door, event.type] : [event.type];
  if ("cause" in event) words.push(event.cause);
  if ("reason" in event) words.push(event.reason);
  if ("fault" in event) words.push(event.fault);
  if ("grant" in event) words.push(event.grant.id);
  return words;
}
