import { hasRight, type Right, type Role } from "../../domain/operator/rights.ts";
import type { SiteState } from "../../ports/controller-services.ts";
import type { RecordView } from "../../ports/record-view.ts";
import { ApiError } from "../api/http.ts";
import { isSimulated } from "../api/simulator.ts";
import { type AlarmView, fetchAlarms, fetchCardholders, fetchRecords, fetchState } from "../api/site.ts";
import { type LiveSite, lastSeq, unknownSite, withAlarm, withAlarms, withRecords } from "./live-site.ts";

/** A quiet stream is asked after this often; together with the time-out a lost server shows within 3 s. */
const pulseMs = 700;
const pulseTimeoutMs = 1_300;
/** Between attempts to come back: soon, but a restarting daemon is not stormed. */
const retryMs = 1_000;
/** How much of the past a newly opened page fetches. */
const historyLength = 120;

/** The people behind the cards change seldom; asked for again when one of these is recorded. */
const changesPeople: ReadonlySet<string> = new Set([
  "CardholderAdded",
  "CardholderChanged",
  "CardholderRemoved",
  "CardIssued",
  "CardReplaced",
  "PhotoEnrolled",
  "PhotoRemoved",
]);

/** Keeps a copy of the site's live state, and heals itself when the server was away. */
export class SiteConnection {
  #site: LiveSite = unknownSite;
  #stream: EventSource | null = null;
  #pulse: ReturnType<typeof setInterval> | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #heardAt = 0;
  #asking = false;
  /** Counts attempts, so that an answer to an older one is not taken for news. */
  #attempt = 0;
  readonly #listeners = new Set<() => void>();
  readonly role: Role;
  readonly #onSignedOut: () => void;

  constructor(role: Role, onSignedOut: () => void) {
    this.role = role;
    this.#onSignedOut = onSignedOut;
  }

  readonly site = (): LiveSite => this.#site;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  open(): void {
    this.#pulse = setInterval(() => void this.#feelPulse(), pulseMs);
    void this.#connect();
  }

  close(): void {
    this.#attempt += 1;
    if (this.#pulse !== null) clearInterval(this.#pulse);
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#stream?.close();
    this.#stream = null;
  }

  #onRecord(record: RecordView): LiveSite {
    if (changesPeople.has(record.type) && this.#may("seePeople")) void this.#refreshCardholders();
    return withRecords(this.#site, [record]);
  }

  #may(right: Right): boolean {
    return hasRight(this.role, right);
  }

  async #refreshCardholders(): Promise<void> {
    const attempt = this.#attempt;
    try {
      const cardholders = await fetchCardholders();
      if (attempt === this.#attempt) this.#change({ ...this.#site, cardholders });
    } catch {
      // A lost server is noticed by the pulse, and everybody is asked for again when it is back.
    }
  }

  async #connect(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    try {
      const state = await fetchState(pulseTimeoutMs);
      const from = Math.max(lastSeq(this.#site), state.journal.last - historyLength);
      // Subscribed before the past is read: what happens between the two comes twice, never not at all.
      if (attempt !== this.#attempt) return;
      this.#listen();
      const [records, alarms, cardholders, simulated] = await Promise.all([
        this.#may("seeEvents") ? fetchRecords(from, historyLength) : [],
        this.#may("seeAlarms") ? fetchAlarms() : [],
        this.#may("seePeople") ? fetchCardholders() : [],
        this.#may("simulate") ? isSimulated() : false,
      ]);
      if (attempt !== this.#attempt) return;
      this.#heardAt = Date.now();
      const caughtUp = withAlarms(withRecords(this.#site, records), alarms);
      this.#change({
        ...caughtUp,
        cardholders,
        simulated,
        connection: "live",
        state: caughtUp.state ?? state,
      });
    } catch (error) {
      if (attempt === this.#attempt) this.#lose(error);
    }
  }

  #listen(): void {
    this.#stream?.close();
    const stream = new EventSource("/api/v1/stream");
    const on = <T>(name: string, take: (message: T) => LiveSite): void =>
      stream.addEventListener(name, (message: MessageEvent<string>) => {
        this.#heardAt = Date.now();
        const parsed = parse<T>(message.data);
        if (parsed !== undefined) this.#change(take(parsed));
      });
    on<RecordView>("event", (record) => this.#onRecord(record));
    on<AlarmView>("alarm", (alarm) => withAlarm(this.#site, alarm));
    on<SiteState>("state", (state) => ({ ...this.#site, state }));
    stream.addEventListener("error", () => {
      if (this.#stream === stream) this.#lose(undefined);
    });
    this.#stream = stream;
  }

  async #feelPulse(): Promise<void> {
    if (this.#site.connection !== "live" || this.#asking || Date.now() - this.#heardAt < pulseMs) return;
    this.#asking = true;
    const attempt = this.#attempt;
    try {
      const state = await fetchState(pulseTimeoutMs);
      this.#heardAt = Date.now();
      if (attempt === this.#attempt) this.#change({ ...this.#site, state });
    } catch (error) {
      if (attempt === this.#attempt) this.#lose(error);
    } finally {
      this.#asking = false;
    }
  }

  #lose(error: unknown): void {
    this.#stream?.close();
    this.#stream = null;
    this.#attempt += 1;
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
      this.#onSignedOut();
      return;
    }
    this.#change({ ...this.#site, connection: "lost" });
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), retryMs);
  }

  #change(site: LiveSite): void {
    if (site === this.#site) return;
    this.#site = site;
    for (const listener of this.#listeners) listener();
  }
}

/** Damaged messages are dropped: the next one carries the whole state again. */
function parse<T>(data: string): T | undefined {
  try {
    return JSON.parse(data) as T;
  } catch {
    return undefined;
  }
}
