import { expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";

const expires = "2026-12-01T00:00:00Z";

async function make(api: ApiForTests, cookie: string, rights: readonly string[], name = "centre") {
  const answer = await api.call("POST", "/api/v1/tokens", { cookie, body: { name, rights, expires } });
  return {
    answer,
    secret: answer.json<{ secret?: string }>().secret ?? "",
    id: answer.json<{ id?: string }>().id,
  };
}
const ask = (api: ApiForTests, secret: string, path = "/events", method = "GET") =>
  api.call(method, `/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } });

test("a token opens what it was given, and nothing else; the secret is shown once", async () => {
  await using api = await apiForTests();
  const cookie = await api.logIn();
  const { answer, secret } = await make(api, cookie, ["seeEvents"]);
  expect(answer.statusCode).toBe(201);
  expect(secret).toMatch(/^vst_[\w-]{43}$/);
  expect((await ask(api, secret)).statusCode).toBe(200);
  expect((await ask(api, secret, "/alarms")).json()).toMatchObject({ code: "forbidden", right: "seeAlarms" });
  expect((await ask(api, secret, "/session")).json()).toMatchObject({ code: "session-required" });
  const listed = await api.call("GET", "/api/v1/tokens", { cookie });
  expect(listed.json()).toMatchObject({
    tokens: [{ name: "centre", rights: ["seeEvents"], maker: "admin" }],
  });
  const kept = JSON.stringify([...api.operators.tokens.stored]) + listed.body + api.log.join("");
  expect(kept + JSON.stringify(api.services.events({ limit: 100 }))).not.toContain(secret);
});

test("who did it stands in the record as token:NAME", async () => {
  await using api = await apiForTests();
  const hash = "a".repeat(64);
  api.services.pictures.set(hash, Uint8Array.of(1));
  const { secret } = await make(api, await api.logIn(), ["seeEvidence"]);
  await ask(api, secret, `/evidence/${hash}`);
  expect(api.services.views).toEqual([{ operator: "token:centre", hash }]);
});

test("T1: no more rights than its maker's, at the making and later", async () => {
  await using api = await apiForTests();
  const officer = await api.logInAs("securityOfficer");
  const refused = await make(api, officer, ["seeEvents", "deletePeople"]);
  expect(refused.answer.json()).toMatchObject({ status: 403, code: "forbidden" });
  const { secret } = await make(api, officer, ["seeEvents", "acknowledgeAlarms"]);
  api.operators.change("securityofficer", { role: "auditor" });
  expect((await ask(api, secret)).statusCode).toBe(200);
  expect((await ask(api, secret, "/alarms/x/acknowledge", "POST")).json()).toMatchObject({
    code: "forbidden",
  });
  api.operators.change("securityofficer", { disabled: true });
  expect((await ask(api, secret)).statusCode).toBe(401);
});

test.each(["override", "confirm", "manageOperators", "makeTokens"])(
  "R13: %s is a person's and is in no token",
  async (right) => {
    await using api = await apiForTests();
    expect((await make(api, await api.logIn(), [right])).answer.statusCode).toBe(400);
  },
);

test("T1: expired, revoked, invented: 401, whatever cookie comes along", async () => {
  await using api = await apiForTests();
  const cookie = await api.logIn();
  const { secret, id } = await make(api, cookie, ["seeEvents"]);
  const other = await make(api, cookie, ["seeEvents"], "other");
  expect((await ask(api, `vst_${"A".repeat(43)}`)).statusCode).toBe(401);
  const both = { cookie, headers: { authorization: "Bearer nonsense" } };
  expect((await api.call("GET", "/api/v1/events", both)).statusCode).toBe(401);
  expect((await api.call("DELETE", `/api/v1/tokens/${id}`, { cookie })).statusCode).toBe(204);
  expect((await ask(api, secret)).statusCode).toBe(401);
  api.clock.advance(Date.parse(expires) - api.clock.wall());
  expect((await ask(api, other.secret)).statusCode).toBe(401);
});

test("another operator's token is neither seen nor revoked, but by the administrator", async () => {
  await using api = await apiForTests();
  const admin = await api.logIn();
  const officer = await api.logInAs("securityOfficer");
  const { id } = await make(api, admin, ["seeEvents"]);
  expect((await api.call("GET", "/api/v1/tokens", { cookie: officer })).json()).toEqual({ tokens: [] });
  expect((await api.call("DELETE", `/api/v1/tokens/${id}`, { cookie: officer })).statusCode).toBe(404);
  const own = await make(api, officer, ["seeEvents"], "own");
  expect((await api.call("DELETE", `/api/v1/tokens/${own.id}`, { cookie: admin })).statusCode).toBe(204);
});

test.each([
  ["2026-10-01T00:00:00Z", 422],
  ["2028-01-01T00:00:00Z", 422],
])("a token that ends %s is refused", async (ends, status) => {
  await using api = await apiForTests();
  const body = { name: "t", rights: ["seeEvents"], expires: ends };
  const answer = await api.call("POST", "/api/v1/tokens", { cookie: await api.logIn(), body });
  expect(answer.statusCode).toBe(status);
});

test("T2: a page's foreign origin is refused with a token too", async () => {
  await using api = await apiForTests();
  const { secret } = await make(api, await api.logIn(), ["seeEvents"]);
  const headers = { authorization: `Bearer ${secret}`, origin: "https://evil.example" };
  expect((await api.call("GET", "/api/v1/events", { headers })).statusCode).toBe(403);
});

test("when it was used last is kept, to the minute", async () => {
  await using api = await apiForTests();
  const { secret } = await make(api, await api.logIn(), ["seeEvents"]);
  await ask(api, secret);
  const first = api.operators.tokens.list()[0]?.lastUsedAt;
  expect(first).toBe(api.clock.wall());
  api.clock.advance(1000);
  await ask(api, secret);
  expect(api.operators.tokens.list()[0]?.lastUsedAt).toBe(first);
  api.clock.advance(60_000);
  await ask(api, secret);
  expect(api.operators.tokens.list()[0]?.lastUsedAt).toBe(api.clock.wall());
});
