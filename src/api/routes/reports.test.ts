import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";
import type {
  EventExportRequest,
  ReportRequest,
  ReportResult,
} from "../../ports/services/report-services.ts";

const hash = "ab".repeat(32);
const made: ReportResult = {
  is: "made",
  position: { seq: 42, hash },
  rows: 1,
  verified: 2,
  content: [Buffer.from("one,"), Buffer.from("two\r\n")],
};

let api: ApiForTests;
let administrator: string;
let cookie: string;
let asked: { readonly request: ReportRequest; readonly operator: string; readonly signal: AbortSignal }[];
let exported: {
  readonly request: EventExportRequest;
  readonly operator: string;
  readonly signal: AbortSignal;
}[];
let result: Promise<ReportResult>;

beforeAll(async () => {
  api = await apiForTests();
  administrator = await api.logIn();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => {
  cookie = administrator;
  asked = [];
  exported = [];
  result = Promise.resolve(made);
  api.services.reports = {
    make: async (request, operator, signal) => {
      asked.push({ request, operator, signal });
      return await result;
    },
    exportEvents: async (request, operator, signal) => {
      exported.push({ request, operator, signal });
      return await result;
    },
  };
});

const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  api.call("GET", `/api/v1/reports/${url}`, { cookie, headers });

describe("a report", () => {
  test("comes with its content, a name, and the journal's position that it was made from", async () => {
    const answer = await get(
      "passages.csv?from=2026-01-01T00:00:00%2B08:00&to=2026-02-01T00:00:00Z&door=inner&mode=card",
    );
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe("one,two\r\n");
    expect(answer.headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-length": "9",
      "content-disposition": 'attachment; filename="passages-42.csv"',
      "cache-control": "no-store",
      "x-vestibule-journal-seq": "42",
      "x-vestibule-journal-hash": hash,
    });
    expect(asked[0]).toMatchObject({
      operator: "admin",
      request: {
        name: "passages",
        format: "csv",
        from: Date.UTC(2025, 11, 31, 16),
        to: Date.UTC(2026, 1, 1),
        door: "inner",
        mode: "card",
      },
    });
  });

  test("as JSON is no file to be saved", async () => {
    const answer = await get("inside.json");
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.headers["content-disposition"]).toBeUndefined();
    expect(asked[0]?.request.format).toBe("json");
  });

  test.each([
    ["inside.pdf", {}, "en"],
    ["inside.pdf", { "accept-language": "zh-CN,zh;q=0.9,en;q=0.8" }, "zh"],
    ["inside.pdf", { "accept-language": "fr, en-GB;q=0.8, zh;q=0.2" }, "en"],
    ["inside.pdf?lang=zh", { "accept-language": "en" }, "zh"],
  ])("%s with %j is in %s", async (url, headers, language) => {
    expect((await get(url, headers)).headers["content-type"]).toBe("application/pdf");
    expect(asked[0]?.request.language).toBe(language);
  });

  test.each([
    "passages.csv?from=yesterday",
    "passages.csv?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
    "passages.csv?door=side",
    "passages.csv?mode=magic",
    "passages.csv?cardholder=../../etc/passwd",
    "passages.csv?lang=xx",
    "passages.csv?colour=red",
  ])("%s is refused", async (url) => {
    expect((await get(url)).statusCode).toBe(400);
    expect(asked).toEqual([]);
  });

  test("T1: is for those who may see reports", async () => {
    cookie = await api.logInAs("enrolmentClerk");
    expect((await get("rights.csv")).statusCode).toBe(403);
    expect(asked).toEqual([]);
  });
});

describe("a search in the record as a file", () => {
  const events = (query: string) => api.call("GET", `/api/v1/events.csv?${query}`, { cookie });

  test("is what the search asks, of every page, for whoever sees people and duress as in the search", async () => {
    const answer = await events(
      "order=newest&type=AccessDenied,AccessGranted&card=1001&door=inner&reason=noFace&from=2026-01-01T00:00:00Z&after=900&lang=zh",
    );
    expect([answer.statusCode, answer.body]).toEqual([200, "one,two\r\n"]);
    expect(answer.headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": 'attachment; filename="events-42.csv"',
      "x-vestibule-journal-seq": "42",
      "x-vestibule-journal-hash": hash,
    });
    expect(exported).toMatchObject([
      {
        operator: "admin",
        request: {
          ...{ language: "zh", seesPeople: true },
          search: {
            ...{ newestFirst: true, types: ["AccessDenied", "AccessGranted"], card: "1001", door: "inner" },
            ...{ reason: "noFace", from: Date.UTC(2026, 0), after: 900 },
          },
        },
      },
    ]);
  });

  test("A5: at the box itself it has no duress; who may not see events gets none", async () => {
    const from = (address: string) => api.call("GET", "/api/v1/events.csv", { cookie, address });
    await from("192.0.2.7");
    await from("127.0.0.1");
    expect(exported.map(({ request }) => request.seesDuress)).toEqual([true, false]);
    cookie = await api.logInAs("enrolmentClerk", "zhao.min");
    expect((await events("")).statusCode).toBe(403);
    expect(exported).toHaveLength(2);
  });

  test("too many are told with how many fit, and what is no search is refused", async () => {
    result = Promise.resolve({ is: "tooLarge", most: 100_000, of: "rows" });
    const answer = await events("order=newest");
    expect(answer.json()).toMatchObject({ status: 413, code: "report-too-large", most: 100_000 });
    expect((await events("limit=5")).statusCode).toBe(400);
    expect((await events("type=a%20b")).statusCode).toBe(400);
  });
});

describe("no report", () => {
  test.each([
    [
      { is: "unverified", seq: 7, detail: "record 7: the content does not match its hash" },
      409,
      "journal-altered",
    ],
    [{ is: "tooLarge", most: 150_000, of: "rows" }, 413, "report-too-large"],
    [{ is: "tooSlow", seconds: 180 }, 503, "report-too-slow"],
  ] as const)("%j answers %i", async (refused, status, code) => {
    result = Promise.resolve(refused);
    const answer = await get("denials.pdf");
    expect(answer.json()).toMatchObject({ status, code });
    expect(answer.headers["x-vestibule-journal-hash"]).toBeUndefined();
  });

  test("while two others are made; and the next as soon as one is done", async () => {
    const pending = Promise.withResolvers<ReportResult>();
    result = pending.promise;
    const first = [get("inside.csv"), get("rights.csv")];
    await expect.poll(() => asked.length, { timeout: 8_000 }).toBe(2);
    const third = await get("passages.csv");
    expect(third.json()).toMatchObject({ status: 429, code: "too-many-reports" });
    expect(third.headers["retry-after"]).toBe("5");
    pending.resolve(made);
    for (const answer of await Promise.all(first)) expect(answer.statusCode).toBe(200);
    expect((await get("passages.csv")).statusCode).toBe(200);
  });

  test("where there are no files to make it from", async () => {
    api.services.reports = undefined;
    expect((await get("inside.csv")).json()).toMatchObject({ status: 503, code: "no-reports" });
  });
});
