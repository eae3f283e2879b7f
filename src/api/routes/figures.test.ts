import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";
import { wallTime } from "../../domain/time.ts";
import type { FigureRequest, FigureResult, Figures } from "../../ports/services/figure-services.ts";

const nothing = { median: null, p95: null, longest: null };
let api: ApiForTests;
let administrator: string;
let now: number;
let asked: FigureRequest[];
let result: FigureResult;

beforeAll(async () => {
  api = await apiForTests();
  administrator = await api.logIn();
  now = api.clock.wall();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => {
  asked = [];
  const figures: Figures = {
    position: { seq: 42, hash: "ab".repeat(32) },
    verified: 40,
    madeAt: wallTime(now),
    from: wallTime(now - 3_600_000),
    to: wallTime(now),
    timeZone: "Asia/Shanghai",
    step: "hour",
    steps: [wallTime(now - 3_600_000)],
    passages: [],
    denials: [{ reason: "noFace", count: 3 }],
    waiting: { binWidth: 250, bins: [], beyond: 0, count: 0, median: null, p95: null },
    scores: [],
    cameras: [],
    alarms: ["Duress", "DoorHeldOpen"].map((alarm) => ({ alarm, raised: 1, acknowledged: 0, ...nothing })),
  };
  result = { is: "made", figures };
  api.services.figures = {
    make: async (request) => {
      asked.push(request);
      return result;
    },
  };
});

const iso = (wall: number) => new Date(wall).toISOString();
const get = (query: string, address?: string, cookie = administrator) =>
  api.call("GET", `/api/v1/figures?${query}`, { cookie, ...(address === undefined ? {} : { address }) });

test("figures come with their times written out and the position they were made from", async () => {
  const answer = await get(`from=${iso(now - 3_600_000)}&vestibule=v1&door=inner`, "10.0.0.7");
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    position: { seq: 42 },
    verified: 40,
    madeAt: iso(now),
    step: "hour",
  });
  expect(asked).toEqual([{ from: now - 3_600_000, to: undefined, vestibule: "v1", door: "inner" }]);
});

test("A5: at the box itself, no figure tells of duress", async () => {
  const alarmsAt = async (address: string) =>
    (await get(`from=${iso(now - 3_600_000)}`, address))
      .json<{ alarms: { alarm: string }[] }>()
      .alarms.map(({ alarm }) => alarm);
  expect(await alarmsAt("127.0.0.1")).toEqual(["DoorHeldOpen"]);
  expect(await alarmsAt("10.0.0.7")).toEqual(["Duress", "DoorHeldOpen"]);
});

test.each([
  ["no begin", ""],
  ["no time", "from=yesterday"],
  ["a begin to come", "from=2999-01-01T00:00:00Z"],
  ["an end before the begin", "from=1970-01-02T00:00:00Z&to=1970-01-01T00:00:00Z"],
  ["years", "from=1800-01-01T00:00:00Z"],
])("%s is refused", async (_, query) => {
  expect((await get(query)).statusCode).toBe(400);
  expect(asked).toEqual([]);
});

test.each([
  [{ is: "unverified", seq: 7, detail: "record 7" }, 409, "journal-altered"],
  [{ is: "busy" }, 429, "figures-under-way"],
  [{ is: "tooSlow", seconds: 180 }, 503, "figures-too-slow"],
] as const)("%j answers %i", async (refused, status, code) => {
  result = refused;
  expect((await get(`from=${iso(now - 1_000)}`)).json()).toMatchObject({ status, code });
});

test("T1: they are for those who may see reports", async () => {
  const clerk = await api.logInAs("enrolmentClerk");
  expect((await get(`from=${iso(now - 1_000)}`, undefined, clerk)).statusCode).toBe(403);
});
