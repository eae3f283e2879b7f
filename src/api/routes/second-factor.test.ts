import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests, cookieOf, password } from "../../../test/support/api-for-tests.ts";
import { wallTime } from "../../domain/time.ts";

const path = "/api/v1/session/second-factor";
const codeAt = (secret: string, timestamp: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });

async function begun(api: ApiForTests, cookie: string): Promise<string> {
  const answer = await api.call("POST", path, { cookie, body: { password } });
  return answer.json<{ secret: string }>().secret;
}

/** An administrator whose authenticator app is set up. */
async function setUp() {
  const api = await apiForTests();
  const secret = await begun(api, await api.logIn());
  const code = () => codeAt(secret, api.clock.wall());
  const cookie = await api.logIn();
  const answer = await api.call("POST", `${path}/confirm`, { cookie, body: { code: code() } });
  const { recoveryCodes } = answer.json<{ recoveryCodes: string[] }>();
  const logIn = (more: object = {}) =>
    api.call("POST", "/api/v1/session", { body: { username: "admin", password, ...more } });
  return { api, secret, code, recoveryCodes, logIn, answer, before: cookie };
}

describe("setting up an authenticator app", () => {
  test("takes the password, shows the secret once, and is in force after a first code", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const wrong = await api.call("POST", path, { cookie, body: { password: "not the password" } });
    expect(wrong.statusCode).toBe(401);
    const answer = await api.call("POST", path, { cookie, body: { password } });
    const { secret, uri, picture } = answer.json<{ secret: string; uri: string; picture: string }>();
    expect(uri).toMatch(/^otpauth:\/\/totp\/Vestibule:demo%20admin\?/);
    expect(uri).toContain(secret);
    expect(picture).toMatch(/^<svg /);
    expect(await api.logIn()).toContain("=");
    expect(JSON.stringify(api.services.events({ limit: 100 })) + api.log.join("")).not.toContain(secret);
  });

  test("T3: ends every session and opens a new one", async () => {
    const { api, answer, before, recoveryCodes } = await setUp();
    await using _api = api;
    expect(recoveryCodes).toHaveLength(10);
    expect((await api.call("GET", path, { cookie: before })).statusCode).toBe(401);
    const status = await api.call("GET", path, { cookie: cookieOf(answer) });
    expect(status.json()).toEqual({ setUp: true, required: false, recoveryCodesLeft: 10 });
  });

  test("a wrong first code puts nothing in force", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const secret = await begun(api, cookie);
    const right = codeAt(secret, api.clock.wall());
    const code = right === "000000" ? "000001" : "000000";
    expect((await api.call("POST", `${path}/confirm`, { cookie, body: { code } })).statusCode).toBe(422);
    expect(await api.logIn()).toContain("=");
  });
});

describe("logging in with a second factor", () => {
  test("the password alone opens nothing, and only the right one is told that a code is missing", async () => {
    const { api, logIn } = await setUp();
    await using _api = api;
    const missing = await logIn();
    expect(missing.json()).toMatchObject({ status: 401, code: "second-factor-required" });
    expect(missing.cookies).toEqual([]);
    expect((await logIn({ password: "a wrong one" })).json()).toMatchObject({ code: "login-failed" });
  });

  test("a code is good once, and one step either way", async () => {
    const { api, secret, logIn } = await setUp();
    await using _api = api;
    const at = (seconds: number) => codeAt(secret, api.clock.wall() + seconds * 1000);
    expect((await logIn({ code: at(0) })).json()).toMatchObject({ code: "second-factor-wrong" }); // used at the set-up
    expect((await logIn({ code: at(60) })).statusCode).toBe(401);
    const next = at(30);
    expect((await logIn({ code: next })).statusCode).toBe(200);
    expect((await logIn({ code: next })).statusCode).toBe(401);
    api.clock.advance(90_000);
    expect((await logIn({ code: at(-30) })).statusCode).toBe(200);
  });

  test("an earlier code is not taken after a later one", async () => {
    const { api, secret, logIn } = await setUp();
    await using _api = api;
    api.clock.advance(90_000);
    const earlier = codeAt(secret, api.clock.wall());
    expect((await logIn({ code: codeAt(secret, api.clock.wall() + 30_000) })).statusCode).toBe(200);
    expect((await logIn({ code: earlier })).statusCode).toBe(401);
  });

  test("T4: guessing codes is slowed down as guessing passwords is", async () => {
    const { api, logIn } = await setUp();
    await using _api = api;
    const statuses: number[] = [];
    for (let times = 0; times < 8; times++) statuses.push((await logIn({ code: "12345x" })).statusCode);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
    const records = api.services.events({ limit: 100 });
    expect(records.filter(({ type }) => type === "OperatorLockedOut").map(({ payload }) => payload)).toEqual([
      { operator: "admin", address: "127.0.0.1" },
    ]);
  });

  test("T4: asking for the code is no guess: it locks nobody out", async () => {
    const { api, logIn } = await setUp();
    await using _api = api;
    for (let times = 0; times < 30; times++) expect((await logIn()).statusCode).toBe(401);
    api.clock.advance(30_000);
  });

  test("a recovery code is good once, and on record", async () => {
    const { api, recoveryCodes, logIn } = await setUp();
    await using _api = api;
    const [code = ""] = recoveryCodes;
    expect((await logIn({ code: code.toLowerCase() })).statusCode).toBe(200);
    expect((await logIn({ code })).statusCode).toBe(401);
    expect(api.services.events({ limit: 100 }).map(({ type }) => type)).toContain("RecoveryCodeUsed");
  });
});

