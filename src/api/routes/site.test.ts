import { describe, expect, test } from "vitest";
import { apiForTests } from "../../../test/support/api-for-tests.ts";
import { openAlarm } from "../../../test/support/open-alarm.ts";
import { DirectoryRefusal } from "../../ports/directory.ts";
import { StorageFault } from "../../ports/journal.ts";
import { siteStateSchema } from "../state-schema.ts";

test("the state is what its schema describes", async () => {
  await using api = await apiForTests();
  const answer = await api.call("GET", "/api/v1/state", { cookie: await api.logIn() });
  expect(siteStateSchema.strict().safeParse(answer.json()).error).toBeUndefined();
  expect(answer.json()).toMatchObject({ vestibules: [{ id: "v1", doors: { outer: { lock: "secured" } } }] });
});

describe("events", () => {
  test("are paged forwards without gap or repeat, and the end is not a dead end", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn(); // record 1
    for (let index = 0; index < 6; index++)
      api.services.happen("DoorOpened", { vestibule: "v1", door: "outer" });
    type Page = { events: { seq: number }[]; next: number; more: boolean };
    const page = async (query: string) =>
      (await api.call("GET", `/api/v1/events?${query}`, { cookie })).json<Page>();
    const first = await page("limit=3");
    const second = await page(`limit=3&after=${first.next}`);
    const third = await page(`limit=3&after=${second.next}`);
    expect([first, second, third].flatMap(({ events }) => events.map(({ seq }) => seq))).toEqual([
      1, 2, 3, 4, 5, 6, 7,
    ]);
    expect([first.more, second.more, third.more]).toEqual([true, true, false]);
    const empty = await page(`after=${third.next}`);
    expect(empty).toEqual({ events: [], next: 7, more: false });
    api.services.happen("DoorClosed");
    expect((await page(`after=${empty.next}`)).events.map(({ seq }) => seq)).toEqual([8]);
    const newest = await page("order=newest&limit=2");
    expect(newest.events.map(({ seq }) => seq)).toEqual([8, 7]);
    expect((await page(`order=newest&limit=2&after=${newest.next}`)).events.map(({ seq }) => seq)).toEqual([
      6, 5,
    ]);
  });

  test("come a thousand at most at once", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    for (let count = 0; count < 1100; count++) api.services.happen("DoorOpened");
    const page = await api.call("GET", "/api/v1/events?limit=1000", { cookie });
    expect(page.json()).toMatchObject({ next: 1000, more: true });
    expect((await api.call("GET", "/api/v1/events?limit=1001", { cookie })).statusCode).toBe(400);
  });

  test("are filtered by type, person and time", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    api.services.happen("AccessGranted", { cardholder: "c1" });
    api.clock.advance(60_000);
    const later = new Date(api.clock.wall()).toISOString();
    api.services.happen("AccessGranted", { cardholder: "c2" });
    const seqs = async (query: string) => {
      const answer = await api.call("GET", `/api/v1/events?${query}`, { cookie });
      return answer.json<{ events: { seq: number }[] }>().events.map(({ seq }) => seq);
    };
    expect(await seqs("type=AccessGranted")).toEqual([2, 3]);
    expect(await seqs("cardholder=c1")).toEqual([2]);
    expect(await seqs(`from=${later}`)).toEqual([3]);
    expect(await seqs(`to=2020-01-01T00:00:00Z`)).toEqual([]);
  });
});

describe("alarms", () => {
  test("are listed with their times in ISO 8601, and acknowledged in the operator's name", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    api.services.raise(openAlarm("DoorForcedOpen", { priority: "high" }));
    const list = (await api.call("GET", "/api/v1/alarms", { cookie })).json<{ alarms: unknown[] }>();
    expect(list.alarms).toMatchObject([{ id: "v1.outer.DoorForcedOpen", since: "2026-11-21T00:00:00.000Z" }]);
    const url = "/api/v1/alarms/v1.outer.DoorForcedOpen/acknowledge";
    const answer = await api.call("POST", url, { cookie, body: { comment: "Guard has looked" } });
    expect(answer.json()).toMatchObject({
      phase: "active-acknowledged",
      acknowledged: { by: "admin", comment: "Guard has looked" },
    });
    expect((await api.call("POST", url.replace("outer", "inner"), { cookie, body: {} })).statusCode).toBe(
      404,
    );
  });

  test.each([{ comment: "" }, { comment: " \n " }, {}, undefined])(
    "InterlockViolated is not acknowledged without a comment: %o",
    async (body) => {
      await using api = await apiForTests();
      const cookie = await api.logIn();
      api.services.raise(openAlarm("InterlockViolated", { priority: "high" }));
      const url = "/api/v1/alarms/v1.outer.InterlockViolated/acknowledge";
      const answer = await api.call("POST", url, { cookie, body });
      expect(answer.json()).toMatchObject({ status: 422, code: "comment-required" });
      expect(api.services.alarms()[0]?.acknowledged).toBeNull();
    },
  );

  test("others are acknowledged without one, and without a body", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    api.services.raise(openAlarm("DoorHeldOpen", { priority: "high" }));
    expect(
      (await api.call("POST", "/api/v1/alarms/v1.outer.DoorHeldOpen/acknowledge", { cookie })).statusCode,
    ).toBe(200);
  });
});

