import { type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { ControllerServices } from "../ports/controller-services.ts";

/** A page that is opened again, or drawn anew, within this is one look; evidence is counted alike. */
const oneLook: Milliseconds = 300_000;
const mostLooks = 1_000;

/** As the record names a look; live views are recorded by those who keep them. */
export type Look =
  | { readonly type: "PhotoViewed"; readonly cardholder: string; readonly photo: string }
  | { readonly type: "CameraWatched"; readonly camera: string };

/**
 * Who looked at which picture, on record before it is shown, and once in five minutes for each operator: no list shows
 * photos, only one person's page does; a page that asks a camera for its newest picture asks every second.
 */
export class PictureLooks {
  readonly #services: Pick<ControllerServices, "record">;
  readonly #clock: Pick<Clock, "now">;
  readonly #looks = new Map<string, Instant>();

  constructor(services: Pick<ControllerServices, "record">, clock: Pick<Clock, "now">) {
    this.#services = services;
    this.#clock = clock;
  }

  async note(operator: string, { type, ...what }: Look): Promise<void> {
    const now = this.#clock.now();
    for (const [look, at] of this.#looks) {
      if (since(at, now) < oneLook && this.#looks.size <= mostLooks) break;
      this.#looks.delete(look);
    }
    const look = [operator, type, ...Object.values(what)].join(" ");
    if (this.#looks.has(look)) return;
    // Noted at once: who asks again while it is written has been counted.
    this.#looks.set(look, now);
    try {
      await this.#services.record(type, { operator, ...what });
    } catch (error) {
      this.#looks.delete(look);
      throw error;
    }
  }
}
