import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";
import { instant } from "../../domain/time.ts";

let api: ApiForTests;
let cookie: string;
let anna: string;
let bo: string;

beforeEach(async () => {
  api = await apiForTests();
  cookie = await api.logIn();
  const add = (name: string): string => api.services.directory.add({ name, groups: [], accessLevels: [] }).id;
  [anna, bo] = [add("Anna"), add("Bo")].toSorted() as [string, string]; // two went in
});
afterEach(() => api[Symbol.asyncDispose]());

const call = (method: string, url: string, body?: unknown) =>
  api.call(method, `/api/v1/presence${url}`, { cookie, ...(body === undefined ? {} : { body }) });
const happens = (type: string, payload: Parameters<typeof api.services.journal.append>[0][0]["payload"]) =>
  api.services.journal.append([{ type, at: instant(1), payload }]);
const passes = (cardholder: string, accessPoint: string) =>
  happens("AccessTaken", { vestibule: "v1", accessPoint, cardholder, groups: [] });
const inside = async () => (await call("GET", "")).json();

describe("who is inside", () => {
  test("nobody, before anybody came in", async () => {
    expect(await inside()).toEqual({
      vestibules: [
        {
          vestibule: "v1",
          known: { vestibule: 0, secure: 0 },
          unknown: { vestibule: 0, secure: 0 },
          uncertainSince: null,
        },
      ],
      total: 0,
      people: [],
      next: null,
    });
  });

  test("each by id, area and since when; the unknown by number", async () => {
    passes(anna, "outer-entry");
    passes(anna, "inner-entry");
    passes(bo, "outer-entry");
    happens("AccessTaken", { vestibule: "v1", door: "inner", enters: true, grant: "egress", passage: "x" });
    const answer = await inside();
    expect(answer).toMatchObject({
      vestibules: [{ known: { vestibule: 1, secure: 1 }, unknown: { vestibule: 1, secure: -1 } }],
      total: 2,
      people: [
        { cardholder: anna, area: "secure", vestibule: "v1" },
        { cardholder: bo, area: "vestibule", vestibule: "v1" },
      ],
    });
    expect(answer.people[0].since).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test("R13: after a door stood open nobody is known, and it is said since when", async () => {
    passes(anna, "inner-entry");
    happens("DoorOpened", { vestibule: "v1", door: "outer", cause: "override" });
    expect(await inside()).toMatchObject({
      total: 0,
      vestibules: [{ uncertainSince: expect.stringMatching(/Z$/) }],
    });
  });

  test("in pages", async () => {
    for (const who of [anna, bo]) passes(who, "inner-entry");
    const first = (await call("GET", "?limit=1")).json();
    expect(first).toMatchObject({ total: 2, people: [{ cardholder: anna }], next: anna });
    const second = (await call("GET", `?limit=1&after=${first.next}`)).json();
    expect(second).toMatchObject({ total: 2, people: [{ cardholder: bo }], next: null });
    expect((await call("GET", "?limit=1001")).statusCode).toBe(400);
  });
});

describe("A3: where somebody is, as an operator says", () => {
  const reset = (body: object) => call("POST", "/reset", { reason: "left by the garage", ...body });
  const resets = () =>
    api.services.journal.query({ type: "AreaReset", limit: 10 }).map(({ payload }) => payload);

  test("one person, recorded with who said it and why", async () => {
    passes(anna, "inner-entry");
    const answer = await reset({ cardholder: anna, area: "outside" });
    expect([answer.statusCode, answer.json()]).toEqual([200, { reset: true }]);
    expect(await inside()).toMatchObject({ total: 0 });
    expect(resets()).toEqual([
      { cardholder: anna, vestibule: null, area: "outside", operator: "admin", reason: "left by the garage" },
    ]);
  });

  test("one person inside, where the site has one door pair", async () => {
    await reset({ cardholder: bo, area: "secure" });
    expect(await inside()).toMatchObject({ people: [{ cardholder: bo, area: "secure", vestibule: "v1" }] });
  });

  test("everybody: not known to be anywhere, or outside", async () => {
    passes(anna, "inner-entry");
    await reset({ all: true });
    expect(await inside()).toMatchObject({ total: 0 });
    await reset({ all: true, area: "outside" });
    expect(resets()).toMatchObject([
      { cardholder: null, area: null },
      { cardholder: null, area: "outside" },
    ]);
  });

  test.each([
    ["neither", {}],
    ["both", { all: true, cardholder: "a" }],
    ["everybody inside", { all: true, area: "secure" }],
    ["nowhere", { cardholder: "a", area: "roof" }],
    ["no reason", { all: true, reason: " " }],
  ])("%s is no such request", async (_, body) => {
    expect((await reset(body)).statusCode).toBe(400);
    expect(resets()).toEqual([]);
  });

  test("nobody whom the directory does not know, at no door pair that there is not", async () => {
    expect((await reset({ cardholder: "nobody" })).statusCode).toBe(404);
    expect((await reset({ cardholder: anna, area: "secure", vestibule: "v9" })).json()).toMatchObject({
      status: 409,
      code: "which-vestibule",
    });
    expect(resets()).toEqual([]);
  });

  test("T43: nobody says where they are themselves", async () => {
    const herself = api.services.directory.add({
      name: "Admin",
      groups: [],
      accessLevels: [],
      operator: "admin",
    });
    expect((await reset({ cardholder: herself.id })).json()).toMatchObject({
      status: 403,
      code: "self-service",
    });
    expect(resets()).toEqual([]);
  });
});
