import type { FastifyBaseLogger } from "fastify";
import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import { byUrgency } from "../domain/alarm/kinds.ts";
import type { ControllerServices, SiteState } from "../ports/controller-services.ts";
import type { JournalRecord } from "../ports/journal.ts";
import { recordView } from "../ports/record-view.ts";
import type { ApiLimits } from "./api-options.ts";
import { type Sight, sees, stateFor } from "./sight.ts";
import { alarmView } from "./views.ts";

/** What a stream needs of an HTTP answer. */
export interface StreamResponse {
  write(text: string): boolean;
  end(): void;
  destroy(): void;
  on(event: "drain" | "close" | "error", listener: () => void): unknown;
}

export interface StreamStart {
  readonly response: StreamResponse;
  /** Only records after this one; a client that resumes names its last. */
  readonly after: number;
  /** Asked at every heartbeat: a session that has ended ends its streams. */
  readonly mayContinue: () => boolean;
  /** What of it this reader may see. */
  readonly sight: Sight;
  /** Of the paired screen that reads; left out for whoever else does. */
  readonly screen?: string | undefined;
}

/** Records fetched from the journal at a time, while a reader catches up. */
const pageSize = 100;
/** More open alarms than this waiting for one slow reader, and the least pressing is dropped. */
const alarmsWaiting = 500;

/** The open event streams, at most `limits.streams`. */
export class EventStreams {
  readonly #services: ControllerServices;
  readonly #limits: ApiLimits;
  readonly #log: FastifyBaseLogger;
  readonly #open = new Set<EventStream>();

  constructor(services: ControllerServices, limits: ApiLimits, log: FastifyBaseLogger) {
    this.#services = services;
    this.#limits = limits;
    this.#log = log;
  }

  get isFull(): boolean {
    return this.#open.size >= this.#limits.streams;
  }

  get count(): number {
    return this.#open.size;
  }

