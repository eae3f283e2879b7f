import {
  type AlarmLink,
  type AlarmLinkState,
  LinkFault,
  type LinkMessage,
  type LinkRequest,
  type RequestHearer,
} from "../ports/alarm-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { JsonObject } from "../ports/journal.ts";

/** Messages kept for a test to look at; the oldest go first. */
const maxRecorded = 100_000;

/** A link to a broker that a test holds in its hand: what was sent is on record, and faults come when asked for. */
export class RecordedAlarmLink implements AlarmLink {
  readonly #clock: Pick<Clock, "wall">;
  readonly #listeners = new Set<(state: AlarmLinkState) => void>();
  readonly #hearers = new Set<RequestHearer>();
  readonly #taken: LinkMessage[] = [];
  readonly #held: { message: LinkMessage; resolve: () => void; reject: (fault: LinkFault) => void }[] = [];
  readonly #retained = new Map<string, JsonObject>();
  readonly #refused = new Set<string>();
  #state: AlarmLinkState;
  #holding = false;

  /** Online at once, as a broker on the same box is. */
  constructor(clock: Pick<Clock, "wall">) {
    this.#clock = clock;
    this.#state = { phase: "online", since: this.#wallTime() };
  }

  /** What the broker has taken, in order. */
  taken(): readonly LinkMessage[] {
    return this.#taken;
  }

  retainedBody(topic: string): JsonObject | undefined {
    return this.#retained.get(topic);
  }

  /** The connection breaks; what was not confirmed is lost on the way, or arrives without a confirmation. */
  disconnect(detail = "simulated: the broker went away", underWay: "lost" | "arrives" = "lost"): void {
    const held = this.#held.splice(0);
    if (underWay === "arrives") for (const { message } of held) this.#take(message);
    this.#become({ phase: "offline", since: this.#wallTime(), detail });
    for (const { reject } of held) reject(new LinkFault("offline", detail));
  }

  reconnect(): void {
    this.#become({ phase: "online", since: this.#wallTime() });
  }

  /** Until told otherwise, messages are under way and neither taken nor refused. */
  holdConfirmations(holding: boolean): void {
    this.#holding = holding;
    if (holding) return;
    for (const { message, resolve } of this.#held.splice(0)) {
      this.#take(message);
      resolve();
    }
  }

  /** Messages on `topic` are refused, as an access control list would. */
  refuse(topic: string, refused = true): void {
    if (refused) this.#refused.add(topic);
    else this.#refused.delete(topic);
  }

  hearRequests(hearer: RequestHearer): Disposable {
    this.#hearers.add(hearer);
    return { [Symbol.dispose]: () => void this.#hearers.delete(hearer) };
  }

  /** Somebody outside asks for something. */
  ask(name: string, body: JsonObject | string, how: Partial<LinkRequest> = {}): void {
    const payload = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
    const request = {
      name,
      payload,
      retained: false,
      replyTo: "reply/tester",
      correlation: undefined,
      ...how,
    };
    for (const hearer of [...this.#hearers]) hearer.onRequest(request);
  }

  underWay(): number {
    return this.#held.length;
  }

  /** Topics of what is under way, in the order in which it was sent. */
  topicsUnderWay(): readonly string[] {
    return this.#held.map(({ message }) => message.topic);
  }

  state(): AlarmLinkState {
    return this.#state;
  }

  listen(onState: (state: AlarmLinkState) => void): Disposable {
    this.#listeners.add(onState);
    return { [Symbol.dispose]: () => this.#listeners.delete(onState) };
  }

  async publish(message: LinkMessage): Promise<void> {
    if (this.#state.phase !== "online") throw new LinkFault("offline", "simulated: not connected");
    if (this.#refused.has(message.topic)) {
      throw new LinkFault("refused", `the broker does not take ${message.topic}: simulated`);
    }
    if (this.#holding) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.#held.push({ message, resolve, reject });
      return promise;
    }
    this.#take(message);
  }

  async retained(filter: string): Promise<readonly string[]> {
    if (this.#state.phase !== "online") throw new LinkFault("offline", "simulated: not connected");
    return [...this.#retained.keys()].filter((topic) => matches(topic, filter));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disconnect("the link is closing");
    this.#listeners.clear();
  }

  #take(message: LinkMessage): void {
    this.#taken.push(message);
    if (this.#taken.length > maxRecorded) this.#taken.shift();
    if (!message.retain) return;
    if (message.body === undefined) this.#retained.delete(message.topic);
    else this.#retained.set(message.topic, message.body);
  }

  #become(state: AlarmLinkState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }

  #wallTime(): string {
    return new Date(this.#clock.wall()).toISOString();
  }
}

/** Levels of the topic against levels of the filter, `+` for any one. */
function matches(topic: string, filter: string): boolean {
  const levels = topic.split("/");
  const wanted = filter.split("/");
  return (
    levels.length === wanted.length &&
    wanted.every((level, index) => level === "+" || level === levels[index])
  );
}