describe("pictures", () => {
  test("of evidence are shown in the name of the operator who asked", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const hash = "ab".repeat(32);
    api.services.pictures.set(hash, Buffer.from("picture"));
    const answer = await api.call("GET", `/api/v1/evidence/${hash}`, { cookie });
    expect(answer.headers).toMatchObject({ "content-type": "image/jpeg", "cache-control": "no-store" });
    expect(answer.body).toBe("picture");
    expect(api.services.views).toEqual([{ operator: "admin", hash }]);
    expect((await api.call("GET", `/api/v1/evidence/${"cd".repeat(32)}`, { cookie })).statusCode).toBe(404);
  });

  test("of a camera are never kept; a camera that is not there, or dark, says so", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const url = "/api/v1/cameras/outer-entry/snapshot?turn=3";
    expect((await api.call("GET", url, { cookie })).statusCode).toBe(503);
    api.services.pictures.set("outer-entry", Buffer.from("frame"));
    const answer = await api.call("GET", url, { cookie });
    expect(answer.body).toBe("frame");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect((await api.call("GET", "/api/v1/cameras/attic/snapshot", { cookie })).statusCode).toBe(404);
  });
});

test("the journal is verified once for all who ask at the same time", async () => {
  await using api = await apiForTests();
  const cookie = await api.logIn();
  let times = 0;
  const verify = api.services.verifyJournal.bind(api.services);
  api.services.verifyJournal = async () => {
    times += 1;
    await new Promise(setImmediate);
    return verify();
  };
  const ask = () => api.call("GET", "/api/v1/journal/verify", { cookie });
  const answers = await Promise.all([ask(), ask(), ask()]);
  expect(answers.map((answer) => answer.json<{ intact: boolean }>().intact)).toEqual([true, true, true]);
  expect(times).toBe(1);
  await ask();
  expect(times).toBe(2);
});

describe("faults of the controller", () => {
  test("a journal that cannot be written answers 503 and when to come back", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    api.services.addCardholder = () => Promise.reject(new StorageFault("disk full at /var/lib/x"));
    const answer = await api.call("POST", "/api/v1/cardholders", { cookie, body: { name: "A" } });
    expect(answer.json()).toMatchObject({ status: 503, code: "storage-fault" });
    expect(answer.headers["retry-after"]).toBe("5");
    expect(answer.body).not.toContain("/var/lib");
  });

  test("a bug answers 500 without a word about itself, and is in the log", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    api.services.addCardholder = () => Promise.reject(new TypeError("secret inner workings"));
    const answer = await api.call("POST", "/api/v1/cardholders", { cookie, body: { name: "A" } });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/secret|TypeError|\.ts/);
    expect(api.log.join("")).toContain("secret inner workings");
  });

  test("a refusal by the directory keeps its meaning", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    api.services.issueCard = () => Promise.reject(new DirectoryRefusal("tooManyCards", "ten are enough"));
    const answer = await api.call("POST", "/api/v1/cardholders/c1/cards", { cookie, body: { number: "1" } });
    expect(answer.json()).toMatchObject({ status: 409, code: "too-many-cards", detail: "ten are enough" });
  });
});

describe("health", () => {
  test("is alive without a session; ready only with the interlock running and the journal written", async () => {
    await using api = await apiForTests();
    expect((await api.call("GET", "/healthz")).json()).toEqual({ alive: true });
    expect((await api.call("GET", "/readyz")).json()).toEqual({ ready: true, waiting: [] });
    api.services.interlock = "lost";
    api.services.storage = "failed";
    const answer = await api.call("GET", "/readyz");
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({ ready: false, waiting: ["interlock: lost", "storage: failed"] });
  });

  test("is not ready before the start is over: a card presented then would find nobody", async () => {
    let starting = ["vision", "demo people"];
    await using api = await apiForTests({ stillStarting: () => starting });
    const answer = await api.call("GET", "/readyz");
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({ ready: false, waiting: ["vision: starting", "demo people: starting"] });
    starting = [];
    expect((await api.call("GET", "/readyz")).statusCode).toBe(200);
  });

  test("figures follow what happens, and name no person, card or operator", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const { id } = (
      await api.call("POST", "/api/v1/cardholders", { cookie, body: { name: "Anna Berger" } })
    ).json<{ id: string }>();
    await api.call("POST", `/api/v1/cardholders/${id}/cards`, { cookie, body: { number: "73731001" } });
    await api.call("POST", "/api/v1/cards/73731001/report-lost", { cookie });
    api.services.happen("AccessDenied", { cardholder: id, reason: "faceMismatch" });
    api.services.raise(openAlarm("DoorForcedOpen", { priority: "high" }));
    const answer = await api.call("GET", "/metrics");
    expect(answer.headers["content-type"]).toContain("text/plain");
    for (const figure of [
      'vestibule_events_total{type="AccessDenied"} 1',
      'vestibule_door{vestibule="v1",door="outer",is="secure"} 1',
      'vestibule_alarms{type="DoorForcedOpen",priority="high",phase="active-unacknowledged"} 1',
      'vestibule_process_running{process="interlock"} 1',
      'vestibule_camera_live{camera="outer-entry"} 1',
      "vestibule_storage_ok 1",
      'route="/api/v1/cards/:number/report-lost"',
    ]) {
      expect.soft(answer.body).toContain(figure);
    }
    expect(answer.body).not.toMatch(/Anna|73731001|admin/);
  });
});
