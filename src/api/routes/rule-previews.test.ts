import { afterEach, beforeEach, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";

let api: ApiForTests;
let cookie: string;

beforeEach(async () => {
  api = await apiForTests();
  cookie = await api.logIn();
});
afterEach(() => api[Symbol.asyncDispose]());

const call = (method: string, url: string, body: unknown = {}) =>
  api.call(method, `/api/v1${url}`, method === "GET" ? { cookie } : { cookie, body });
const inner = "/vestibules/v1/doors/inner";
const preview = async (kind: string, change: unknown) =>
  (await call("POST", "/configuration/preview", { kind, change })).json();
const versions = async (query = "") => (await call("GET", `/configuration/versions${query}`)).json().versions;

test("T42: a preview tells the whole before and after, what it weakens and who must confirm; nothing is done", async () => {
  await call("PATCH", inner, { multiPerson: { count: 2 } });
  const changed = await preview("doors/v1/inner", { multiPerson: null });
  expect(changed).toMatchObject({
    ...{ version: 1, same: false, faults: [], secondOperator: false },
    before: { multiPerson: { count: 2 }, heldOpenTime: 15 },
    after: { multiPerson: null, heldOpenTime: 15 },
    weakens: [{ rule: "people", where: "v1/inner", en: "fewer people needed at v1/inner: 2 → 1" }],
  });
  Object.assign(api.services.approvalRules, { inForce: true });
  expect(await preview("doors/v1/inner", { multiPerson: null })).toMatchObject({ secondOperator: true });
  expect(await preview("doors/v1/inner", { multiPerson: { count: 3 } })).toMatchObject({
    ...{ weakens: [], secondOperator: false },
  });
  expect((await call("GET", inner)).json()).toMatchObject({ multiPerson: { count: 2 }, version: 1 });
  expect(await versions()).toHaveLength(1);
});

test("of what could not hold a preview tells every fault, of what is so already that it is the same", async () => {
  expect(await preview("schedules", [])).toMatchObject({
    faults: [{ path: "accessLevels[0].schedule", remedy: { zh: expect.any(String) } }],
    secondOperator: false,
  });
  expect(await preview("holidays", ["2027-02-30", 7])).toMatchObject({ faults: [{}, {}] });
  expect(await preview("doors/v1/inner", { releaseTime: 5 })).toMatchObject({ same: true, faults: [] });
  expect(
    (await call("POST", "/configuration/preview", { kind: "doors/v9/inner", change: {} })).statusCode,
  ).toBe(404);
  expect((await call("POST", "/configuration/preview", { kind: "site-file", change: {} })).statusCode).toBe(
    400,
  );
});

test("T6, T8: whatever is asked about is answered or refused, however it is nested or named", async () => {
  const answers = async (change: unknown): Promise<number> =>
    (await call("POST", "/configuration/preview", { kind: "settings", change })).statusCode;
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const raw = await api.call("POST", "/api/v1/configuration/preview", {
    cookie,
    body: `{"kind":"settings","change":${deep}}`,
    headers: { "content-type": "application/json" },
  });
  expect(raw.statusCode).toBe(400);
  for (const change of [
    7,
    "x",
    null,
    [],
    [[]],
    { access: 7 },
    { access: { constructor: {} } },
    { vestibules: { v9: {} } },
  ])
    expect(await answers(change), JSON.stringify(change)).toBe(200);
});

test("a preview counts who would lose a level, and the list who has one", async () => {
  api.services.directory.add({ name: "a", groups: [], accessLevels: ["staff"] });
  expect((await call("GET", "/access-levels")).json()).toMatchObject({ holders: { staff: 1 } });
  const porters = [{ name: "porters", accessPoints: "all", mode: "card" }];
  expect(await preview("access-levels", porters)).toMatchObject({ losing: { staff: 1 } });
});

test("a revert is previewed as a change is; a version tells what it weakened and the whole it came from", async () => {
  await call("PATCH", inner, { multiPerson: { count: 3 } });
  await call("PATCH", inner, { multiPerson: { count: 2 } });
  const [{ id }] = await versions();
  expect((await call("POST", `/configuration/versions/${id}/preview`)).json()).toMatchObject({
    ...{ before: { multiPerson: { count: 2 } }, after: { multiPerson: { count: 3 } }, weakens: [] },
  });
  expect((await call("GET", `/configuration/versions/${id}`)).json()).toMatchObject({
    ...{ before: { multiPerson: { count: 3 } }, after: { multiPerson: { count: 2 } }, weakensInAll: 1 },
    weakens: [{ zh: "所需人数减少（v1/inner）：3 → 2" }],
  });
  expect((await call("POST", "/configuration/versions/99/preview")).statusCode).toBe(404);
});

test("versions are found by who made them and when", async () => {
  await call("PATCH", inner, { releaseTime: 4 });
  const [{ at }] = await versions("?operator=admin");
  expect(await versions("?operator=nobody")).toEqual([]);
  expect(await versions(`?from=${at}`)).toHaveLength(1);
  expect(await versions(`?to=${at}`)).toEqual([]);
});
