import type { IPublishPacket } from "mqtt";
import { after, type Instant, type Milliseconds } from "../../domain/time.ts";
import type { LinkRequest, RequestHearer } from "../../ports/alarm-link.ts";
import type { Clock } from "../../ports/clock.ts";

/** Far more than people and centres ask for, far less than would hold up the loop that decides about doors. */
const burst = 60;
const perSecond = 10;
/** How long nothing is heard after a flood. */
const deafTime: Milliseconds = 60_000;
const largestRequest = 16 * 1024;
const longestTopic = 256;

export interface RequestIntakeOptions {
  /** `vestibule/SITE/`. */
  readonly root: string;
  readonly clock: Clock;
  readonly hearer: RequestHearer;
  readonly subscribe: (filter: string) => void;
  readonly unsubscribe: (filter: string) => void;
}

/** Takes requests from one connection. More of them than anybody honest sends are stopped at the broker. */
export class RequestIntake implements Disposable {
  readonly #options: RequestIntakeOptions;
  readonly #prefix: string;
  #left = burst;
  #countedAt: Instant;
  #deaf: Disposable | undefined;

  constructor(options: RequestIntakeOptions) {
    this.#options = options;
    this.#prefix = `${options.root}request/`;
    this.#countedAt = options.clock.now();
    options.subscribe(`${this.#prefix}+`);
  }

  onMessage(topic: string, payload: Buffer, packet: IPublishPacket): void {
    if (!topic.startsWith(this.#prefix) || this.#deaf !== undefined) return;
    if (!this.#mayTake()) return this.#goDeaf();
    const request: LinkRequest = {
      name: topic.slice(this.#prefix.length),
      // What is too large is told of, and not carried about.
      payload: payload.length > largestRequest ? Buffer.alloc(0) : payload,
      retained: packet.retain,
      replyTo: this.#within(packet.properties?.responseTopic),
      correlation: packet.properties?.correlationData,
    };
    this.#options.hearer.onRequest(request);
  }

  [Symbol.dispose](): void {
    this.#deaf?.[Symbol.dispose]();
  }

  /** Our answers go below our own root, whatever somebody else wants them to overwrite. */
  #within(topic: string | undefined): string | undefined {
    const { root } = this.#options;
    if (topic === undefined || topic.length > longestTopic || !topic.startsWith(`${root}reply/`))
      return undefined;
    const relative = topic.slice(root.length);
    return /^reply(\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}){1,4}$/.test(relative) ? relative : undefined;
  }

  #mayTake(): boolean {
    const now = this.#options.clock.now();
    this.#left = Math.min(burst, this.#left + ((now - this.#countedAt) / 1000) * perSecond);
    this.#countedAt = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  #goDeaf(): void {
    const { clock, hearer, subscribe, unsubscribe } = this.#options;
    unsubscribe(`${this.#prefix}+`);
    this.#deaf = clock.wakeAt(after(clock.now(), deafTime), () => {
      this.#deaf = undefined;
      subscribe(`${this.#prefix}+`);
    });
    hearer.onFlood(deafTime);
  }
}
