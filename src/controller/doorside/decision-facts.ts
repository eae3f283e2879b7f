import type { AccessPolicy, KnownCredential, LocalTime, Surroundings } from "../../domain/access/access.ts";
import type { AccessPointRef } from "../../domain/names.ts";
import type { Instant, WallTime } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Cardholder, Directory } from "../../ports/directory.ts";
import type { InterlockClient } from "../interlock-client.ts";
import type { SiteCalendar } from "../local-time.ts";
import type { PresenceView } from "../presence/presence-view.ts";
import { isLockedDown } from "../vestibule-mode.ts";
import type { VisionClient } from "../vision-client.ts";
import { knownCredential } from "./passage-inputs.ts";

export interface DecisionFactsOptions {
  readonly policy: () => AccessPolicy;
  readonly clock: Clock;
  readonly calendar: SiteCalendar;
  readonly directory: Pick<Directory, "findByCard" | "get" | "templates">;
  readonly presence: PresenceView;
  readonly interlock: Pick<InterlockClient, "report">;
  readonly vision: Pick<VisionClient, "ready" | "camera">;
  readonly cameraOf: (where: AccessPointRef) => string | undefined;
  readonly storage: () => "ok" | "failed";
  /** Whether the doors are being tried by an installer. */
  readonly commissioning: () => boolean;
}

/** Whom a passage is about. */
export interface PassageFacts {
  readonly passage: string;
  readonly card: string | null;
  readonly cardholder: string | null;
}

export interface Times {
  readonly at: Instant;
  readonly wall: WallTime;
  readonly local: LocalTime;
}

/** What a decision has to know about the world at its instant, gathered from those who know it. */
export class DecisionFacts {
  readonly #options: DecisionFactsOptions;

  constructor(options: DecisionFactsOptions) {
    this.#options = options;
  }

  /** `at`: where it was earlier than now. */
  times(at?: Instant): Times {
    const { clock, calendar } = this.#options;
    const wall = clock.wall();
    return { at: at ?? clock.now(), wall, local: calendar.localTime(wall) };
  }

  ofCard(number: string): KnownCredential | undefined {
    const found = this.#options.directory.findByCard(number);
    return (
      found && knownCredential(found, this.#templatesOf(found.cardholder), this.#areaOf(found.cardholder))
    );
  }

  /** Of somebody who has no card at hand. */
  ofPerson(cardholder: string): KnownCredential | undefined {
    const found = this.#options.directory.get(cardholder);
    return (
      found &&
      knownCredential({ cardholder: found, card: undefined }, this.#templatesOf(found), this.#areaOf(found))
    );
  }

  /** Of whoever a passage is about. */
  ofPassage({ card, cardholder }: PassageFacts): KnownCredential | undefined {
    if (card !== null) return this.ofCard(card);
    return cardholder === null ? undefined : this.ofPerson(cardholder);
  }

  surroundings(where: AccessPointRef, waiting: readonly PassageFacts[]): Surroundings {
    const { interlock, vision, cameraOf, storage, presence, clock } = this.#options;
    const doors = interlock.report(where.vestibule)?.doors;
    const id = cameraOf(where);
    const camera = id === undefined ? undefined : vision.camera(id);
    const usable = camera?.state === "live" && camera.health.length === 0;
    return {
      secure: { outer: doors?.outer.secure ?? false, inner: doors?.inner.secure ?? false },
      camera: id === undefined ? "unfitted" : usable ? "usable" : "faulty",
      storage: storage(),
      lockdown: isLockedDown(interlock.report(where.vestibule)?.condition),
      ...(this.#options.commissioning() ? { commissioning: true } : {}),
      occupancy: presence.occupancy(where.vestibule),
      openedSchedules: presence.openedSchedules(clock.wall()),
      waiting: Object.fromEntries(waiting.map((facts) => [facts.passage, this.ofPassage(facts)])),
    };
  }

  policy(): AccessPolicy {
    return this.#options.policy();
  }

  #areaOf({ id }: Cardholder) {
    return this.#options.presence.areaOf(id);
  }

  /** By the recogniser that has the fewest: whoever lacks those of one cannot be compared at all. */
  #templatesOf({ id }: Cardholder): number {
    const { directory, vision } = this.#options;
    const ready = vision.ready();
    const models =
      ready === undefined ? [] : [ready.model, ...(ready.second === undefined ? [] : [ready.second])];
    const templates = models.map((model) => directory.templates(id, model.id).length);
    return templates.length === 0 ? 0 : Math.min(...templates);
  }
}
