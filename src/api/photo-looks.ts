import { type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { ControllerServices } from "../ports/controller-services.ts";

/** A page that is opened again, or drawn anew, within this is one look; evidence is counted alike. */
const oneLook: Milliseconds = 300_000;
const mostLooks = 1_000;

/**
 * Who looked at whose photo, on record before it is shown. No list shows photos, only one person's page does: so many
 * records at once as a person has photos, and each photo once in five minutes for each operator.
 */
export class PhotoLooks {
  readonly #services: Pick<ControllerServices, "record">;
  readonly #clock: Pick<Clock, "now">;
  readonly #looks = new Map<string, Instant>();

  constructor(services: Pick<ControllerServices, "record">, clock: Pick<Clock, "now">) {
    this.#services = services;
    this.#clock = clock;
  }

  async note(operator: string, cardholder: string, photo: string): Promise<void> {
    const now = this.#clock.now();
    for (const [look, at] of this.#looks) {
      if (since(at, now) < oneLook && this.#looks.size <= mostLooks) break;
      this.#looks.delete(look);
    }
    const look = `${operator} ${photo}`;
    if (this.#looks.has(look)) return;
    await this.#services.record("PhotoViewed", { operator, cardholder, photo });
    this.#looks.set(look, now);
  }
}
