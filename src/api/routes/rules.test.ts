import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";

let api: ApiForTests;
let cookie: string;

beforeEach(async () => {
  api = await apiForTests();
  cookie = await api.logIn();
});
afterEach(() => api[Symbol.asyncDispose]());

const call = (method: string, url: string, body?: unknown, headers?: Readonly<Record<string, string>>) =>
  api.call(method, `/api/v1${url}`, {
    cookie,
    ...(body === undefined ? {} : { body }),
    ...(headers === undefined ? {} : { headers }),
  });
const inner = "/vestibules/v1/doors/inner";
const changes = () => api.services.journal.query({ type: "ConfigurationChanged", limit: 100 });

describe("a door's rules", () => {
  test("answer with what holds, in seconds", async () => {
    const answer = await call("GET", inner);
    expect(answer.json()).toEqual({
      ...{ releaseTime: 5, relockOnOpen: true, relockDelay: 0.3, heldOpenTime: 15, heldOpenWarning: 5 },
      ...{ multiPerson: null, remoteGrant: false, version: 0, awaited: false },
    });
    expect(answer.headers["etag"]).toBe('"0"');
  });

  test("A1: two persons at a vault by one request, with the defaults filled in; and off again", async () => {
    const on = await call("PATCH", inner, { multiPerson: { count: 2 }, reason: "from today" });
    expect([on.statusCode, on.json()]).toMatchObject([
      200,
      { multiPerson: { count: 2, groups: [], directions: "entry" }, version: 1 },
    ]);
    expect(changes()[0]?.payload).toMatchObject({ operator: "admin", reason: "from today", approver: null });
    const off = await call("PATCH", inner, { multiPerson: null });
    expect([off.statusCode, off.json()]).toMatchObject([200, { multiPerson: null, version: 2 }]);
    expect(changes()[1]?.payload).toMatchObject({ weakens: [{ rule: "people", before: "2", after: "1" }] });
  });

  test("what is left out stays as it was changed", async () => {
    await call("PATCH", inner, { heldOpenTime: 30 });
    expect((await call("PATCH", inner, { releaseTime: 4 })).json()).toMatchObject({
      heldOpenTime: 30,
      releaseTime: 4,
    });
  });

  test("out of range is 400 with the place, contradictory 422 with every fault and what to do", async () => {
    const range = await call("PATCH", inner, { releaseTime: 31, multiPerson: { count: 1 } });
    expect([range.statusCode, range.json()]).toMatchObject([
      400,
      { errors: [{ path: "/releaseTime" }, { path: "/multiPerson/count" }] },
    ]);
    const whole = await call("PATCH", inner, {
      heldOpenTime: 5,
      multiPerson: { count: 2, groups: ["a", "b", "c"] },
    });
    expect([whole.statusCode, whole.json()]).toMatchObject([
      422,
      {
        code: "rules-refused",
        faults: [
          { path: "vestibules[0].doors.inner.heldOpenWarning", remedy: { zh: expect.any(String) } },
          { path: "vestibules[0].doors.inner.multiPerson.groups", found: "3 groups for 2 people" },
        ],
      },
    ]);
    expect(changes()).toEqual([]);
  });

  test.each(["/vestibules/v9/doors/inner", "/vestibules/v1/doors/middle"])("%s is not there", async (url) => {
    expect((await call("GET", url)).statusCode).toBeGreaterThanOrEqual(400);
    expect((await call("PATCH", url, { releaseTime: 4 })).statusCode).toBeGreaterThanOrEqual(400);
  });

  test("what was changed meanwhile is not overwritten unseen", async () => {
    await call("PATCH", inner, { releaseTime: 4 });
    const late = await call("PATCH", inner, { releaseTime: 3 }, { "if-match": '"0"' });
    expect([late.statusCode, late.json()]).toMatchObject([412, { code: "changed-meanwhile", version: 1 }]);
    expect((await call("PATCH", inner, { releaseTime: 3, version: 1 })).statusCode).toBe(200);
  });
});

