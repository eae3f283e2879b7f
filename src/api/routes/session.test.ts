import { describe, expect, test } from "vitest";
import { apiForTests, cookieOf, password } from "../../../test/support/api-for-tests.ts";
import { absoluteLimit, idleLimit } from "../authentication/sessions.ts";

const next = "another fine passphrase";

describe("logging in", () => {
  test("answers who it is and sets a cookie that pages cannot read", async () => {
    await using api = await apiForTests();
    const answer = await api.call("POST", "/api/v1/session", { body: { username: "admin", password } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      username: "admin",
      role: "administrator",
      mustChangePassword: false,
      csrfToken: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(answer.headers["set-cookie"]).toMatch(
      /^vestibule_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(api.services.events({ limit: 10 }).map(({ type }) => type)).toEqual(["OperatorLoggedIn"]);
  });

  test("under TLS the cookie is bound to this host and to TLS", async () => {
    await using api = await apiForTests({ tls: true });
    const answer = await api.call("POST", "/api/v1/session", { body: { username: "admin", password } });
    expect(answer.headers["set-cookie"]).toMatch(/^__Host-vestibule_session=.+; Secure/);
    expect(answer.headers["strict-transport-security"]).toContain("max-age=");
  });

  test("the session's id is stored only as its hash", async () => {
    await using api = await apiForTests();
    const [, id = ""] = (await api.logIn()).split("=");
    const stored = JSON.stringify([...api.operators.sessions.stored]);
    expect(stored).toContain("admin");
    expect(stored).not.toContain(id);
  });

  test("a wrong password and an unknown name answer alike, and neither is recorded", async () => {
    await using api = await apiForTests();
    const wrong = await api.call("POST", "/api/v1/session", {
      body: { username: "admin", password: "Gu3ss-1" },
    });
    const unknown = await api.call("POST", "/api/v1/session", {
      body: { username: "Gu3ss-2", password: "Gu3ss-1" },
    });
    expect(wrong.statusCode).toBe(401);
    expect(unknown.json()).toEqual(wrong.json());
    const records = api.services.events({ limit: 10 });
    expect(records.map(({ payload }) => payload["operator"])).toEqual(["admin", null]);
    expect(JSON.stringify(records) + api.log.join("")).not.toContain("Gu3ss");
  });
});

describe("T3: a session's id", () => {
  test("is new at every login, and the one brought along ends", async () => {
    await using api = await apiForTests();
    const first = await api.logIn();
    const body = { username: "admin", password };
    const second = cookieOf(await api.call("POST", "/api/v1/session", { body, cookie: first }));
    expect(second).not.toBe(first);
    expect((await api.call("GET", "/api/v1/session", { cookie: first })).statusCode).toBe(401);
    expect((await api.call("GET", "/api/v1/session", { cookie: second })).statusCode).toBe(200);
  });

  test("chosen by somebody else is not taken over", async () => {
    await using api = await apiForTests();
    const planted = `vestibule_session=${"B".repeat(43)}`;
    const answer = await api.call("POST", "/api/v1/session", {
      body: { username: "admin", password },
      cookie: planted,
    });
    expect(cookieOf(answer)).not.toBe(planted);
    expect((await api.call("GET", "/api/v1/session", { cookie: planted })).statusCode).toBe(401);
  });

  test("is worth nothing after logging out", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    expect((await api.call("DELETE", "/api/v1/session", { cookie })).statusCode).toBe(204);
    expect((await api.call("GET", "/api/v1/state", { cookie })).statusCode).toBe(401);
    expect(api.services.events({ limit: 10 }).at(-1)?.type).toBe("OperatorLoggedOut");
  });

  test("ends, on every machine, when the password is changed", async () => {
    await using api = await apiForTests();
    const here = await api.logIn();
    const elsewhere = await api.logIn();
    const body = { current: password, next };
    const answer = await api.call("POST", "/api/v1/session/password", { cookie: here, body });
    expect(answer.statusCode).toBe(200);
    for (const cookie of [here, elsewhere]) {
      expect((await api.call("GET", "/api/v1/state", { cookie })).statusCode).toBe(401);
    }
    expect((await api.call("GET", "/api/v1/state", { cookie: cookieOf(answer) })).statusCode).toBe(200);
    const old = await api.call("POST", "/api/v1/session", { body: { username: "admin", password } });
    expect(old.statusCode).toBe(401);
    expect(await api.logIn(next)).toContain("vestibule_session=");
  });

  test("lasts while it is used, and never longer than the absolute limit", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    let used = 0;
    for (let age = 0; age + idleLimit - 1000 < absoluteLimit; age += idleLimit - 1000) {
      api.clock.advance(idleLimit - 1000);
      expect((await api.call("GET", "/api/v1/session", { cookie })).statusCode).toBe(200);
      used += 1;
    }
    expect(used).toBeGreaterThan(20);
    api.clock.advance(idleLimit - 1000);
    expect((await api.call("GET", "/api/v1/session", { cookie })).statusCode).toBe(401);
  });

  test("is not kept alive by what a page asks by itself", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const events = (headers: Record<string, string>) =>
      api.call("GET", "/api/v1/events", { cookie, headers }).then(({ statusCode }) => statusCode);
    api.clock.advance(idleLimit - 1000);
    expect(await events({ "x-vestibule-watching": "1" })).toBe(200);
    api.clock.advance(1001);
    expect(await events({})).toBe(401);
  });

  test("is not ended, nor kept alive, by a jump of the wall clock (A9)", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    api.clock.stepWall(86_400_000);
    expect((await api.call("GET", "/api/v1/session", { cookie })).statusCode).toBe(200);
    api.clock.stepWall(-2 * 86_400_000);
    api.clock.advance(idleLimit + 1);
    expect((await api.call("GET", "/api/v1/session", { cookie })).statusCode).toBe(401);
  });
});

