import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";
import { openAlarm } from "../../../test/support/open-alarm.ts";
import type { AlarmRecord } from "../../domain/alarm/alarm.ts";
import { wallTime } from "../../domain/time.ts";

const base = "/api/v1/alarms";
type Listed = { readonly alarms: readonly { readonly type: string }[] };

let api: ApiForTests;
let cookie: string;

// One for all: to build the application takes longer than anything that is asked of it here.
beforeAll(async () => {
  api = await apiForTests();
  cookie = await api.logIn();
});
afterAll(() => api[Symbol.asyncDispose]());

const ask = (method: "GET" | "POST" | "DELETE", path = "", body?: object) =>
  api.call(method, `${base}${path}`, { cookie, ...(body === undefined ? {} : { body }) });
const raise = (...alarms: readonly AlarmRecord[]): void => {
  for (const alarm of alarms) api.services.raise(alarm);
};
const types = async (query: string) =>
  (await ask("GET", query)).json<Listed>().alarms.map(({ type }) => type);

describe("the list", () => {
  test("is by priority, then unacknowledged first, then newest, shelved ones last; and may be asked for in part", async () => {
    const later = wallTime(Date.UTC(2026, 10, 22));
    const shelved = { by: "wang", at: later, until: later, reason: "the fitter is here" };
    raise(
      openAlarm("UnknownCard"),
      openAlarm("DoorHeldOpen", { shelved }),
      openAlarm("DoorForcedOpen", { phase: "active-acknowledged", since: later }),
      openAlarm("InterlockViolated"),
      openAlarm("StorageFault", { since: later, phase: "returned-unacknowledged" }),
    );
    expect(await types("")).toEqual([
      ...["StorageFault", "InterlockViolated", "DoorForcedOpen", "UnknownCard", "DoorHeldOpen"],
    ]);
    expect(await types("?state=active-acknowledged")).toEqual(["DoorForcedOpen"]);
    expect(await types("?priority=critical&state=active-unacknowledged")).toEqual(["InterlockViolated"]);
    expect(await types("?shelved=true")).toEqual(["DoorHeldOpen"]);
    expect(await types("?shelved=false&priority=high")).toEqual([]);
    expect((await ask("GET", "?state=loud")).statusCode).toBe(400);
  });

  test("each says whether it may be shelved, and whether it takes a comment to acknowledge it", async () => {
    raise(openAlarm("Tampered"), openAlarm("ContactFault"));
    const { alarms } = (await ask("GET")).json<Listed>();
    expect(alarms).toContainEqual(
      expect.objectContaining({ type: "Tampered", shelvable: false, needsComment: true }),
    );
    expect(alarms).toContainEqual(
      expect.objectContaining({ type: "ContactFault", shelvable: true, needsComment: false }),
    );
  });
});

describe("one alarm", () => {
  test("comes with what is on record of it, newest first; one that is not open does not", async () => {
    raise(openAlarm("DoorHeldOpen"));
    for (const count of [1, 2])
      api.services.happen("AlarmRaised", { id: "v1.outer.DoorHeldOpen", alarm: "DoorHeldOpen", count });
    api.services.happen("AlarmRaised", { id: "v1.inner.DoorHeldOpen", alarm: "DoorHeldOpen", count: 7 });
    const answer = (await ask("GET", "/v1.outer.DoorHeldOpen")).json<{ history: { count: number }[] }>();
    expect(answer).toMatchObject({ type: "DoorHeldOpen", comments: [] });
    expect(answer.history.map(({ count }) => count)).toEqual([2, 1]);
    expect((await ask("GET", "/v1.outer.LockFault")).statusCode).toBe(404);
  });
});

describe("shelving", () => {
  const reason = "the fitter changes the contact";

  test("says who, until when and why; and is taken back", async () => {
    raise(openAlarm("ContactFault"));
    const path = "/v1.outer.ContactFault/shelve";
    const shelved = await ask("POST", path, { minutes: 60, reason });
    const until = new Date(api.clock.wall() + 3_600_000).toISOString();
    expect(shelved.json()).toMatchObject({ shelved: { by: "admin", until, reason } });
    expect((await ask("DELETE", path)).json()).toMatchObject({ shelved: null });
    expect((await ask("DELETE", path)).json()).toMatchObject({ status: 409, code: "not-shelved" });
  });

  test("also until a time", async () => {
    raise(openAlarm("ContactFault"));
    const until = new Date(api.clock.wall() + 60_000).toISOString();
    const answer = await ask("POST", "/v1.outer.ContactFault/shelve", { until, reason });
    expect(answer.json()).toMatchObject({ shelved: { until } });
  });

  test.each([
    ["what must not be silenced", "Tampered", { minutes: 5, reason }, 422, "not-shelvable"],
    ["what is critical", "DoorForcedOpen", { minutes: 5, reason }, 422, "not-shelvable"],
    ["for longer than the limit", "ContactFault", { minutes: 481, reason }, 422, "shelving-too-long"],
    [
      "until a time that has passed",
      "ContactFault",
      { until: "2020-01-01T00:00:00Z", reason },
      422,
      "shelving-over",
    ],
    ["without a reason", "ContactFault", { minutes: 5 }, 400, undefined],
    ["with an empty reason", "ContactFault", { minutes: 5, reason: "  " }, 400, undefined],
    ["without an end", "ContactFault", { reason }, 400, undefined],
    ["with two ends", "ContactFault", { minutes: 5, until: "2030-01-01T00:00:00Z", reason }, 400, undefined],
    ["what is not open", "LockFault", { minutes: 5, reason }, 404, "not-found"],
  ] as const)("is refused %s", async (_, type, body, status, code) => {
    raise(openAlarm("Tampered"), openAlarm("DoorForcedOpen"), openAlarm("ContactFault"));
    const answer = await ask("POST", `/v1.outer.${type}/shelve`, body);
    expect(answer.statusCode).toBe(status);
    if (code !== undefined) expect(answer.json()).toMatchObject({ code });
    const shelved = api.services.alarms().filter((alarm) => alarm.shelved !== null);
    expect(shelved.map((alarm) => alarm.type)).not.toContain(type);
  });
});

describe("comments", () => {
  test("are kept with who and when; an empty one is none", async () => {
    raise(openAlarm("ContactFault"));
    const path = "/v1.outer.ContactFault/comments";
    await ask("POST", path, { text: "wedge" });
    const answer = await ask("POST", path, { text: "on the way" });
    expect(answer.json()).toMatchObject({
      comments: [
        { by: "admin", text: "wedge" },
        { by: "admin", text: "on the way" },
      ],
    });
    expect((await ask("POST", path, { text: " " })).statusCode).toBe(400);
    expect((await ask("POST", "/v1.outer.LockFault/comments", { text: "x" })).statusCode).toBe(404);
  });

  test("are not without number", async () => {
    const comments = Array.from({ length: 100 }, (_, n) => ({ by: "li", at: wallTime(n), text: `no. ${n}` }));
    raise(openAlarm("ContactFault", { comments }));
    const answer = await ask("POST", "/v1.outer.ContactFault/comments", { text: "one more" });
    expect(answer.json()).toMatchObject({ status: 409, code: "too-many-comments" });
  });
});
