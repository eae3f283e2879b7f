import { after, type Instant, type Milliseconds, type WallTime, wallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { CommissioningHooks, Presented } from "../ports/commissioning.ts";
import type { LineReport } from "../ports/interlock-link.ts";
import type { JournalRecord, JsonObject } from "../ports/journal.ts";
import type {
  RunningTest,
  Said,
  TestStepResult,
  TestVerdict,
} from "../ports/services/commissioning-services.ts";
import type { CommissionedSite, CommissionedVestibule } from "./commissioned-site.ts";
import type { Doors, DoorsOnTrial } from "./door-trial.ts";
import type { PlannedTest } from "./test-plan.ts";

/** What a test came to. */
export interface TestOutcome {
  readonly verdict: TestVerdict;
  readonly finding: string;
  readonly seen: Said;
  readonly todo?: Said | null;
  readonly figures?: JsonObject;
}

export type TestRun = (session: TestSession) => Promise<TestOutcome>;

/** The person has thought better of it, or the service ends. */
export class TestCancelled extends Error {
  override readonly name = "TestCancelled";
}

export interface SessionOptions {
  readonly test: PlannedTest;
  readonly site: CommissionedSite;
  readonly hooks: CommissioningHooks;
  readonly clock: Clock;
  readonly operator: string;
  /** What the person's own clock shows, where they said so. */
  readonly shown: WallTime | undefined;
  readonly isClockSynchronised: () => boolean | undefined;
  readonly newId: () => string;
  readonly signal: AbortSignal;
}

/** How often what is waited for is looked at; instants of measures come from the records and the lines themselves. */
const interval: Milliseconds = 100;
/** A person walks, opens, and has a look. */
export const patience: Milliseconds = 60_000;
/** More than a test can bring about. */
const mostKept = 2_000;

/** One test under way: asks the person, looks at doors and lines, and keeps what has happened since it began. */
export class TestSession implements Disposable {
  readonly options: SessionOptions;
  readonly records: JournalRecord[] = [];
  readonly presented: Presented[] = [];
  lines: readonly LineReport[] = [];
  readonly #since: WallTime;
  readonly #done: TestStepResult[] = [];
  readonly #listening: readonly Disposable[];
  #asked: Said | null = null;
  #until: WallTime | null = null;
  #seen: Said | null = null;
  #step: RunningTest["step"] = null;

  constructor(options: SessionOptions) {
    this.options = options;
    const { hooks, clock } = options;
    this.#since = clock.wall();
    this.#listening = [
      hooks.services.onRecord((record) => keep(this.records, record)),
      hooks.onPresented((presented) => keep(this.presented, presented)),
    ];
  }

  get hooks(): CommissioningHooks {
    return this.options.hooks;
  }

  get vestibule(): CommissionedVestibule {
    const { site, test } = this.options;
    const found = site.vestibules.find(({ id }) => id === test.vestibule);
    if (found === undefined) throw new Error(`${test.id} is about no vestibule`);
    return found;
  }

  view(): RunningTest {
    const { test, operator } = this.options;
    return {
      id: test.id,
      operator,
      since: this.#since,
      asked: this.#asked,
      until: this.#until,
      seen: this.#seen,
      step: this.#step,
      done: [...this.#done],
    };
  }

  get done(): readonly TestStepResult[] {
    return this.#done;
  }

  ask(asked: Said | null, limit?: Milliseconds): void {
    this.#asked = asked;
    this.#until = limit === undefined ? null : wallTime(this.options.clock.wall() + limit);
  }

  say(seen: Said): void {
    this.#seen = seen;
  }

  step(number: number, of: number): void {
    this.#step = { number, of };
  }

  finishStep(step: TestStepResult): void {
    this.#done.push(step);
    this.#seen = step.seen;
  }

  /** What `look` finds first; undefined where it was nothing for so long. Throws TestCancelled. */
  async until<Found>(look: () => Found | undefined, limit: Milliseconds): Promise<Found | undefined> {
    const { clock } = this.options;
    const end = after(clock.now(), limit);
    for (;;) {
      this.#mustGoOn();
      const answer = await this.hooks.readLines();
      if (answer !== undefined) this.lines = answer.lines;
      this.#mustGoOn();
      const found = look();
      if (found !== undefined) return found;
      if (clock.now() >= end) return undefined;
      await this.#pause();
    }
  }

  /** The doors of this test's vestibule. */
  doors(): Doors | undefined {
    const { id } = this.vestibule;
    return this.hooks.services.state().vestibules.find((one) => one.id === id)?.doors;
  }

  onTrial(): DoorsOnTrial {
    return {
      doors: () => this.doors(),
      release: (door) => void this.release(door),
      until: async (isSo, limit) =>
        (await this.until(() => {
          const doors = this.doors();
          return doors !== undefined && isSo(doors) ? true : undefined;
        }, limit)) === true,
    };
  }

  /** Under R1, as for anybody. */
  release(door: "outer" | "inner"): { readonly passage: string } {
    return this.hooks.release(this.vestibule.id, door, this.options.operator);
  }

  line(name: string): LineReport | undefined {
    return this.lines.find((line) => line.name === name);
  }

  recorded(type: string, fields: Readonly<Record<string, unknown>>): JournalRecord | undefined {
    return this.records.find(
      (record) =>
        record.type === type &&
        Object.entries(fields).every(([field, value]) => record.payload[field] === value),
    );
  }

  [Symbol.dispose](): void {
    for (const one of this.#listening) one[Symbol.dispose]();
  }

  #mustGoOn(): void {
    if (this.options.signal.aborted) throw new TestCancelled();
  }

  #pause(): Promise<void> {
    const { clock, signal } = this.options;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = clock.wakeAt(after(clock.now(), interval), resolve);
    signal.addEventListener("abort", () => resolve(), { once: true });
    return promise.finally(() => timer[Symbol.dispose]());
  }
}

function keep<One>(all: One[], one: One): void {
  all.push(one);
  if (all.length > mostKept) all.shift();
}

/** Whole milliseconds between two instants of one boot; null where one is not known. */
export const between = (from: Instant | undefined, to: Instant | undefined): number | null =>
  from === undefined || to === undefined ? null : Math.round(to - from);
