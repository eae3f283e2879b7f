import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import { after, type Milliseconds } from "../domain/time.ts";
import { type AlarmLink, type AlarmLinkState, LinkFault } from "../ports/alarm-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { VestibuleView } from "../ports/controller-services.ts";
import type { Journal, JournalCursor, StorageFault } from "../ports/journal.ts";
import type { SignedCheckpoint } from "../ports/journal-proofs.ts";
import { BrokerWatch } from "./broker-watch.ts";
import { EventDelivery } from "./event-delivery.ts";
import { alarmMessage, alarmTopics, checkpointMessage, isPressing, stateMessage } from "./published-view.ts";
import { RetainedTopics } from "./retained-topics.ts";

export interface OutboxOptions {
  readonly journal: Pick<Journal, "query" | "last">;
  /** Where delivery has got to; survives restarts. */
  readonly cursor: JournalCursor;
  readonly link: AlarmLink;
  readonly clock: Clock;
  /** Raises the alarm BrokerLost; `detail` is for people. */
  readonly onBrokerLost: (detail: string) => void;
  readonly onBrokerReturned: () => void;
  /** Whether BrokerLost is on already, from before the start. */
  readonly brokerLost?: boolean;
  /** Alarms that the centre is not shown as such; left out: none. */
  readonly isPublished?: (alarm: AlarmRecord["type"]) => boolean;
  /** How long nothing may get through before that is an alarm. */
  readonly patience?: Milliseconds;
  /** Most events sent and not yet confirmed. */
  readonly window?: number;
}

const retryFirst: Milliseconds = 1000;
const retryLongest: Milliseconds = 30_000;

/**
 * Tells the world outside. Events are delivered from the journal by a cursor, so that nothing is lost while
 * the broker or this box is away; states and alarms are kept as retained topics, so that an alarm is seen at
 * once even while a day's events are still being caught up.
 */
export class Outbox implements AsyncDisposable {
  readonly #link: AlarmLink;
  readonly #clock: Clock;
  readonly #events: EventDelivery;
  readonly #retained: RetainedTopics;
  readonly #watch: BrokerWatch;
  readonly #refused = new Set<"events" | "retained">();
  readonly #isPublished: (alarm: AlarmRecord["type"]) => boolean;
  #listening: Disposable | undefined;
  #retry: Disposable | undefined;
  #retries = 0;
  #connections = 0;
  #sendSoon: NodeJS.Immediate | undefined;

  constructor(options: OutboxOptions) {
    const { journal, cursor, link, clock } = options;
    this.#link = link;
    this.#isPublished = options.isPublished ?? (() => true);
    this.#clock = clock;
    this.#watch = new BrokerWatch({
      clock,
      patience: options.patience ?? 10_000,
      lost: options.brokerLost ?? false,
      onLost: options.onBrokerLost,
      onReturned: options.onBrokerReturned,
    });
    this.#events = new EventDelivery({
      journal,
      cursor,
      link,
      window: options.window ?? 32,
      onFault: (fault) => this.#onFault("events", fault),
      onDelivered: () => this.#onDelivered("events"),
    });
    this.#retained = new RetainedTopics({
      link,
      onFault: (fault) => this.#onFault("retained", fault),
      onDelivered: () => this.#onDelivered("retained"),
    });
  }

  /**
   * Begins with what is true now: alarms the broker still shows but `openAlarms` does not hold, because they
   * went back to normal while nobody could be told, are cleared.
   */
  start(openAlarms: readonly AlarmRecord[], vestibules: readonly VestibuleView[]): void {
    for (const alarm of openAlarms) this.alarmChanged(alarm);
    for (const vestibule of vestibules) this.stateChanged(vestibule);
    this.#listening = this.#link.listen((state) => this.#linkBecame(state));
    this.#linkBecame(this.#link.state());
  }

  /** New records are in the journal. Returns at once: what has just been decided comes before telling of it. */
  recordsAppended(): void {
    this.#sendSoon ??= setImmediate(() => {
      this.#sendSoon = undefined;
      this.#events.send();
    });
  }

  stateChanged(vestibule: VestibuleView): void {
    this.#retained.set(stateMessage(vestibule));
  }

  alarmChanged(alarm: AlarmRecord): void {
    if (!this.#isPublished(alarm.type)) return;
    this.#retained.set(alarmMessage(alarm), isPressing(alarm));
  }

  /** Whoever keeps it can tell from then on that the journal was cut off, put back or begun anew. */
  checkpointSigned(checkpoint: SignedCheckpoint): void {
    this.#retained.set(checkpointMessage(checkpoint));
  }

  /** Sequence number up to which every event is delivered. */
  delivered(): number {
    return this.#events.confirmed();
  }

  /** Stops sending; the link is not this object's to close. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening?.[Symbol.dispose]();
    this.#retry?.[Symbol.dispose]();
    this.#watch[Symbol.dispose]();
    clearImmediate(this.#sendSoon);
    this.#events.halt();
    this.#retained.halt();
  }

  #linkBecame(state: AlarmLinkState): void {
    this.#connections += 1;
    this.#retry?.[Symbol.dispose]();
    this.#retry = undefined;
    this.#refused.clear();
    this.#watch.linkBecame(state);
    if (state.phase === "online") {
      this.#retained.republish();
      this.#events.resume();
      void this.#clearStaleAlarms(this.#connections);
    } else {
      this.#events.halt();
      this.#retained.halt();
    }
  }

  async #clearStaleAlarms(connection: number): Promise<void> {
    // A broker that goes away while it is asked is asked again at the next connection.
    const topics = await this.#link.retained(alarmTopics).catch(() => []);
    if (connection !== this.#connections) return;
    for (const topic of topics) {
      if (!this.#retained.has(topic)) this.#retained.set({ topic, body: undefined, retain: true });
    }
  }

  #onFault(what: "events" | "retained", fault: LinkFault | StorageFault): void {
    if (fault instanceof LinkFault) {
      // A link that goes down says so itself, and all begins again when it is back.
      if (fault.code === "offline" || fault.code === "timedOut") return;
      this.#refused.add(what);
      this.#watch.troubled(fault.message, false);
    }
    if (this.#retry !== undefined) return;
    this.#retries += 1;
    const wait = Math.min(retryLongest, retryFirst * 2 ** (this.#retries - 1));
    this.#retry = this.#clock.wakeAt(after(this.#clock.now(), wait), () => {
      this.#retry = undefined;
      this.#events.resume();
      this.#retained.resume();
    });
  }

  #onDelivered(what: "events" | "retained"): void {
    this.#refused.delete(what);
    if (this.#refused.size > 0) return;
    this.#retries = 0;
    this.#watch.recovered();
  }
}
