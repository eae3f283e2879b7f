import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../test/support/api-for-tests.ts";
import { pairedDisplay } from "../../test/support/paired-display.ts";
import { type PairedWatchScreen, pairedWatchScreen } from "../../test/support/paired-watch-screen.ts";
import type { ApiRoute } from "./application.ts";
import { idleLimit } from "./authentication/sessions.ts";

// The matrix is made from the route table: a route that is added is in it (T1).

const concrete = ({ url }: ApiRoute): string =>
  url.replace(":hash", "a".repeat(64)).replaceAll(/:\w+/g, "outer").replace("*", "x");

async function routeTable(): Promise<readonly ApiRoute[]> {
  await using api = await apiForTests();
  return api.routes;
}

const table = await routeTable();
const routes = table.filter(({ access }) => access !== "public");
const operatorRoutes = routes.filter(({ access }) => !["pending", "display", "watch"].includes(access));

test("T1: what answers without a session is a short list, all of it meant", async () => {
  const open = table.filter(({ access }) => access === "public");
  expect(open.map(({ method, url }) => `${method} ${url}`).toSorted()).toEqual([
    "GET /api/v1/openapi.json",
    "GET /healthz",
    "GET /metrics",
    "GET /readyz",
    "POST /api/v1/display/pairing",
    "POST /api/v1/session",
    "POST /api/v1/session/passkey",
    "POST /api/v1/session/passkey-options",
    "POST /api/v1/watch/pairing",
  ]);
  expect(routes.length).toBeGreaterThan(30);
});

describe("T1: every other route refuses", () => {
  let api: ApiForTests;
  beforeAll(async () => {
    api = await apiForTests();
  });
  afterAll(() => api[Symbol.asyncDispose]());

  test.each(routes)("$method $url without a session", async (route) => {
    const answer = await api.call(route.method, concrete(route));
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: "authentication-required" });
    expect(api.services.actions).toEqual([]);
  });

  test.each(routes)("$method $url with a session that has expired", async (route) => {
    const cookie = await api.logIn();
    api.clock.advance(idleLimit + 1);
    expect((await api.call(route.method, concrete(route), { cookie })).statusCode).toBe(401);
    expect(api.services.actions).toEqual([]);
  });

  test.each(routes)("$method $url with a session nobody gave out", async (route) => {
    const cookie = `vestibule_session=${"A".repeat(43)}`;
    expect((await api.call(route.method, concrete(route), { cookie })).statusCode).toBe(401);
  });
});

describe("T1: what a display signs in with", () => {
  let api: ApiForTests;
  let display = "";
  beforeAll(async () => {
    api = await apiForTests();
    display = await pairedDisplay(api);
  });
  afterAll(() => api[Symbol.asyncDispose]());
  const own = table.filter(({ access }) => access === "display");

  test("opens the screen of its own door", async () => {
    expect(own.map(({ method, url }) => `${method} ${url}`).toSorted()).toEqual([
      "GET /api/v1/display",
      "GET /api/v1/display/mirror",
      "GET /api/v1/display/stream",
    ]);
    const answer = await api.call("GET", "/api/v1/display", { cookie: display });
    expect(answer.json()).toMatchObject({ text: "ready", accessPoint: "outer-entry", name: null });
  });

  test.each(routes.filter(({ access }) => access !== "display"))("$method $url is refused", async (route) => {
    const answer = await api.call(route.method, concrete(route), { cookie: display });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: "authentication-required" });
    const [secret = ""] = display.split("=").slice(1);
    const asToken = await api.call(route.method, concrete(route), {
      headers: { authorization: `Bearer ${secret}`, cookie: `vestibule_session=${secret}` },
    });
    expect(asToken.statusCode).toBe(401);
    expect(api.services.actions).toEqual([]);
  });

  test.each(own)("an operator is no display: $method $url is refused", async (route) => {
    const cookie = await api.logIn();
    const [, session = ""] = cookie.split("=");
    const disguised = `${cookie}; vestibule_display=${session}`;
    for (const jar of [cookie, disguised])
      expect((await api.call(route.method, concrete(route), { cookie: jar })).statusCode).toBe(401);
  });
});