describe("lists of rules", () => {
  test.each([
    ["/access-levels", "accessLevels", [{ name: "guards", accessPoints: "all" }]],
    ["/holidays", "holidays", ["2027-01-01"]],
  ] as const)("%s: what is put is what is got, as a list or named", async (url, key, list) => {
    expect((await call("PUT", url, { [key]: list, reason: "new" })).statusCode).toBe(200);
    expect((await call("GET", url)).json()).toMatchObject({ [key]: list, version: 1 });
    expect((await call("PUT", url, list)).json()).toMatchObject({ version: 1 });
  });

  test("A9: days that are worked, or have hours of their own, beside dates as they always were", async () => {
    const holidays = [
      "2027-01-01",
      { date: "2027-02-06", name: "春节" },
      { date: "2027-02-14", as: "monday", name: "春节调休" },
      { date: "2026-12-31", as: "yearEnd", yearly: true },
    ];
    expect((await call("PUT", "/holidays", { holidays })).statusCode).toBe(200);
    expect((await call("GET", "/holidays")).json()).toMatchObject({ holidays, version: 1 });
    const worked = [...holidays.slice(0, 2), { date: "2027-02-14" }, holidays[3]];
    expect(
      (await call("POST", "/configuration/preview", { kind: "holidays", change: worked })).json(),
    ).toMatchObject({
      ...{ same: false, faults: [] },
    });
    const twice = [...holidays, "2027-02-14"];
    expect((await call("PUT", "/holidays", { holidays: twice })).json()).toMatchObject({
      faults: [{ path: "site.holidays[4]", remedy: { zh: expect.any(String) } }],
    });
  });

  test("a schedule that a level goes by is not taken away", async () => {
    const refused = await call("PUT", "/schedules", { schedules: [] });
    expect([refused.statusCode, refused.json()]).toMatchObject([
      422,
      { faults: [{ path: "accessLevels[0].schedule", found: '"office"' }] },
    ]);
  });

  test("A9: modes by schedule, spans over midnight and until 24:00 are taken, empty ones are not", async () => {
    const days = ["friday", "holiday"];
    const schedules = [
      {
        name: "office",
        spans: [
          { days, from: "08:00", to: "24:00" },
          { days, from: "07:00", to: "09:00" },
        ],
      },
      { name: "night", spans: [{ days, from: "22:00", to: "02:00" }], firstPerson: "manager" },
    ];
    expect((await call("PUT", "/schedules", { schedules })).statusCode).toBe(200);
    const level = { name: "staff", accessPoints: "all", schedule: "office" };
    const accessLevels = [
      { ...level, modes: [{ schedule: "night", mode: "card+face+pin" }] },
      { ...level, name: "porters" },
    ];
    expect((await call("PUT", "/access-levels", { accessLevels })).statusCode).toBe(200);
    const empty = [{ name: "office", spans: [{ days, from: "08:00", to: "08:00" }] }, schedules[1]];
    expect((await call("PUT", "/schedules", { schedules: empty })).json()).toMatchObject({
      faults: [{ path: "schedules[0].spans[0].from" }],
    });
  });

  test("nobody loses a level by accident: 409 says how many, force does it", async () => {
    api.services.directory.add({ name: "a", groups: [], accessLevels: ["staff"] });
    const accessLevels = [{ name: "porters", accessPoints: "all", mode: "card" }];
    const refused = await call("PUT", "/access-levels", { accessLevels });
    expect([refused.statusCode, refused.json()]).toMatchObject([
      409,
      { code: "levels-in-use", holders: { staff: 1 } },
    ]);
    expect((await call("PUT", "/access-levels", { accessLevels, force: true })).statusCode).toBe(200);
  });
});

test("settings are changed key by key, and answer whole", async () => {
  const changed = await call("PATCH", "/configuration/settings", {
    access: { maxFailures: 2, duress: { policy: "deny" } },
    vestibules: { v1: { antiPassback: "hard", occupancy: { secureMax: 4 } } },
  });
  expect([changed.statusCode, changed.json()]).toMatchObject([
    200,
    {
      access: { maxFailures: 2, lockoutTime: 60 },
      vestibules: { v1: { antiPassback: "hard", countFaces: null } },
    },
  ]);
  const wrong = await call("PATCH", "/configuration/settings", {
    vestibules: { v1: { countFaces: "attic" } },
  });
  expect(wrong.json()).toMatchObject({ faults: [{ path: "vestibules[0].countFaces" }] });
});

