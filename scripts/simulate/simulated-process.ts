import { after, type Instant, type Milliseconds, type WallTime } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { ProcessLink, Role } from "../../src/ports/process-link.ts";
import type { ProcessHub } from "../../src/simulation/process-hub.ts";

/** How long the next message takes. */
export type Delay = (from: Role, to: Role) => Milliseconds;

export interface ProcessOptions {
  readonly role: Role;
  readonly hub: ProcessHub;
  readonly clock: Clock;
  readonly delay: Delay;
  /** After everything that the process did at one go. */
  readonly afterStep: () => void;
}

/**
 * What one process has of the world: a clock and a link. Killed, it hears and wakes for nothing any more and whatever
 * it still does has no effect; stopped (SIGSTOP), it hears everything later.
 */
export class SimulatedProcess {
  readonly role: Role;
  readonly clock: Clock;
  readonly link: ProcessLink;
  readonly #options: ProcessOptions;
  #state: "running" | "stopped" | "dead" = "running";
  /** What waits until it runs again; before `up`, until it listens. */
  #held: (() => void)[] = [];
  #listening: boolean;
  #depth = 0;

  /** `waits`: what comes in waits until the process says that it is up. */
  constructor(options: ProcessOptions, waits: boolean) {
    this.#options = options;
    this.role = options.role;
    this.#listening = !waits;
    const { clock } = options;
    this.clock = {
      now: (): Instant => clock.now(),
      wall: (): WallTime => clock.wall(),
      wakeAt: (at, wake) => {
        let cancelled = false;
        const timer = clock.wakeAt(at, () => this.#run(() => (cancelled ? undefined : wake())));
        return {
          [Symbol.dispose]: () => {
            cancelled = true;
            timer[Symbol.dispose]();
          },
        };
      },
    };
    this.link = this.#linkOf(options);
  }

  get running(): boolean {
    return this.#state === "running";
  }

  get dead(): boolean {
    return this.#state === "dead";
  }

  get stopped(): boolean {
    return this.#state === "stopped";
  }

  /** It listens from now on. */
  up(): void {
    this.#listening = true;
    this.#release();
  }

  stop(): void {
    if (this.#state === "running") this.#state = "stopped";
  }

  resume(): void {
    if (this.#state !== "stopped") return;
    this.#state = "running";
    this.#release();
  }

  kill(): void {
    this.#state = "dead";
    this.#held = [];
  }

  #linkOf({ role, hub, clock, delay }: ProcessOptions): ProcessLink {
    const raw = hub.start(role);
    const arrivals = new Map<Role, Instant>();
    return {
      send: (to, message) => {
        if (this.dead) return;
        // Wires and cables take no time.
        if (to === "building") return raw.send(to, message);
        const soonest = after(clock.now(), delay(role, to));
        const last = arrivals.get(to);
        const at = last === undefined || soonest > last ? soonest : last;
        arrivals.set(to, at);
        clock.wakeAt(at, () => raw.send(to, message));
      },
      onMessage: (listener) =>
        raw.onMessage((from, message) => {
          const hear = (): void => listener(from, message);
          if (from === "building") this.#run(hear);
          else this.#hear(hear);
        }),
      onPeer: (listener) =>
        raw.onPeer((peer, state) => {
          if (peer === "building") listener(peer, state);
          else clock.wakeAt(clock.now(), () => this.#hear(() => listener(peer, state)));
        }),
    };
  }

  #hear(work: () => void): void {
    if (this.#listening) this.#run(work);
    else if (!this.dead) this.#held.push(work);
  }

  #run(work: () => void): void {
    switch (this.#state) {
      case "dead":
        return;
      case "stopped":
        this.#held.push(work);
        return;
      case "running":
        this.#step(work);
    }
  }

  #step(work: () => void): void {
    this.#depth += 1;
    try {
      work();
    } finally {
      this.#depth -= 1;
    }
    if (this.#depth === 0) this.#options.afterStep();
  }

  #release(): void {
    if (!this.#listening || this.#state !== "running") return;
    const held = this.#held;
    this.#held = [];
    for (const work of held) this.#run(work);
  }
}
