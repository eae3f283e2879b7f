import type { Right } from "../../domain/operator/rights.ts";
import type { SiteState } from "../../ports/controller-services.ts";
import type { RecordView } from "../../ports/record-view.ts";
import { ApiError } from "../api/http.ts";
import type { AlarmView } from "../api/site.ts";
import {
  contradicts,
  type Healed,
  type LiveSite,
  resumption,
  unknownSite,
  withAlarm,
  withAlarms,
  withRecords,
} from "./live-site.ts";
import { PersonNames } from "./person-names.ts";
import { browserWire, type SiteWire, type StreamMessage } from "./site-wire.ts";

/** The controller beats every second; silence for longer than this is a lost connection, shown within 3 s. */
export const silenceMs = 2_400;
export const lookMs = 250;
const stateTimeoutMs = 1_300;
/** Between attempts to come back: soon, but a restarting daemon is not stormed. */
export const retryMs = 1_000;
/** Records that come together are drawn together. */
export const gatherMs = 30;

/** Keeps a copy of the site's live state, and heals itself when the server was away. */
export class SiteConnection {
  /** Of whoever watches: an operator, or a screen with nobody signed in. */
  readonly rights: ReadonlySet<Right>;
  /** Of the people in the records. */
  readonly names: PersonNames;
  readonly #wire: SiteWire;
  readonly #onSignedOut: () => void;
  readonly #listeners = new Set<() => void>();
  #site: LiveSite = unknownSite;
  #endStream: (() => void) | null = null;
  #watch: ReturnType<typeof setInterval> | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #gather: ReturnType<typeof setTimeout> | null = null;
  #arrived: RecordView[] = [];
  /** Told by the stream while the list was on its way: newer than the list. */
  readonly #alarmsHeard = new Map<string, AlarmView>();
  #heardAt = 0;
  #lookedAt = 0;
  #stoodStill = false;
  #lost: { readonly at: number; readonly complete: number } | null = null;
  /** Counts attempts, so that an answer to an older one is not taken for news. */
  #attempt = 0;

  constructor(rights: ReadonlySet<Right>, onSignedOut: () => void, wire: SiteWire = browserWire) {
    this.rights = rights;
    this.names = new PersonNames();
    this.#onSignedOut = onSignedOut;
    this.#wire = wire;
  }

