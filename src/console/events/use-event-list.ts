import { useCallback, useEffect, useRef, useState } from "react";
import { listEvents } from "../api/client.ts";
import { ApiError } from "../api/http.ts";
import { useSite, useSiteConnection } from "../live/use-site.ts";
import { type EventFilters, isSearchedFor, queryOf } from "./event-filters.ts";
import {
  type EventList,
  emptyList,
  withLive,
  withNewest,
  withOlder,
  withWaitingShown,
} from "./event-list.ts";

export interface EventSearch {
  readonly list: EventList;
  /** Draws what waits; asks for the newest again where the page fell behind. */
  readonly showNew: () => void;
  readonly showOlder: () => void;
  readonly again: () => void;
}

/** A search that stays live. */
export function useEventList(filters: EventFilters, timeZone: string): EventSearch {
  const { records, begins, complete } = useSite();
  const connection = useSiteConnection();
  const [list, setList] = useState<EventList>(emptyList);
  const [turn, setTurn] = useState(0);
  const older = useRef<AbortController | null>(null);
  const again = useCallback(() => setTurn((times) => times + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn asks the same once more
  useEffect(() => {
    const stop = new AbortController();
    older.current?.abort();
    setList(emptyList);
    const seenTo = connection.site().complete;
    listEvents(queryOf(filters, timeZone), { signal: stop.signal }).then(
      ({ events, more }) => {
        if (!stop.signal.aborted) setList(withNewest(events, more, seenTo));
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setList({ ...emptyList, phase: phaseOf(error), isFetching: false });
      },
    );
    return () => stop.abort();
  }, [filters, timeZone, connection, turn]);

  useEffect(() => {
    const site = { records, begins, complete };
    setList((now) => withLive(now, site, (record) => isSearchedFor(filters, record, timeZone)));
  }, [records, begins, complete, filters, timeZone, list.phase]);

  const showOlder = useCallback(() => {
    const last = list.shown.at(-1);
    if (last === undefined || list.isFetching) return;
    const stop = new AbortController();
    older.current = stop;
    setList((now) => ({ ...now, isFetching: true }));
    listEvents(queryOf(filters, timeZone, last.seq), { signal: stop.signal }).then(
      ({ events, more }) => {
        if (!stop.signal.aborted) setList((now) => withOlder(now, events, more));
      },
      () => {
        // What is there stays; the button asks once more.
        if (!stop.signal.aborted) setList((now) => ({ ...now, isFetching: false }));
      },
    );
  }, [list, filters, timeZone]);

  const showNew = useCallback(() => {
    if (list.isBehind) again();
    else setList(withWaitingShown);
  }, [list.isBehind, again]);

  return { list, showNew, showOlder, again };
}

const phaseOf = (error: unknown): EventList["phase"] =>
  error instanceof ApiError && error.code === "still-indexing" ? "indexing" : "failed";
