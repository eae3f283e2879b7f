import { describe, expect, test } from "vitest";
import { apiForTests, cookieOf, password } from "../../../test/support/api-for-tests.ts";

interface Listed {
  readonly sessions: readonly { id: string; username: string; address: string; current: boolean }[];
}

describe("the list of sessions", () => {
  test("is one's own, for the administrator everybody's; no id in it opens anything", async () => {
    await using api = await apiForTests();
    const admin = await api.logIn();
    const auditor = await api.logInAs("auditor");
    const list = async (cookie: string) =>
      (await api.call("GET", "/api/v1/sessions", { cookie })).json<Listed>().sessions;
    expect((await list(auditor)).map(({ username, current }) => [username, current])).toEqual([
      ["auditor", true],
    ]);
    const all = await list(admin);
    expect(all.map(({ username }) => username).toSorted()).toEqual(["admin", "auditor"]);
    expect(all.map(({ address }) => address)).toEqual(["127.0.0.1", "127.0.0.1"]);
    for (const { id } of all) {
      const forged = await api.call("GET", "/api/v1/session", { cookie: `vestibule_session=${id}` });
      expect(forged.statusCode).toBe(401);
    }
  });

  test("T3: one that is revoked is over; nobody ends another's but the administrator", async () => {
    await using api = await apiForTests();
    const admin = await api.logIn();
    const auditor = await api.logInAs("auditor");
    const { sessions } = (await api.call("GET", "/api/v1/sessions", { cookie: admin })).json<Listed>();
    const idOf = (name: string) => sessions.find(({ username }) => username === name)?.id ?? "";
    const end = (id: string, cookie: string) => api.call("DELETE", `/api/v1/sessions/${id}`, { cookie });
    expect((await end(idOf("admin"), auditor)).statusCode).toBe(404);
    expect((await end(idOf("auditor"), admin)).statusCode).toBe(204);
    expect((await api.call("GET", "/api/v1/state", { cookie: auditor })).statusCode).toBe(401);
    expect((await end(idOf("auditor"), admin)).statusCode).toBe(404);
  });

  test("limits are the site's", async () => {
    await using api = await apiForTests({ settings: { sessions: { idle: 60_000, absolute: 100_000 } } });
    const cookie = await api.logIn();
    const used = () => api.call("GET", "/api/v1/session", { cookie });
    api.clock.advance(59_999);
    expect((await used()).statusCode).toBe(200);
    api.clock.advance(40_001);
    expect((await used()).statusCode).toBe(401);
  });
});

test("a page left open is not a person: the state it keeps asking for does not keep the session", async () => {
  await using api = await apiForTests();
  const cookie = await api.logIn();
  const asked = async (path: string) => (await api.call("GET", `/api/v1${path}`, { cookie })).statusCode;
  for (let minute = 0; minute < 14; minute++) {
    api.clock.advance(60_000);
    expect(await asked("/state")).toBe(200);
  }
  api.clock.advance(60_001);
  expect(await asked("/state")).toBe(401);
});

describe("the shift", () => {
  const handOver = (cookie: string, more: object = {}) => ({
    cookie,
    body: { username: "auditor", password, note: "Courier at 16:00.", ...more },
  });

  test("T3: is handed over in place: the outgoing session ends, the incoming one is new, both are on record", async () => {
    await using api = await apiForTests();
    await api.logInAs("auditor");
    const outgoing = await api.logIn();
    const answer = await api.call("POST", "/api/v1/session/handover", handOver(outgoing));
    expect(answer.json()).toMatchObject({ username: "auditor", role: "auditor" });
    expect((await api.call("GET", "/api/v1/session", { cookie: outgoing })).statusCode).toBe(401);
    expect((await api.call("GET", "/api/v1/state", { cookie: cookieOf(answer) })).statusCode).toBe(200);
    expect(api.services.events({ limit: 100 }).at(-1)).toMatchObject({
      type: "ShiftHandedOver",
      payload: { operator: "admin", incoming: "auditor", openAlarms: 0, note: "Courier at 16:00." },
    });
  });

  test("stays where it was while the incoming operator does not prove who they are", async () => {
    await using api = await apiForTests();
    await api.logInAs("auditor");
    const outgoing = await api.logIn();
    const wrong = handOver(outgoing, { password: "not the password" });
    expect((await api.call("POST", "/api/v1/session/handover", wrong)).statusCode).toBe(401);
    const self = handOver(outgoing, { username: "admin" });
    expect((await api.call("POST", "/api/v1/session/handover", self)).statusCode).toBe(409);
    expect((await api.call("GET", "/api/v1/state", { cookie: outgoing })).statusCode).toBe(200);
  });
});