  open(start: StreamStart): void {
    const onEnd = (fault?: unknown): void => {
      this.#open.delete(stream);
      if (fault !== undefined) this.#log.error({ err: fault }, "an event stream failed");
    };
    const stream = new EventStream(this.#services, this.#limits, start, onEnd);
    this.#open.add(stream);
    stream.begin();
  }

  isOpenFor(screen: string): boolean {
    return [...this.#open].some((stream) => stream.screen === screen);
  }

  /** Those that may not go on end now, and not at their next beat. */
  review(): void {
    for (const stream of this.#open) stream.review();
  }

  close(): void {
    for (const stream of this.#open) stream.end();
  }
}

/**
 * One reader. Nothing is queued for it but the newest state and the alarms that changed: records are
 * read from the journal as fast as it takes them, so neither gap, repeat nor growing buffer can be.
 */
class EventStream {
  readonly #services: ControllerServices;
  readonly #limits: ApiLimits;
  readonly #start: StreamStart;
  readonly #onEnd: (fault?: unknown) => void;
  #sent: number;
  /** Whether the journal may hold more than was sent. */
  #behind = true;
  #state: SiteState | undefined;
  readonly #alarms = new Map<string, AlarmRecord>();
  #blocked = false;
  #stalled: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  readonly #subscriptions = new DisposableStack();
  #ended = false;

  constructor(
    services: ControllerServices,
    limits: ApiLimits,
    start: StreamStart,
    onEnd: (fault?: unknown) => void,
  ) {
    this.#services = services;
    this.#limits = limits;
    this.#start = start;
    this.#onEnd = onEnd;
    this.#sent = start.after;
  }

  get screen(): string | undefined {
    return this.#start.screen;
  }

  begin(): void {
    const { response } = this.#start;
    response.on("drain", () => this.#resume());
    response.on("close", () => this.end());
    response.on("error", () => this.end()); // the reader is gone: no fault of ours
    this.#subscriptions.use(this.#services.onRecord((record) => this.#onRecord(record)));
    this.#subscriptions.use(this.#services.onAlarm((alarm) => this.#onAlarm(alarm)));
    this.#subscriptions.use(this.#services.onState((state) => this.#onState(state)));
    this.#heartbeat = setInterval(() => this.#beat(), this.#limits.heartbeatInterval);
    this.#write("retry: 1000\n\n");
    this.#guarded(() => {
      this.#state = this.#services.state();
      for (const alarm of this.#services.alarms())
        if (sees.alarm(this.#start.sight, alarm)) this.#alarms.set(alarm.id, alarm);
    });
    this.#pump();
  }

  review(): void {
    this.#guarded(() => {
      if (!this.#start.mayContinue()) this.end();
    });
  }

  end(fault?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#stalled);
    this.#subscriptions.dispose();
    this.#onEnd(fault);
    this.#start.response.end();
    // A reader that never reads would hold the connection, and with it the shutdown.
    if (this.#blocked) this.#start.response.destroy();
  }

  #onRecord(record: JournalRecord): void {
    if (!this.#behind && !this.#blocked && record.seq === this.#sent + 1) {
      this.#guarded(() => this.#sendRecord(record));
      return;
    }
    this.#behind ||= record.seq > this.#sent;
    this.#pump();
  }

  #onAlarm(alarm: AlarmRecord): void {
    if (!sees.alarm(this.#start.sight, alarm)) return;
    this.#alarms.set(alarm.id, alarm);
    if (this.#alarms.size > alarmsWaiting) {
      const least = [...this.#alarms.values()].toSorted(byUrgency).at(-1);
      if (least !== undefined) this.#alarms.delete(least.id);
    }
    this.#pump();
  }

  #onState(state: SiteState): void {
    this.#state = state;
    this.#pump();
  }

  /** Sends what there is until the reader is full. Called by the controller: it must never throw there. */
  #pump(): void {
    this.#guarded(() => {
      while (!this.#blocked && !this.#ended && this.#sendNext());
    });
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (fault) {
      this.end(fault);
    }
  }

  #sendNext(): boolean {
    // Whoever is slow is told of a duress before the flood that came with it.
    const [alarm] = [...this.#alarms.values()].toSorted(byUrgency);
    if (this.#state !== undefined) {
      const state = stateFor(this.#start.sight, this.#state, this.#services.alarms());
      this.#state = undefined;
      this.#write(`event: state\ndata: ${JSON.stringify(state)}\n\n`);
    } else if (alarm !== undefined) {
      this.#alarms.delete(alarm.id);
      this.#write(`event: alarm\ndata: ${JSON.stringify(alarmView(alarm))}\n\n`);
    } else if (this.#behind) {
      const page = this.#services.events({ after: this.#sent, limit: pageSize });
      this.#behind = page.length === pageSize;
      for (const record of page) this.#sendRecord(record);
    } else {
      return false;
    }
    return true;
  }

  #sendRecord(record: JournalRecord): void {
    this.#sent = record.seq;
    if (!sees.record(this.#start.sight, record)) return;
    this.#write(`event: event\nid: ${record.seq}\ndata: ${JSON.stringify(recordView(record))}\n\n`);
  }

  #write(text: string): void {
    if (this.#ended || this.#start.response.write(text) || this.#blocked) return;
    this.#blocked = true;
    this.#stalled = setTimeout(() => this.end(), this.#limits.stalledReader);
  }

  #resume(): void {
    this.#blocked = false;
    clearTimeout(this.#stalled);
    this.#pump();
  }

  #beat(): void {
    this.#guarded(() => {
      if (!this.#start.mayContinue()) this.end();
      // A page hears no comment: by this it knows that the controller lives, and up to where it has been told everything.
      else if (!this.#blocked) this.#write(`: alive\nevent: beat\ndata: {"sent":${this.#sent}}\n\n`);
    });
  }
}
