import { after, type Milliseconds } from "../domain/time.ts";
import {
  type AlarmLink,
  type AlarmLinkState,
  LinkFault,
  type LinkMessage,
  type RequestHearer,
} from "../ports/alarm-link.ts";
import type { Clock } from "../ports/clock.ts";

const retryInterval: Milliseconds = 5_000;

/**
 * A link to a broker that may not be there yet, for example because another program holds its port. Until then it is
 * offline and says why, which becomes the alarm BrokerLost; the doors work meanwhile.
 */
export class EventualAlarmLink implements AlarmLink {
  readonly #open: () => Promise<AlarmLink>;
  readonly #clock: Clock;
  readonly #listeners = new Set<(state: AlarmLinkState) => void>();
  readonly #hearers = new Set<RequestHearer>();
  #link: AlarmLink | undefined;
  #state: AlarmLinkState = { phase: "connecting" };
  #retry: Disposable | undefined;
  #disposed = false;

  /** `open` rejects with a message for people. */
  constructor(open: () => Promise<AlarmLink>, clock: Clock) {
    this.#open = open;
    this.#clock = clock;
  }

  /** Resolves after the first attempt, whatever came of it. */
  async start(): Promise<void> {
    try {
      const link = await this.#open();
      if (this.#disposed) return await link[Symbol.asyncDispose]();
      this.#link = link;
      link.listen((state) => this.#become(state));
      if (this.#hearers.size > 0) this.#hear(link);
      this.#become(link.state());
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.#become({ phase: "offline", since: new Date(this.#clock.wall()).toISOString(), detail });
      if (this.#disposed) return;
      this.#retry = this.#clock.wakeAt(after(this.#clock.now(), retryInterval), () => void this.start());
    }
  }

  state(): AlarmLinkState {
    return this.#state;
  }

  listen(onState: (state: AlarmLinkState) => void): Disposable {
    this.#listeners.add(onState);
    return { [Symbol.dispose]: () => void this.#listeners.delete(onState) };
  }

  publish(message: LinkMessage): Promise<void> {
    return this.#link?.publish(message) ?? this.#offline();
  }

  retained(filter: string): Promise<readonly string[]> {
    return this.#link?.retained(filter) ?? this.#offline();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#retry?.[Symbol.dispose]();
    await this.#link?.[Symbol.asyncDispose]();
  }

  hearRequests(hearer: RequestHearer): Disposable {
    this.#hearers.add(hearer);
    if (this.#link !== undefined && this.#hearers.size === 1) this.#hear(this.#link);
    return { [Symbol.dispose]: () => void this.#hearers.delete(hearer) };
  }

  #hear(link: AlarmLink): void {
    link.hearRequests({
      onRequest: (request) => this.#hearers.forEach((hearer) => hearer.onRequest(request)),
      onFlood: (deaf) => this.#hearers.forEach((hearer) => hearer.onFlood(deaf)),
    });
  }

  #offline(): Promise<never> {
    return Promise.reject(new LinkFault("offline", "there is no connection to a broker yet"));
  }

  #become(state: AlarmLinkState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