  readonly site = (): LiveSite => this.#site;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  open(): void {
    this.#lookedAt = this.#wire.now();
    this.#watch = setInterval(() => this.#look(), lookMs);
    void this.#connect();
  }

  close(): void {
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#end();
  }

  /** After the same operator has signed in again: goes on where it was. */
  resume(): void {
    this.#change({ ...this.#site, connection: "connecting" });
    void this.#connect();
  }

  async #connect(): Promise<void> {
    this.#end();
    const attempt = this.#attempt;
    const isOver = (): boolean => attempt !== this.#attempt;
    try {
      const state = await this.#wire.state(stateTimeoutMs);
      if (isOver()) return;
      // Heard before the alarms are listed: what happens between the two comes twice, never not at all.
      const left = this.#listen(state);
      // What needs no alarms is drawn meanwhile; `connecting` says that the rest is not known yet.
      if (this.#site.state === null) this.#change({ ...this.#site, state, stateAt: this.#wire.now() });
      const [alarms, simulated] = await Promise.all([
        this.#may("seeAlarms") ? this.#wire.alarms() : [],
        this.#may("simulate") ? this.#wire.isSimulated() : false,
      ]);
      const cardholders = simulated && this.#may("seePeople") ? await this.#wire.cardholders() : [];
      if (isOver()) return;
      this.#heardAt = this.#wire.now();
      const listed = alarms.filter(({ id }) => !this.#alarmsHeard.has(id));
      const site = withAlarms(this.#site, [...listed, ...this.#alarmsHeard.values()]);
      const healed = this.#healed(state, left);
      this.#change({ ...site, healed, cardholders, simulated, connection: "live" });
    } catch (error) {
      if (!isOver()) this.#lose(error);
    }
  }

  /** Returns how many records it passes over. */
  #listen(state: SiteState): number {
    const { after, goesOn } = resumption(this.#site, state.journal.last);
    const left = goesOn || this.#site.complete === 0 ? 0 : Math.max(0, after - this.#site.complete);
    if (!goesOn) this.#change({ ...this.#site, records: [], begins: after, complete: after });
    this.#alarmsHeard.clear();
    const attempt = this.#attempt;
    this.#endStream = this.#wire.listen(after, {
      onMessage: (name, data) => {
        if (attempt === this.#attempt) this.#onMessage(name, data);
      },
      onEnd: () => {
        if (attempt === this.#attempt) this.#lose(undefined);
      },
    });
    return left;
  }

  #onMessage(name: StreamMessage, data: string): void {
    this.#heardAt = this.#wire.now();
    const message = parse(data);
    if (message === undefined) return;
    // The controller is this page's own and of the same version: it sends what its port declares.
    switch (name) {
      case "event":
        return this.#onRecord(message as RecordView);
      case "alarm":
        return this.#onAlarm(message as AlarmView);
      case "state":
        return this.#change({ ...this.#site, state: message as SiteState, stateAt: this.#heardAt });
      case "beat":
        return this.#onBeat(message as { readonly sent: number });
    }
  }

  #onRecord(record: RecordView): void {
    if (contradicts(this.#site, record)) {
      this.#arrived = [];
      this.#change({ ...this.#site, records: [], complete: 0 });
      void this.#connect();
      return;
    }
    this.names.onRecord(record);
    this.#arrived.push(record);
    this.#gather ??= setTimeout(() => this.#flush(), gatherMs);
  }

  #flush(): void {
    if (this.#gather !== null) clearTimeout(this.#gather);
    this.#gather = null;
    const arrived = this.#arrived;
    this.#arrived = [];
    this.#change(withRecords(this.#site, arrived));
    const isChanged = arrived.some(({ type }) => changesPeople.has(type));
    if (isChanged && this.#site.simulated && this.#may("seePeople")) void this.#refreshCardholders();
  }

  #onAlarm(alarm: AlarmView): void {
    this.#alarmsHeard.set(alarm.id, alarm);
    this.#change(withAlarm(this.#site, alarm));
  }

  #onBeat({ sent }: { readonly sent: number }): void {
    this.#flush();
    if (sent > this.#site.complete) this.#change({ ...this.#site, complete: sent });
  }

  async #refreshCardholders(): Promise<void> {
    const attempt = this.#attempt;
    try {
      const cardholders = await this.#wire.cardholders();
      if (attempt === this.#attempt) this.#change({ ...this.#site, cardholders });
    } catch {
      // A lost server is noticed by its silence, and everybody is asked for again when it is back.
    }
  }

  #look(): void {
    const now = this.#wire.now();
    const isLate = now - this.#lookedAt > 4 * lookMs;
    this.#lookedAt = now;
    // The page itself stood still (the machine slept, or was busy): what came meanwhile is read first.
    this.#stoodStill = isLate && !this.#stoodStill;
    if (this.#stoodStill || this.#site.connection !== "live") return;
    if (now - this.#heardAt > silenceMs) this.#lose(undefined);
  }

  #healed({ journal }: SiteState, left: number): Healed | null {
    const lost = this.#lost;
    this.#lost = null;
    if (lost === null) return this.#site.healed;
    const seconds = Math.max(1, Math.round((this.#wire.now() - lost.at) / 1000));
    return { seconds, records: Math.max(0, journal.last - lost.complete), left };
  }

  #lose(error: unknown): void {
    this.#flush();
    this.#end();
    if (this.#site.connection === "live") this.#lost = { at: this.#heardAt, complete: this.#site.complete };
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
      this.#change({ ...this.#site, connection: "signedOut" });
      this.#onSignedOut();
      return;
    }
    this.#change({ ...this.#site, connection: "lost" });
    this.#retry = setTimeout(() => void this.#connect(), retryMs);
  }

  #end(): void {
    this.#attempt += 1;
    if (this.#retry !== null) clearTimeout(this.#retry);
    if (this.#gather !== null) clearTimeout(this.#gather);
    this.#retry = null;
    this.#gather = null;
    this.#arrived = [];
    this.#endStream?.();
    this.#endStream = null;
  }

  #may(right: Right): boolean {
    return this.rights.has(right);
  }

  #change(site: LiveSite): void {
    if (site === this.#site) return;
    this.#site = site;
    for (const listener of this.#listeners) listener();
  }
}

/** The people of the demo change seldom; asked for again when one of these is recorded. */
const changesPeople: ReadonlySet<string> = new Set([
  "CardholderAdded",
  "CardholderChanged",
  "CardholderRemoved",
  "CardIssued",
  "CardReplaced",
  "PhotoEnrolled",
  "PhotoRemoved",
]);

/** Damaged messages are dropped: the next one carries the whole state again. */
function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
