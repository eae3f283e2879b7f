import type { AlarmLink, LinkMessage } from "../ports/alarm-link.ts";
import { LinkFault } from "../ports/alarm-link.ts";
import type { JsonObject } from "../ports/journal.ts";

export interface RetainedTopicsOptions {
  readonly link: AlarmLink;
  readonly onFault: (fault: LinkFault) => void;
  /** Nothing is refused any more. */
  readonly onDelivered: () => void;
}

/** States and alarms a site can have at once, many times over. */
const maxTopics = 4096;
const maxInFlight = 8;
/** Kept free for what presses: a duress does not wait until a broker has confirmed a flood. */
const maxPressingInFlight = 4;

/**
 * Topics of which only the latest value counts: one message per topic under way, and what changes meanwhile
 * is sent once afterwards. Memory is one value per topic, whatever happens while the broker is away.
 */
export class RetainedTopics {
  readonly #options: RetainedTopicsOptions;
  /** `undefined`: the topic is to be empty. */
  readonly #latest = new Map<string, JsonObject | undefined>();
  readonly #due = new Set<string>();
  /** Of those that are due: the ones that go first. */
  readonly #pressing = new Set<string>();
  readonly #underWay = new Set<string>();
  /** Failed and not confirmed since; `resume` tries them again. */
  readonly #failed = new Set<string>();
  #generation = 0;
  #halted = true;

  constructor(options: RetainedTopicsOptions) {
    this.#options = options;
  }

  /** False where the topic is one too many; what it says is then in the events only. */
  set({ topic, body }: LinkMessage, pressing = false): boolean {
    if (!this.#latest.has(topic) && this.#latest.size >= maxTopics) return false;
    if (pressing) this.#pressing.add(topic);
    else this.#pressing.delete(topic);
    this.#latest.set(topic, body);
    this.#due.add(topic);
    this.#send();
    return true;
  }

  has(topic: string): boolean {
    return this.#latest.has(topic);
  }

  /** A new connection: whatever the broker holds, it gets everything. */
  republish(): void {
    this.#generation += 1;
    this.#halted = false;
    this.#underWay.clear();
    this.#failed.clear();
    for (const topic of this.#latest.keys()) this.#due.add(topic);
    this.#send();
  }

  halt(): void {
    this.#generation += 1;
    this.#halted = true;
    this.#underWay.clear();
  }

  /** The time to try what was refused again has come. */
  resume(): void {
    for (const topic of this.#failed) this.#due.add(topic);
    this.#send();
  }

  #send(): void {
    const pressing = [...this.#due].filter((topic) => this.#pressing.has(topic));
    this.#sendSome(pressing, maxInFlight + maxPressingInFlight);
    this.#sendSome(this.#due, maxInFlight);
  }

  #sendSome(topics: Iterable<string>, most: number): void {
    for (const topic of topics) {
      if (this.#halted || this.#underWay.size >= most) return;
      if (this.#underWay.has(topic)) continue;
      this.#due.delete(topic);
      this.#publish(topic, this.#latest.get(topic));
    }
  }

  #publish(topic: string, body: JsonObject | undefined): void {
    const generation = this.#generation;
    this.#underWay.add(topic);
    this.#options.link.publish({ topic, body, retain: true }).then(
      () => {
        if (generation === this.#generation) this.#confirm(topic, body);
      },
      (error: unknown) => {
        if (generation === this.#generation) this.#fail(topic, error);
      },
    );
  }

  #confirm(topic: string, body: JsonObject | undefined): void {
    this.#underWay.delete(topic);
    this.#failed.delete(topic);
    if (body === undefined && !this.#due.has(topic)) {
      this.#latest.delete(topic);
      this.#pressing.delete(topic);
    }
    if (this.#failed.size === 0) this.#options.onDelivered();
    this.#send();
  }

  /** One topic that is refused does not hold up the others. */
  #fail(topic: string, error: unknown): void {
    if (!(error instanceof LinkFault)) throw error;
    this.#underWay.delete(topic);
    this.#failed.add(topic);
    this.#options.onFault(error);
    if (error.code === "refused" || error.code === "tooLarge") this.#send();
  }
}