describe("a one-time password", () => {
  test("opens nothing but its own change, after which the session works", async () => {
    await using api = await apiForTests({ mustChangePassword: true });
    const cookie = await api.logIn();
    expect((await api.call("GET", "/api/v1/session", { cookie })).json()).toMatchObject({
      mustChangePassword: true,
    });
    const body = { current: password, next };
    const changed = await api.call("POST", "/api/v1/session/password", { cookie, body });
    expect(changed.json()).toMatchObject({ mustChangePassword: false });
    expect((await api.call("GET", "/api/v1/state", { cookie: cookieOf(changed) })).statusCode).toBe(200);
    expect(api.services.events({ limit: 10 }).map(({ type }) => type)).toContain("PasswordChanged");
  });

  test.each([
    ["short", "at least 12"],
    ["x".repeat(129), "at most 128"],
    ["my name is Admin!", "user name"],
    ["PasswordPassword", "first that are guessed"],
    ["abababababababab", "different characters"],
    [password, "the old one"],
  ])("is not changed to %s", async (chosen, why) => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const body = { current: password, next: chosen };
    const answer = await api.call("POST", "/api/v1/session/password", { cookie, body });
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ detail: string }>().detail).toContain(why);
    expect((await api.call("GET", "/api/v1/state", { cookie })).statusCode).toBe(200);
  });

  test("is not changed by somebody who does not know the present one", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const body = { current: "not the present one", next };
    expect((await api.call("POST", "/api/v1/session/password", { cookie, body })).statusCode).toBe(401);
    expect(await api.logIn()).toContain("=");
  });
});

describe("T4: guessing", () => {
  const guess = { username: "admin", password: "a wrong guess" };

  test("is slowed down by account, with when to come back, and written down once a wait", async () => {
    await using api = await apiForTests();
    const login = () => api.call("POST", "/api/v1/session", { body: guess });
    for (let free = 0; free < 5; free++) expect((await login()).statusCode).toBe(401);
    expect((await login()).statusCode).toBe(401); // the sixth is still checked, and starts the wait
    const refused = await Promise.all(Array.from({ length: 20 }, login));
    expect(refused.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 20 }, () => 429));
    expect(refused[0]?.headers["retry-after"]).toBe("1");
    const reasons = api.services.events({ limit: 100 }).map(({ payload }) => payload["reason"]);
    expect(reasons.filter((reason) => reason === "lockedOut")).toHaveLength(1);

    api.clock.advance(1000);
    expect((await login()).statusCode).toBe(401);
    expect((await login()).headers["retry-after"]).toBe("2");
    api.clock.advance(2000);
    expect(await api.logIn()).toContain("=");
    expect((await login()).statusCode).toBe(401); // forgiven: the count starts again
  });

  test("with the right password waits like any other", async () => {
    await using api = await apiForTests();
    for (let count = 0; count < 6; count++) await api.call("POST", "/api/v1/session", { body: guess });
    const right = await api.call("POST", "/api/v1/session", { body: { username: "admin", password } });
    expect(right.statusCode).toBe(429);
  });

  test("over many names is slowed down by address; other addresses are not", async () => {
    await using api = await apiForTests();
    const login = (index: number, address: string) =>
      api.call("POST", "/api/v1/session", { body: { username: `user${index}`, password: "x" }, address });
    for (let index = 0; index < 21; index++) await login(index, "10.0.0.9");
    expect((await login(21, "10.0.0.9")).statusCode).toBe(429);
    expect((await login(22, "10.0.0.10")).statusCode).toBe(401);
  });

  test("in parallel gains nothing: no more are checked than one after another", async () => {
    await using api = await apiForTests();
    const flood = await Promise.all(
      Array.from({ length: 200 }, () => api.call("POST", "/api/v1/session", { body: guess })),
    );
    expect(flood.filter(({ statusCode }) => statusCode === 401)).toHaveLength(6);
    expect(flood.filter(({ statusCode }) => statusCode === 429)).toHaveLength(194);
  });

  test("through the password change is slowed down as well", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const change = () =>
      api.call("POST", "/api/v1/session/password", { cookie, body: { current: "a wrong guess", next } });
    for (let count = 0; count < 6; count++) expect((await change()).statusCode).toBe(401);
    expect((await change()).statusCode).toBe(429);
  });
});
