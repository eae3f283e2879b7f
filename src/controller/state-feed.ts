import { after, type Instant, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { SiteState } from "../ports/controller-services.ts";

/** Ten pictures a second are as live as an eye can tell. */
const shortest: Milliseconds = 100;

/** Tells whoever watches that the live state changed, no more often than they can look. */
export class StateFeed implements Disposable {
  readonly #clock: Clock;
  readonly state: () => SiteState;
  readonly #nextChange: () => Instant | undefined;
  readonly #listeners = new Set<(state: SiteState) => void>();
  #toldAt: Instant | undefined;
  #pending: { readonly at: Instant; readonly timer: Disposable } | undefined;

  /** `nextChange`: when the state will change by itself. */
  constructor(clock: Clock, state: () => SiteState, nextChange: () => Instant | undefined) {
    this.#clock = clock;
    this.state = state;
    this.#nextChange = nextChange;
  }

  listen(listener: (state: SiteState) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  changed(): void {
    const now = this.#clock.now();
    const allowedAt = this.#toldAt === undefined ? now : after(this.#toldAt, shortest);
    this.#tellAt(allowedAt > now ? allowedAt : now);
  }

  [Symbol.dispose](): void {
    this.#pending?.timer[Symbol.dispose]();
    this.#listeners.clear();
  }

  #tellAt(at: Instant): void {
    if (this.#pending !== undefined && this.#pending.at <= at) return;
    this.#pending?.timer[Symbol.dispose]();
    this.#pending = { at, timer: this.#clock.wakeAt(at, () => this.#tell()) };
  }

  #tell(): void {
    this.#pending = undefined;
    this.#toldAt = this.#clock.now();
    const state = this.state();
    for (const listener of this.#listeners) listener(state);
    const next = this.#nextChange();
    if (next !== undefined) this.#tellAt(next);
  }
}
