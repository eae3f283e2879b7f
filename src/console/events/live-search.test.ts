import { expect, test } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import { ApiError } from "../api/http.ts";
import { unknownSite, withRecords } from "../live/live-site.ts";
import { filtersIn } from "./event-filters.ts";
import { LiveSearch } from "./live-search.ts";

const record = (seq: number, type = "DoorOpened") =>
  ({ seq, type, time: "2026-11-20T00:00:00.000Z" }) as unknown as RecordView;

/** A journal up to `last`, and a stream that tells of it. */
function opened(address: string) {
  const journal = Array.from({ length: 250 }, (_, at) => record(at + 1));
  let site = { ...unknownSite, begins: 130, complete: 250 };
  const listeners = new Set<() => void>();
  const state = { failure: null as Error | null, asked: [] as (number | undefined)[] };
  const live = {
    site: () => site,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const ask = async ({ after, limit = 100 }: { after?: number; limit?: number } = {}) => {
    state.asked.push(after);
    if (state.failure !== null) throw state.failure;
    const found = journal.filter(({ seq }) => seq < (after ?? Number.POSITIVE_INFINITY)).toReversed();
    return { events: found.slice(0, limit), more: found.length > limit, next: 0 };
  };
  const search = new LiveSearch(live, filtersIn(new URLSearchParams(address)), "Asia/Shanghai", ask);
  const happen = (type: string): void => {
    const one = record(journal.length + 1, type);
    journal.push(one);
    site = withRecords(site, [one]);
    for (const listener of listeners) listener();
  };
  const beginAnew = (after: number): void => {
    site = { ...site, records: [], begins: after, complete: after };
    for (const listener of listeners) listener();
  };
  search.open();
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { search, state, happen, beginAnew, settled, listeners };
}

const newest = (search: LiveSearch) => search.list().shown[0]?.seq;

test("a search shows a page, older ones as one reads, and what comes meanwhile when one wants it", async () => {
  const { search, happen, settled } = opened("what=type:DoorOpened");
  await settled();
  expect([search.list().phase, search.list().shown.length, newest(search)]).toEqual(["ready", 100, 250]);
  search.showOlder();
  await settled();
  search.showOlder();
  await settled();
  expect([search.list().shown.length, search.list().hasMore]).toEqual([250, false]);
  happen("DoorOpened");
  happen("CardPresented");
  expect([newest(search), search.list().waiting.map(({ seq }) => seq)]).toEqual([250, [251]]);
  search.showNew();
  expect([newest(search), search.list().waiting]).toEqual([251, []]);
});

test("where the stream began anew, the newest are asked for again", async () => {
  const { search, state, beginAnew, settled } = opened("what=all");
  await settled();
  beginAnew(900);
  expect(search.list().isBehind).toBe(true);
  search.showNew();
  await settled();
  expect(state.asked).toEqual([undefined, undefined]);
  expect(search.list().isBehind).toBe(false);
});

test("a search that is not answered says so, and goes on when asked again; closed, it listens no more", async () => {
  const { search, state, settled, listeners } = opened("what=all");
  state.failure = new ApiError(503, "later", { code: "still-indexing" });
  search.again();
  await settled();
  expect(search.list().phase).toBe("indexing");
  state.failure = new ApiError(0, "no answer");
  search.again();
  await settled();
  expect(search.list().phase).toBe("failed");
  state.failure = null;
  search.again();
  await settled();
  expect(search.list().phase).toBe("ready");
  search.close();
  expect(listeners.size).toBe(0);
});
