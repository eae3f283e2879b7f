import type { RecordView } from "../../ports/record-view.ts";
import { type LiveSite, recordLimit } from "../live/live-site.ts";

/** What has been found and is shown, newest first, and what has come since and is not shown yet. */
export interface EventList {
  readonly phase: "loading" | "failed" | "indexing" | "ready";
  readonly shown: readonly RecordView[];
  /** Newer ones that fit: they wait for as long as somebody reads further down. */
  readonly waiting: readonly RecordView[];
  /** More have come than the page was told of: the newest are to be asked for again. */
  readonly isBehind: boolean;
  /** Up to this number everything that fits is shown or waits. */
  readonly seenTo: number;
  readonly hasMore: boolean;
  /** Whether older ones are being fetched. */
  readonly isFetching: boolean;
}

/** As many as a browser shows without effort; who wants to see further back narrows the search. */
export const mostShown = 2_000;
/** More than this waiting, and the newest are asked for again instead. */
export const mostWaiting = 500;

export const emptyList: EventList = {
  phase: "loading",
  shown: [],
  waiting: [],
  isBehind: false,
  seenTo: 0,
  hasMore: false,
  isFetching: true,
};

/** The first page; the search began when everything up to `seenTo` was known. */
export function withNewest(found: readonly RecordView[], hasMore: boolean, seenTo: number): EventList {
  const newest = Math.max(seenTo, found[0]?.seq ?? 0);
  return { ...emptyList, phase: "ready", shown: found, hasMore, seenTo: newest, isFetching: false };
}

export function withOlder(list: EventList, found: readonly RecordView[], hasMore: boolean): EventList {
  const last = list.shown.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  const shown = [...list.shown, ...found.filter(({ seq }) => seq < last)].slice(0, mostShown);
  return { ...list, shown, hasMore: hasMore && shown.length < mostShown, isFetching: false };
}

/** What the stream has brought. */
export function withLive(
  list: EventList,
  { records, begins, complete }: Pick<LiveSite, "records" | "begins" | "complete">,
  fits: (record: RecordView) => boolean,
): EventList {
  if (list.phase !== "ready" || complete <= list.seenTo) return list;
  const fresh = records.filter(({ seq }) => seq > list.seenTo).filter(fits);
  const waiting = [...fresh, ...list.waiting];
  // A stream that began anew further on, or more at once than is kept.
  const oldest = records.length < recordLimit ? begins + 1 : (records.at(-1)?.seq ?? 0);
  if (oldest > list.seenTo + 1 || waiting.length > mostWaiting) {
    return { ...list, waiting: [], isBehind: true, seenTo: complete };
  }
  return waiting.length === list.waiting.length
    ? { ...list, seenTo: complete }
    : { ...list, waiting, seenTo: complete };
}

/** They are drawn on top. */
export function withWaitingShown(list: EventList): EventList {
  if (list.waiting.length === 0) return list;
  return { ...list, shown: [...list.waiting, ...list.shown].slice(0, mostShown), waiting: [] };
}
