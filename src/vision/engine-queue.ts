import { after, type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { FaceEngine } from "../ports/face-engine.ts";

/**
 * Who wants the engine. `door`: a card was presented. `watch`: a face stands before a camera. `search`: something
 * moves before one. `desk`: somebody enrols. `guide`: somebody is shown how a picture would turn out.
 */
export type Urgency = "door" | "watch" | "search" | "desk" | "guide";

type Patient = Exclude<Urgency, "door">;

/** Among those who are not at a door, whoever has waited longest for his kind comes first. */
const patience: Readonly<Record<Patient, Milliseconds>> = { watch: 110, search: 400, desk: 300, guide: 600 };

/** Even a day on which the doors never rest lets an enrolment on, one step of it in so long a time. */
const deskPatience: Milliseconds = 5_000;

/** What looking before any card may take of the engine's time: a core stays free for the rest of the box. */
const watchingShare = 0.5;

/** A look takes a tenth of a second; what takes so long will never end. */
const engineLimit: Milliseconds = 10_000;

interface Waiting {
  readonly urgency: Urgency;
  readonly since: Instant;
  readonly go: () => void;
}

class EngineStuck extends Error {
  constructor() {
    super(`the face engine has not answered for ${engineLimit / 1000} s`);
  }
}

/** The engine computes one picture at a time; this says whose. Bounded by its users: each has at most one turn asked for. */
export class EngineQueue {
  readonly #engine: FaceEngine;
  readonly #clock: Clock;
  readonly #onStuck: () => void;
  readonly #waiting: Waiting[] = [];
  #busy = false;
  #stuck = false;
  /** Looking without a card rests until then. */
  #restsUntil: Instant | undefined;
  #wake: Disposable | undefined;

  /** `onStuck`: the engine hangs for good; only another process has a working one. */
  constructor(engine: FaceEngine, clock: Clock, onStuck: () => void = () => {}) {
    this.#engine = engine;
    this.#clock = clock;
    this.#onStuck = onStuck;
  }

  async use<Result>(urgency: Urgency, work: (engine: FaceEngine) => Promise<Result>): Promise<Result> {
    await this.#turn(urgency);
    const start = this.#clock.now();
    try {
      return await this.#limited(work);
    } finally {
      if (isWatching(urgency)) {
        const spent = since(start, this.#clock.now());
        this.#restsUntil = after(start, spent / watchingShare);
      }
      this.#busy = false;
      this.#next();
    }
  }

  /** The engine for longer work that is no hurry: each call waits for a turn of its own. */
  inTurns(urgency: Urgency): FaceEngine {
    const engine = this.#engine;
    return {
      model: engine.model,
      backend: engine.backend,
      ...(engine.second === undefined ? {} : { second: engine.second }),
      detect: (picture, effort, near) => this.use(urgency, (free) => free.detect(picture, effort, near)),
      describe: (picture, face) => this.use(urgency, (free) => free.describe(picture, face)),
      timings: () => engine.timings(),
      [Symbol.asyncDispose]: () => Promise.resolve(), // whoever opened it closes it
    };
  }

  #turn(urgency: Urgency): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ urgency, since: this.#clock.now(), go: resolve });
    this.#next();
    return promise;
  }

  async #limited<Result>(work: (engine: FaceEngine) => Promise<Result>): Promise<Result> {
    if (this.#stuck) throw new EngineStuck();
    const { promise, reject } = Promise.withResolvers<never>();
    using _limit = this.#clock.wakeAt(after(this.#clock.now(), engineLimit), () => {
      this.#stuck = true;
      reject(new EngineStuck());
      this.#onStuck();
    });
    return await Promise.race([work(this.#engine), promise]);
  }

  #next(): void {
    if (this.#busy) return;
    this.#wake?.[Symbol.dispose]();
    const now = this.#clock.now();
    const next = this.#choose(now);
    if (next !== undefined) {
      this.#busy = true;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      next.go();
    } else if (this.#waiting.length > 0 && this.#restsUntil !== undefined) {
      this.#wake = this.#clock.wakeAt(this.#restsUntil, () => this.#next());
    }
  }

  #choose(now: Instant): Waiting | undefined {
    const first = (urgency: Urgency): Waiting | undefined =>
      this.#waiting.find((one) => one.urgency === urgency);
    const desk = first("desk");
    if (desk !== undefined && since(desk.since, now) >= deskPatience) return desk;
    const door = first("door");
    if (door !== undefined) return door;
    const rests = this.#restsUntil !== undefined && this.#restsUntil > now;
    const ready = (["watch", "search", "desk", "guide"] as const)
      .filter((urgency) => !(rests && isWatching(urgency)))
      .flatMap((urgency) => {
        const one = first(urgency);
        return one === undefined ? [] : [{ one, waited: since(one.since, now) / patience[urgency] }];
      });
    return ready.toSorted((a, b) => b.waited - a.waited)[0]?.one;
  }
}

const isWatching = (urgency: Urgency): boolean => urgency === "watch" || urgency === "search";
