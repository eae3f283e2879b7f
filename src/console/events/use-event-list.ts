import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useSiteConnection } from "../live/use-site.ts";
import type { EventFilters } from "./event-filters.ts";
import type { EventList } from "./event-list.ts";
import { LiveSearch } from "./live-search.ts";

export interface EventSearch extends Pick<LiveSearch, "showNew" | "showOlder" | "again"> {
  readonly list: EventList;
}

/** A search that stays live; another one as soon as the filters are others. */
export function useEventList(filters: EventFilters, timeZone: string): EventSearch {
  const connection = useSiteConnection();
  const search = useMemo(
    () => new LiveSearch(connection, filters, timeZone),
    [connection, filters, timeZone],
  );
  useEffect(() => {
    search.open();
    return () => search.close();
  }, [search]);
  const list = useSyncExternalStore(search.subscribe, search.list);
  const { showNew, showOlder, again } = search;
  return { list, showNew, showOlder, again };
}
