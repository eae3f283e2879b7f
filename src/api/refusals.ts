import type { Right } from "../domain/operator/rights.ts";
import { type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { ControllerServices } from "../ports/controller-services.ts";

const quietTime: Milliseconds = 60_000;
const kept = 1000;

/** Records who asked for what is not theirs: once a minute each, so that a program gone wild fills no journal. */
export class Refusals {
  readonly #services: Pick<ControllerServices, "record">;
  readonly #clock: Pick<Clock, "now">;
  readonly #noted = new Map<string, Instant>();

  constructor(services: Pick<ControllerServices, "record">, clock: Pick<Clock, "now">) {
    this.#services = services;
    this.#clock = clock;
  }

  async note(operator: string, right: Right): Promise<void> {
    const key = `${operator} ${right}`;
    const before = this.#noted.get(key);
    const now = this.#clock.now();
    if (before !== undefined && since(before, now) < quietTime) return;
    this.#noted.delete(key);
    this.#noted.set(key, now);
    if (this.#noted.size > kept) {
      const [oldest] = this.#noted.keys();
      if (oldest !== undefined) this.#noted.delete(oldest);
    }
    await this.#services.record("RequestForbidden", { operator, right });
  }
}
