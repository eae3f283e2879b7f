import { setImmediate as immediate } from "node:timers/promises";
import type { InterlockPolicy } from "../../src/domain/interlock/interlock.ts";
import { instant, type Milliseconds } from "../../src/domain/time.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { MemoryJournal } from "../../src/simulation/memory-journal.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";
import { enrol } from "./cardholders.ts";
import { Draw } from "./draw.ts";
import { operate, putInOrder } from "./operators.ts";
import { type Violation, ViolationFound } from "./oracle/findings.ts";
import { checkDelivery } from "./oracle/journal.ts";
import { Oracle } from "./oracle/oracle.ts";
import { checkReplay } from "./oracle/replay.ts";
import { type Crowd, carryOut, live, type Mood, type Person } from "./people.ts";
import { planOf } from "./plan.ts";
import { force, rob } from "./robbers.ts";
import { childRoles } from "./simulated-supervisor.ts";
import { SimulatedSite } from "./site.ts";
import { emptyTally, type Tally } from "./tally.ts";
import { bringTrouble, mendEverything } from "./troubles.ts";

export interface SeedRun {
  readonly seed: number;
  readonly hash: string;
  readonly tally: Tally;
  readonly violation: Violation | undefined;
  /** The last lines of what happened, where something was violated or a trace was asked for. */
  readonly trace: readonly string[];
}

export interface SeedOptions {
  readonly seed: number;
  readonly passages: number;
  /** Lines of trace to keep; 0: none is made. */
  readonly traced: number;
  /** Makes the interlock go by other rules than the oracle knows: that must be found. */
  readonly sabotage?: (policy: InterlockPolicy) => InterlockPolicy;
  /** In place of one in memory. */
  readonly journal?: (clock: VirtualClock) => Journal;
  /** Each line of the trace as it happens. */
  readonly onLine?: (line: string) => void;
}

const homeGoing: Milliseconds = 900_000;
/** Longer than the outbox waits before it tries again, and than a broker takes to be believed. */
const aftermath: Milliseconds = 35_000;
/** Longer than the last door takes to close and to settle. */
const doorsClosed: Milliseconds = 12_000;
/** Longer than any contact flaps. */
const flappingOver: Milliseconds = 5_000;

/** Runs one seed to its end, or to the first violation. */
export async function runSeed(options: SeedOptions): Promise<SeedRun> {
  const { seed, traced, onLine } = options;
  const trace: string[] = [];
  const run = new Run(options, (line, at) => {
    onLine?.(line());
    if (traced === 0) return;
    trace.push(`${at.toFixed(0).padStart(9)} ${line()}`);
    if (trace.length > 2 * traced) trace.splice(0, trace.length - traced);
  });
  let violation: Violation | undefined;
  try {
    await run.all();
  } catch (error) {
    violation =
      error instanceof ViolationFound
        ? error.violation
        : {
            rule: "crash",
            at: run.clock.now(),
            what: error instanceof Error ? (error.stack ?? error.message) : String(error),
          };
  }
  return { seed, hash: run.oracle.hash(), tally: run.tallied(), violation, trace: trace.slice(-traced) };
}

class Run {
  readonly clock = new VirtualClock();
  readonly site: SimulatedSite;
  readonly oracle: Oracle;
  readonly #crowd: Crowd;
  readonly #tally: Tally = emptyTally();
  readonly #start;

