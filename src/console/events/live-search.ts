import type { RecordView } from "../../ports/record-view.ts";
import { listEvents } from "../api/client.ts";
import { ApiError } from "../api/http.ts";
import type { LiveSite } from "../live/live-site.ts";
import { earlySearch } from "./early-search.ts";
import { type EventFilters, isSearchedFor, queryOf } from "./event-filters.ts";
import {
  type EventList,
  emptyList,
  withLive,
  withNewest,
  withOlder,
  withWaitingShown,
} from "./event-list.ts";

/** What a search needs of the connection. */
export interface LiveRecords {
  site(): LiveSite;
  subscribe(listener: () => void): () => void;
}

type Ask = typeof listEvents;

/** One search: its first page from the server, what comes afterwards from the stream. */
export class LiveSearch {
  readonly #live: LiveRecords;
  readonly #filters: EventFilters;
  readonly #timeZone: string;
  readonly #ask: Ask;
  readonly #listeners = new Set<() => void>();
  #list: EventList = emptyList;
  #stop = new AbortController();
  #leave: (() => void) | null = null;

  constructor(live: LiveRecords, filters: EventFilters, timeZone: string, ask: Ask = listEvents) {
    this.#live = live;
    this.#filters = filters;
    this.#timeZone = timeZone;
    this.#ask = ask;
  }

  readonly list = (): EventList => this.#list;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  open(): void {
    this.#leave = this.#live.subscribe(() => this.#onLive());
    void this.#search(false);
  }

  close(): void {
    this.#leave?.();
    this.#stop.abort();
  }

  readonly again = (): void => void this.#search(false);

  /** Draws what waits; asks for the newest again where the page fell behind. */
  readonly showNew = (): void => {
    // Nobody need have pressed anything for this: it says nothing of somebody being there.
    if (this.#list.isBehind) void this.#search(true);
    else this.#change(withWaitingShown(this.#list));
  };

  readonly showOlder = (): void => {
    const last = this.#list.shown.at(-1);
    if (last !== undefined && !this.#list.isFetching) void this.#fetchOlder(last.seq);
  };

  async #search(watching: boolean): Promise<void> {
    this.#stop.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.#change(emptyList);
    const query = queryOf(this.#filters, this.#timeZone);
    const early = earlySearch(query);
    const seenTo = early?.seenTo ?? this.#live.site().complete;
    try {
      const { events, more } =
        (await early?.answer) ?? (await this.#ask(query, { signal: stop.signal, watching }));
      if (stop.signal.aborted) return;
      this.#change(withNewest(events, more, seenTo));
      this.#onLive();
    } catch (error) {
      if (!stop.signal.aborted) this.#change({ ...emptyList, phase: phaseOf(error), isFetching: false });
    }
  }

  async #fetchOlder(before: number): Promise<void> {
    const { signal } = this.#stop;
    this.#change({ ...this.#list, isFetching: true });
    try {
      const { events, more } = await this.#ask(queryOf(this.#filters, this.#timeZone, before), { signal });
      if (!signal.aborted) this.#change(withOlder(this.#list, events, more));
    } catch {
      // What is there stays; the button asks once more.
      if (!signal.aborted) this.#change({ ...this.#list, isFetching: false });
    }
  }

  #onLive(): void {
    const fits = (record: RecordView): boolean => isSearchedFor(this.#filters, record, this.#timeZone);
    this.#change(withLive(this.#list, this.#live.site(), fits));
  }

  #change(list: EventList): void {
    if (list === this.#list) return;
    this.#list = list;
    for (const listener of this.#listeners) listener();
  }
}

const phaseOf = (error: unknown): EventList["phase"] =>
  error instanceof ApiError && error.code === "still-indexing" ? "indexing" : "failed";