describe("versions", () => {
  test("tell who, when, why, and what before and after; any of them holds again", async () => {
    await call("PATCH", inner, { multiPerson: { count: 3 }, reason: "three" });
    await call("PATCH", inner, { multiPerson: { count: 4 }, reason: "four" });
    const { versions } = (await call("GET", "/configuration/versions?kind=doors/v1/inner")).json();
    expect(versions).toMatchObject([
      { kind: "doors/v1/inner", version: 2, reason: "four", operator: "admin" },
      { version: 1, reason: "three" },
    ]);
    const [{ id: newest }, { id: oldest }] = versions;
    expect((await call("GET", `/configuration/versions/${newest}`)).json()).toMatchObject({
      differences: [{ path: "multiPerson.count", before: 3, after: 4 }],
      inForce: true,
    });
    const back = await call("POST", `/configuration/versions/${oldest}/revert`, { reason: "enough" });
    expect([back.statusCode, back.json()]).toMatchObject([200, { kind: "doors/v1/inner", version: 3 }]);
    expect((await call("GET", inner)).json()).toMatchObject({ multiPerson: { count: 3 } });
  });

  test("the only one of a rule is taken back to the site's file, without a body too", async () => {
    await call("PATCH", inner, { multiPerson: { count: 3 } });
    const [{ id }] = (await call("GET", "/configuration/versions")).json().versions;
    expect((await call("POST", `/configuration/versions/${id}/revert`)).json()).toMatchObject({ version: 0 });
    expect((await call("GET", inner)).json()).toMatchObject({ multiPerson: null, version: 0 });
    const [last] = (await call("GET", "/configuration/versions?limit=1")).json().versions;
    expect(last).toMatchObject({ fromFile: true, version: 2 });
  });

  test("what is not there is 404, and what kind there is not 400", async () => {
    expect((await call("GET", "/configuration/versions/99")).statusCode).toBe(404);
    expect((await call("POST", "/configuration/versions/99/revert")).statusCode).toBe(404);
    expect((await call("GET", "/configuration/versions?kind=doors/../etc")).statusCode).toBe(400);
  });
});

describe("T42: four-eyes", () => {
  beforeEach(async () => {
    Object.assign(api.services.approvalRules, { inForce: true, waitingTime: 86_400_000 });
    await api.logInAs("administrator", "li.na");
  });
  const confirmed = async (id: string, by: string) => {
    const other = await api.logIn(undefined, by);
    return await api.call("POST", `/api/v1/approvals/${id}/confirm`, { cookie: other, body: {} });
  };

  test("what weakens is done by two, and both stand in the version; by one alone nothing", async () => {
    expect((await call("PATCH", inner, { multiPerson: { count: 2 } })).statusCode).toBe(200);
    const asked = await call("PATCH", inner, { multiPerson: null, reason: "vault is empty" });
    expect([asked.statusCode, asked.json()]).toMatchObject([
      202,
      {
        approval: {
          action: "changeDoor",
          subject: { vestibule: "v1", door: "inner" },
          after: { multiPerson: null },
          weakens: [{ en: "fewer people needed at v1/inner: 2 → 1" }],
          reason: "vault is empty",
        },
      },
    ]);
    expect((await call("GET", inner)).json()).toMatchObject({ multiPerson: { count: 2 } });
    const { id } = asked.json().approval;
    expect((await confirmed(id, "admin")).statusCode).toBe(403);
    expect((await confirmed(id, "li.na")).statusCode).toBe(200);
    expect((await call("GET", inner)).json()).toMatchObject({ multiPerson: null });
    const [version] = (await call("GET", "/configuration/versions?limit=1")).json().versions;
    expect(version).toMatchObject({ operator: "admin", approver: "li.na", reason: "vault is empty" });
  });

  test("what strengthens needs one, a revert that weakens two", async () => {
    await call("PUT", "/holidays", { holidays: ["2027-01-01"] });
    await call("PATCH", inner, { multiPerson: { count: 2 } });
    const [{ id }] = (await call("GET", "/configuration/versions?limit=1")).json().versions;
    const asked = await call("POST", `/configuration/versions/${id}/revert`, {});
    expect([asked.statusCode, asked.json()]).toMatchObject([
      202,
      { approval: { action: "revertConfiguration" } },
    ]);
  });

  test("what was changed since it was asked for is not done over it", async () => {
    await call("PATCH", inner, { multiPerson: { count: 2 } });
    const { id } = (await call("PATCH", inner, { multiPerson: null })).json().approval;
    await call("PATCH", inner, { multiPerson: { count: 3 } });
    expect((await confirmed(id, "li.na")).json()).toMatchObject({ code: "changed-meanwhile" });
    expect((await call("GET", inner)).json()).toMatchObject({ multiPerson: { count: 3 } });
  });
});
