import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import { askEarly } from "../api/early.ts";
import { unknownSite } from "../live/live-site.ts";
import { earlySearch, searchEarly } from "./early-search.ts";
import { filtersIn, queryOf } from "./event-filters.ts";
import { LiveSearch } from "./live-search.ts";

const timeZone = "Asia/Shanghai";
const record = (seq: number) =>
  ({ seq, type: "DoorOpened", time: "2026-11-20T00:00:00.000Z" }) as unknown as RecordView;
const asked: string[] = [];
let session: object;
let isAway = false;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  isAway = false;
  session = { username: "li", role: "securityOfficer", mustChangePassword: false };
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path.replace(/\?.*/, ""));
    if (path.endsWith("/session")) return Response.json(session);
    if (path.endsWith("/state")) return Response.json({ journal: { last: 240 }, clock: { timeZone } });
    if (isAway) throw new TypeError("failed to fetch");
    // One more was recorded while the two went to and fro.
    return Response.json({ events: [record(241), record(240)], more: false, next: 240 });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const queryFor = (address: string) => queryOf(filtersIn(new URLSearchParams(address)), timeZone);

async function asksEarly(address: string): Promise<void> {
  askEarly();
  await searchEarly(address);
}

test("what the address searches for is asked after the state, and is the answer to that search once", async () => {
  await asksEarly("what=doors&from=2026-11-20T08:00");
  expect(asked).toEqual(["/api/v1/session", "/api/v1/state", "/api/v1/events"]);
  const found = earlySearch(queryFor("what=doors&from=2026-11-20T08:00"));
  expect([found?.seenTo, (await found?.answer)?.events.length]).toEqual([240, 2]);
  expect(earlySearch(queryFor("what=doors&from=2026-11-20T08:00"))).toBeUndefined();
});

test("another search, and one a while later, are asked anew", async () => {
  await asksEarly("what=doors");
  expect(earlySearch(queryFor("what=all"))).toBeUndefined();
  await asksEarly("what=doors");
  await vi.advanceTimersByTimeAsync(3_001);
  expect(earlySearch(queryFor("what=doors"))).toBeUndefined();
});

test("nobody is asked for what they may not see", async () => {
  session = { ...session, role: "enrolmentClerk" };
  await asksEarly("");
  session = { ...session, role: "securityOfficer", mustChangePassword: true };
  await asksEarly("");
  expect(asked).not.toContain("/api/v1/events");
});

test("what was recorded between the early answer and the stream is not passed over", async () => {
  await asksEarly("what=all");
  const records = [244, 243, 242, 241, 240].map(record);
  const site = { ...unknownSite, records, begins: 120, complete: 244 };
  const live = { site: () => site, subscribe: () => () => undefined };
  const search = new LiveSearch(live, filtersIn(new URLSearchParams("what=all")), timeZone);
  search.open();
  await vi.waitFor(() => expect(search.list().phase).toBe("ready"));
  expect(asked.length).toBe(3);
  expect(search.list().shown.map(({ seq }) => seq)).toEqual([241, 240]);
  expect(search.list().waiting.map(({ seq }) => seq)).toEqual([244, 243, 242]);
});

test("where the early search was not answered, it is asked once more", async () => {
  isAway = true;
  await asksEarly("what=all");
  const found = earlySearch(queryFor("what=all"));
  expect(await found?.answer).toBeUndefined();
});