test("where the role asks for it, nothing else opens before it is set up", async () => {
  await using api = await apiForTests({ settings: { secondFactor: new Set(["administrator"]) } });
  const answer = await api.call("POST", "/api/v1/session", { body: { username: "admin", password } });
  expect(answer.json()).toMatchObject({ mustSetUpSecondFactor: true });
  const cookie = cookieOf(answer);
  const state = await api.call("GET", "/api/v1/state", { cookie });
  expect(state.json()).toMatchObject({ status: 403, code: "second-factor-setup-required" });
  const secret = await begun(api, cookie);
  const code = codeAt(secret, api.clock.wall());
  const confirmed = await api.call("POST", `${path}/confirm`, { cookie, body: { code } });
  expect(confirmed.json()).not.toHaveProperty("mustSetUpSecondFactor");
  expect((await api.call("GET", "/api/v1/state", { cookie: cookieOf(confirmed) })).statusCode).toBe(200);
});

describe("T1: a passkey is all that an operator has as second factor", () => {
  const passkeys = { rpId: "door.example.com", origin: "https://door.example.com" };
  const withPasskey = async (settings: Parameters<typeof apiForTests>[0]) => {
    const api = await apiForTests(settings);
    const facts = { publicKey: new Uint8Array(8), counter: 0, transports: [], createdAt: wallTime(0) };
    api.operators.passkeys.add({ id: "key", username: "admin", name: "phone", ...facts });
    return api;
  };
  const logIn = (api: ApiForTests) =>
    api.call("POST", "/api/v1/session", { body: { username: "admin", password } });
  const secondFactor = new Set(["administrator"] as const);

  test("the password alone opens nothing where the role cannot do without", async () => {
    await using api = await withPasskey({ settings: { secondFactor, passkeys } });
    const answer = await logIn(api);
    expect(answer.json()).toMatchObject({ status: 401, code: "passkey-required" });
    expect(answer.cookies).toEqual([]);
  });

  test("is another way in where it can", async () => {
    await using api = await withPasskey({ settings: { passkeys } });
    expect((await logIn(api)).statusCode).toBe(200);
  });

  test("is none where the site has no domain name any more: an app is set up before anything else", async () => {
    await using api = await withPasskey({ settings: { secondFactor } });
    const answer = await logIn(api);
    expect(answer.json()).toMatchObject({ mustSetUpSecondFactor: true });
    expect((await api.call("GET", "/api/v1/state", { cookie: cookieOf(answer) })).statusCode).toBe(403);
  });
});

test("removing it takes the password and a code", async () => {
  const { api, secret, answer, logIn } = await setUp();
  await using _api = api;
  const cookie = cookieOf(answer);
  const remove = (body: object) => api.call("DELETE", path, { cookie, body });
  expect((await remove({ password, code: "000000x" })).statusCode).toBe(401);
  const code = codeAt(secret, api.clock.wall() + 30_000);
  expect((await remove({ password, code })).statusCode).toBe(204);
  expect((await logIn()).statusCode).toBe(200);
});