describe("T1: what a screen that watches signs in with", () => {
  let api: ApiForTests;
  let screen: PairedWatchScreen;
  beforeAll(async () => {
    api = await apiForTests();
    screen = await pairedWatchScreen(api, { pictures: true, duress: true });
    api.services.actions.length = 0;
  });
  afterAll(() => api[Symbol.asyncDispose]());
  // Whatever is added to these is meant: a route that does not say so is refused.
  const open = [
    "GET /api/v1/alarms",
    "GET /api/v1/alarms/:id",
    "GET /api/v1/events",
    "GET /api/v1/evidence/:hash",
    "GET /api/v1/state",
    "GET /api/v1/stream",
    "GET /api/v1/watch",
  ];
  const isOpen = ({ method, url }: ApiRoute): boolean => open.includes(`${method} ${url}`);

  test.each(routes.filter((route) => !isOpen(route)))("$method $url is refused", async (route) => {
    const path = concrete(route).slice("/api/v1".length);
    for (const answer of [
      await screen.ask(path, route.method),
      // And without saying that it is a screen, in the place of another's.
      await api.call(route.method, concrete(route), {
        cookie: `${screen.cookie}; ${screen.cookie.replace("watch", "session")}`,
      }),
    ]) {
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toMatchObject({ code: "authentication-required" });
    }
    expect(api.services.actions).toEqual([]);
  });

  test.each(routes.filter((route) => isOpen(route) && !route.url.endsWith("/stream")))(
    "$method $url is answered, and as long as the screen is paired",
    async (route) => {
      const path = concrete(route).slice("/api/v1".length);
      expect([200, 404]).toContain((await screen.ask(path)).statusCode);
      if (route.access !== "watch") {
        const unsaid = await api.call("GET", concrete(route), { cookie: screen.cookie });
        expect(unsaid.statusCode).toBe(401);
      }
    },
  );

  test("an operator is no such screen", async () => {
    const cookie = await api.logIn();
    const disguised = `vestibule_watch=${cookie.split("=")[1] ?? ""}`;
    for (const jar of [cookie, disguised])
      expect((await api.call("GET", "/api/v1/watch", { cookie: jar })).statusCode).toBe(401);
  });
});

describe("T1: before the one-time password is changed, every other route refuses", () => {
  let api: ApiForTests;
  let cookie = "";
  beforeAll(async () => {
    api = await apiForTests({ mustChangePassword: true });
    cookie = await api.logIn();
  });
  afterAll(() => api[Symbol.asyncDispose]());

  test.each(operatorRoutes)("$method $url", async (route) => {
    const answer = await api.call(route.method, concrete(route), { cookie });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: "password-change-required" });
    expect(api.services.actions).toEqual([]);
  });
});

describe("T2: a request that comes from another page is refused", () => {
  const foreign = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:9999" },
    { origin: "http://localhost.evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { referer: "https://evil.example/page" },
    { referer: "not an address" },
    { origin: "http://localhost", "sec-fetch-site": "cross-site" },
  ];
  const changing = routes.filter(({ method }) => method !== "GET");

  test.each(foreign)("%o", async (headers) => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    for (const route of changing) {
      const answer = await api.call(route.method, concrete(route), { cookie, headers });
      expect.soft(answer.statusCode, `${route.method} ${route.url}`).toBe(403);
      expect.soft(answer.json()).toMatchObject({ code: "foreign-origin" });
    }
    expect(api.services.actions).toEqual([]);
    expect((await api.call("GET", "/api/v1/session", { cookie })).statusCode).toBe(200);
  });

  test("the login itself cannot be sent from another page", async () => {
    await using api = await apiForTests();
    const answer = await api.call("POST", "/api/v1/session", {
      body: { username: "admin", password: "x" },
      headers: { origin: "https://evil.example" },
    });
    expect(answer.json()).toMatchObject({ code: "foreign-origin" });
  });

  test.each([
    {},
    { origin: "http://localhost" },
    { origin: "http://localhost", "sec-fetch-site": "same-origin", referer: "http://localhost/" },
    { referer: "http://localhost/doors" },
  ])("the console's own page and a program without a browser are let through: %o", async (headers) => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const body = { action: "open" };
    const answer = await api.call("POST", "/api/v1/simulator/doors/outer", { cookie, headers, body });
    expect(answer.statusCode).toBe(200);
    expect(api.services.actions).toHaveLength(1);
  });

  test("a token of another session is refused, the session's own is taken", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const { csrfToken } = (await api.call("GET", "/api/v1/session", { cookie })).json<{
      csrfToken: string;
    }>();
    const other = await api.logIn();
    const press = (jar: string) =>
      api.call("DELETE", "/api/v1/simulator/inputs/fire", {
        cookie: jar,
        headers: { "x-vestibule-csrf": csrfToken },
      });
    expect((await press(cookie)).statusCode).toBe(200);
    expect((await press(other)).json()).toMatchObject({ code: "wrong-csrf-token" });
  });

  test("another name that points at this machine is not this machine (DNS rebinding)", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const answer = await api.call("GET", "/api/v1/state", { cookie, headers: { host: "evil.example:8420" } });
    expect(answer.statusCode).toBe(421);
  });

  test("with TLS, a page of the same host without TLS is another page", async () => {
    await using api = await apiForTests({ tls: true });
    const cookie = await api.logIn();
    const headers = { host: "door.bank.example", origin: "http://door.bank.example" };
    const body = { action: "open" };
    const refused = await api.call("POST", "/api/v1/simulator/doors/outer", { cookie, headers, body });
    expect(refused.json()).toMatchObject({ code: "foreign-origin" });
    const own = { ...headers, origin: "https://door.bank.example" };
    expect(
      (await api.call("POST", "/api/v1/simulator/doors/outer", { cookie, headers: own, body })).statusCode,
    ).toBe(200);
  });
});