  constructor(
    { seed, passages, sabotage = (policy) => policy, journal }: SeedOptions,
    trace: (line: () => string, at: number) => void,
  ) {
    const plan = planOf(seed, passages);
    const { clock } = this;
    this.#start = clock.now();
    let oracle: Oracle | undefined;
    this.site = new SimulatedSite({
      plan,
      clock,
      journal: journal?.(clock) ?? new MemoryJournal(clock),
      rules: sabotage,
      oracle: (building) =>
        (oracle = new Oracle(
          plan,
          building,
          () => clock.now(),
          (vestibule, door) => this.site.refusing.has(`${vestibule}.${door}`),
        )),
      trace: (line) => trace(line, clock.now()),
    });
    if (oracle === undefined) throw new Error("the site has no oracle");
    this.oracle = oracle;
    this.#crowd = {
      site: this.site,
      people: this.#people(),
      readers: new Map(),
      left: new Map(),
      home: new Set(),
      closing: false,
      sober: plan.weather === "calm",
    };
  }

  async all(): Promise<void> {
    // People who leave in twos, or not at all, are miscounted (R15); only where nobody does is the alarm a mistake.
    if (this.site.plan.weather !== "calm") this.oracle.alarms.explain("PersonDetained");
    // D7: who is let through again and again and does not go makes a contact look stuck where no bolt says otherwise.
    const boltless = this.site.plan.vestibules.some(
      ({ policy: { doors } }) => doors.outer.bolt === "unfitted" || doors.inner.bolt === "unfitted",
    );
    if (this.site.plan.weather !== "calm" && boltless) this.oracle.alarms.explain("ContactFault");
    for (const role of childRoles) this.site.start(role);
    await this.#passes(3_000, () => false);
    const { plan } = this.site;
    for (const person of this.#crowd.people) carryOut(live(person, this.#crowd), this.site);
    for (let robber = 0; robber < plan.robbers; robber++)
      carryOut(
        rob(`robber ${robber}`, this.#crowd, (trick) => count(this.#tally.tricks, trick)),
        this.site,
      );
    if (plan.weather === "faults")
      carryOut(
        bringTrouble(this.#crowd, (trouble) => count(this.#tally.troubles, trouble)),
        this.site,
      );
    if (plan.weather !== "calm")
      carryOut(
        operate(this.#crowd, (order) => count(this.#tally.orders, order)),
        this.site,
      );
    const { counts } = this.oracle.passages;
    await this.#passes(plan.passages * 120_000, () => counts.begun >= plan.passages);
    await this.#goHome();
    this.#finish();
  }

  tallied(): Tally {
    const { oracle, site } = this;
    const { counts } = oracle.passages;
    const tally = this.#tally;
    tally.seeds = 1;
    tally.weather[site.plan.weather] = 1;
    tally.passages = counts.begun;
    tally.granted = counts.granted;
    tally.egress = counts.egress;
    tally.taken = counts.taken;
    tally.notTaken = counts.notTaken;
    for (const [reason, number] of counts.denied) tally.denied[reason] = number;
    for (const [alarm, number] of oracle.alarms.counts) tally.alarms[alarm] = number;
    for (const role of childRoles) tally.deaths[role] = site.deaths[role];
    tally.records = oracle.journal.records;
    tally.commands = oracle.commands;
    tally.simulatedMilliseconds = this.clock.now() - this.#start;
    tally.demanded = oracle.alarms.demanded;
    tally.waived = oracle.alarms.waived;
    tally.bothOpen = oracle.bothOpen();
    return tally;
  }

  /** Nothing goes wrong any more; whoever is here must get home, and all must be told. */
  async #goHome(): Promise<void> {
    const { site, oracle } = this;
    this.#crowd.closing = true;
    this.#crowd.sober = true;
    site.trace(() => "the building closes; everything is mended");
    const { weather, access, vestibules } = site.plan;
    if (weather !== "calm") {
      // What is drawn already comes yet, and finds nothing any more that it could break.
      await this.#passes(flappingOver, () => false);
      mendEverything(site);
      carryOut(putInOrder(site), site);
      // Nobody's card is locked out any more, and no operators hold a door released.
      const overrides = vestibules.map(({ policy }) => policy.overrideTime);
      const longest = this.#tally.orders["override"] === undefined ? 0 : Math.max(...overrides);
      await this.#passes(Math.max(access.lockoutTime, longest) + 1_000, () => false);
    }
    this.#openStuckDoors();
    const left = (): readonly Person[] =>
      this.#crowd.people.filter((person) => !this.#crowd.home.has(person));
    await this.#passes(homeGoing, () => left().length === 0);
    for (const { name, place } of left())
      oracle.findings.violated("R15", this.clock.now(), `${name} is still ${place}, and nothing is broken`);
    await this.#passes(weather === "faults" ? aftermath : doorsClosed, () => false);
  }

  /** D7: a contact that was taken for stuck is believed again once the door has been opened, with a key. */
  #openStuckDoors(): void {
    for (const { type, place, phase } of this.site.services?.alarms() ?? []) {
      if (
        type !== "ContactFault" ||
        !phase.startsWith("active") ||
        place.vestibule === undefined ||
        place.door === undefined
      )
        continue;
      force(this.site, place.vestibule, place.door);
    }
  }

  #finish(): void {
    const { oracle, site, clock } = this;
    const { findings } = oracle;
    oracle.passages.finish();
    oracle.journal.finish(site.journal);
    const mayRepeat =
      (this.#tally.troubles.brokerAway ?? 0) > 0 ||
      site.deaths.controller > 0 ||
      (this.#tally.troubles.orderlyRestart ?? 0) > 0;
    checkDelivery(site.broker.taken(), site.journal.last(), mayRepeat, clock.now(), findings);
    checkReplay(site.journal, clock.now(), findings);
    const { services } = site;
    if (services === undefined)
      findings.violated("liveness", clock.now(), "no controller runs, and nothing is broken");
    // The count between the doors is by passages: whoever left in twos is still counted.
    for (const { id, phase } of services?.alarms() ?? [])
      if (phase.startsWith("active") && !(id.endsWith("PersonDetained") && site.plan.weather !== "calm"))
        findings.violated("alarms", clock.now(), `${id} is still ${phase}, and nothing is broken`);
    findings.throwIfAny();
  }

  /** Time passes, one wake after another, until it is over or `done`. */
  async #passes(length: Milliseconds, done: () => boolean): Promise<void> {
    const { clock, site, oracle } = this;
    const end = instant(clock.now() + length);
    for (;;) {
      while (site.busy) {
        site.busy = false;
        await immediate();
      }
      oracle.look();
      oracle.findings.throwIfAny();
      if (done()) return;
      const next = clock.nextWake();
      if (next === undefined || next > end) break;
      clock.advance(Math.max(0, next - clock.now()));
    }
    clock.advance(end - clock.now());
  }

  #people(): Person[] {
    const { site } = this;
    const draw = new Draw(site.plan.seed, "people");
    const pins = new Draw(site.plan.seed, "pins");
    const moods = { ordinary: 50, hurried: 25, forgetful: 25 } as const;
    enrol(site.directory, { name: "lost", level: "staff-in", card: "lost-1", face: 900 });
    site.directory.reportLost("lost-1");
    return Array.from({ length: site.plan.staff }, (_, index) => {
      const name = `person ${index + 1}`;
      const card = `card-${index + 1}`;
      const mood: Mood = site.plan.weather === "calm" ? "ordinary" : draw.weighted(moods);
      const usual = draw.chance(0.3) ? "porters-in" : "staff-in";
      const level = site.plan.pins ? pins.pick([usual, "vault-in", "keypad-in"]) : usual;
      const pin = level === usual ? undefined : `${pins.between(1_000, 9_999)}`;
      enrol(site.directory, { name, level, card, face: index + 1, pin });
      return {
        name,
        mood,
        card,
        pin,
        face: index + 1,
        place: "outside",
        since: site.clock.now(),
        vestibule: "v1",
        heading: "in",
        idle: false,
      };
    });
  }
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
