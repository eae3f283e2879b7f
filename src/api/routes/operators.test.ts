import { describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests, password } from "../../../test/support/api-for-tests.ts";

const put = (api: ApiForTests, cookie: string, username: string, body: unknown) =>
  api.call("PUT", `/api/v1/operators/${username}`, { cookie, body });
const types = (api: ApiForTests) => api.services.events({ limit: 100 }).map(({ type }) => type);

describe("accounts", () => {
  test("one is added with a password for one time, which is shown once and nowhere kept", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const answer = await put(api, cookie, "li.na", { role: "auditor" });
    expect(answer.statusCode).toBe(200);
    const { oneTimePassword } = answer.json<{ oneTimePassword: string }>();
    expect(oneTimePassword).toMatch(/^([A-Z3-9]{5}-){3}[A-Z3-9]{5}$/);
    expect(JSON.stringify(api.services.events({ limit: 100 })) + api.log.join("")).not.toContain(
      oneTimePassword,
    );
    const entered = await api.call("POST", "/api/v1/session", {
      body: { username: "li.na", password: oneTimePassword },
    });
    expect(entered.json()).toMatchObject({ role: "auditor", mustChangePassword: true });
    const listed = await api.call("GET", "/api/v1/operators", { cookie });
    expect(listed.json()).toMatchObject({
      operators: [{ username: "admin" }, { username: "li.na", role: "auditor", secondFactor: false }],
    });
    expect(listed.body).not.toContain("argon2");
  });

  test("several are put at once; who is not named stays", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    await put(api, cookie, "li.na", { role: "auditor" });
    const answer = await api.call("PUT", "/api/v1/operators", {
      cookie,
      body: {
        operators: [
          { username: "li.na", role: "installer" },
          { username: "wang.wei", role: "securityOfficer" },
          { username: "admin" },
        ],
      },
    });
    expect(answer.json<{ operators: { is: string }[] }>().operators.map(({ is }) => is)).toEqual([
      "changed",
      "added",
      "unchanged",
    ]);
    expect(api.operators.find("li.na")?.role).toBe("installer");
  });

  test("T3: another role is another session", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const auditor = await api.logInAs("auditor");
    await put(api, cookie, "auditor", { role: "installer" });
    expect((await api.call("GET", "/api/v1/session", { cookie: auditor })).statusCode).toBe(401);
  });

  test("disabled: no session, no login, answered as a wrong password is", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const auditor = await api.logInAs("auditor");
    await put(api, cookie, "auditor", { disabled: true });
    expect((await api.call("GET", "/api/v1/session", { cookie: auditor })).statusCode).toBe(401);
    const body = { username: "auditor", password };
    const refused = await api.call("POST", "/api/v1/session", { body });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([401, "login-failed"]);
    await put(api, cookie, "auditor", { disabled: false });
    expect((await api.call("POST", "/api/v1/session", { body })).statusCode).toBe(200);
  });

  test("the last administrator is neither removed, disabled nor given another role", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    await api.logInAs("securityOfficer");
    for (const body of [{ role: "auditor" }, { disabled: true }]) {
      expect((await put(api, cookie, "admin", body)).json()).toMatchObject({ code: "last-administrator" });
    }
    await api.logInAs("administrator", "li.na");
    await put(api, cookie, "li.na", { disabled: true });
    expect((await put(api, cookie, "admin", { role: "auditor" })).statusCode).toBe(409);
    await put(api, cookie, "li.na", { disabled: false });
    expect((await put(api, cookie, "admin", { role: "auditor" })).statusCode).toBe(200);
  });

  test("nobody removes or resets themselves", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    await api.logInAs("administrator", "li.na");
    for (const [method, path] of [
      ["DELETE", "/operators/admin"],
      ["POST", "/operators/admin/reset-password"],
      ["DELETE", "/operators/admin/second-factor"],
    ] as const) {
      const answer = await api.call(method, `/api/v1${path}`, { cookie });
      expect(answer.json(), path).toMatchObject({ code: "same-person" });
    }
  });

  test("a reset ends the sessions and gives a password for one time", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const auditor = await api.logInAs("auditor");
    const answer = await api.call("POST", "/api/v1/operators/auditor/reset-password", { cookie });
    const { oneTimePassword } = answer.json<{ oneTimePassword: string }>();
    expect((await api.call("GET", "/api/v1/session", { cookie: auditor })).statusCode).toBe(401);
    const body = { username: "auditor", password: oneTimePassword };
    expect((await api.call("POST", "/api/v1/session", { body })).json()).toMatchObject({
      mustChangePassword: true,
    });
  });

  test.each(["Li", "x", "1li", "li na", "a".repeat(33), "../admin", "admin'--", "__proto__"])(
    "T8: %j is no name",
    async (username) => {
      await using api = await apiForTests();
      const cookie = await api.logIn();
      const answer = await put(api, cookie, encodeURIComponent(username), { role: "auditor" });
      expect(answer.statusCode).toBe(400);
      expect(api.operators.count()).toBe(1);
    },
  );
});

describe("T42: accounts under four-eyes", () => {
  async function twoAdministrators() {
    const api = await apiForTests();
    const first = await api.logIn();
    const second = await api.logInAs("administrator", "li.na");
    api.services.approvalRules.inForce = true;
    return { api, first, second };
  }
  const approvalOf = (answer: { json<T>(): T }) => answer.json<{ approval: { id: string } }>().approval.id;
  const confirm = (api: ApiForTests, cookie: string, id: string) =>
    api.call("POST", `/api/v1/approvals/${id}/confirm`, { cookie, body: { comment: "seen" } });

  test("a new account waits for the second; each of the two is told half of its password", async () => {
    const { api, first, second } = await twoAdministrators();
    await using _api = api;
    const proposed = await put(api, first, "zhao", { role: "administrator" });
    expect(proposed.statusCode).toBe(202);
    const { oneTimePassword: start } = proposed.json<{ oneTimePassword: string }>();
    expect(start).toMatch(/^[A-Z3-9]{5}-[A-Z3-9]{5}$/);
    expect(api.operators.find("zhao")).toBeUndefined();

    const own = await confirm(api, first, approvalOf(proposed));
    expect(own.json()).toMatchObject({ status: 403, code: "same-person", reason: "proposer" });
    expect(api.operators.find("zhao")).toBeUndefined();

    const confirmed = await confirm(api, second, approvalOf(proposed));
    const { forConfirmer } = confirmed.json<{ forConfirmer: { oneTimePassword: string } }>();
    const body = { username: "zhao", password: `${start}-${forConfirmer.oneTimePassword}` };
    expect((await api.call("POST", "/api/v1/session", { body })).statusCode).toBe(200);
    expect(types(api)).toEqual(
      expect.arrayContaining(["ApprovalRequested", "ApprovalConfirmed", "OperatorAdded"]),
    );
    expect(JSON.stringify(api.services.events({ limit: 100 }))).not.toContain(start);
  });

  test("an insider cannot take the colleague's account to confirm with", async () => {
    const { api, first } = await twoAdministrators();
    await using _api = api;
    const proposed = await api.call("POST", "/api/v1/operators/li.na/reset-password", { cookie: first });
    // Whom it is about does not count: with two operators there is nobody left to confirm it.
    expect(proposed.json()).toMatchObject({ status: 409, code: "nobody-to-confirm" });
    const body = { username: "li.na", password };
    expect((await api.call("POST", "/api/v1/session", { body })).statusCode).toBe(200);
  });

  test("more rights, fewer and none wait alike; rejected, nothing has changed", async () => {
    const { api, first, second } = await twoAdministrators();
    await using _api = api;
    await api.logInAs("auditor");
    const asked = [
      await put(api, first, "auditor", { role: "administrator" }),
      await put(api, first, "auditor", { disabled: true }),
      await api.call("DELETE", "/api/v1/operators/auditor", { cookie: first }),
      await api.call("DELETE", "/api/v1/operators/auditor/second-factor", { cookie: first }),
    ];
    expect(asked.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202, 202]);
    const waiting = await api.call("GET", "/api/v1/approvals", { cookie: second });
    expect(waiting.json<{ approvals: unknown[] }>().approvals).toHaveLength(4);
    for (const answer of asked) {
      const rejected = await api.call("POST", `/api/v1/approvals/${approvalOf(answer)}/reject`, {
        cookie: second,
        body: { comment: "no" },
      });
      expect(rejected.statusCode).toBe(200);
    }
    expect(api.operators.find("auditor")).toMatchObject({ role: "auditor", disabled: false });
  });

  test("the account has changed meanwhile: it is not done", async () => {
    const { api, first, second } = await twoAdministrators();
    await using _api = api;
    await api.logInAs("auditor");
    const proposed = await put(api, first, "auditor", { role: "administrator" });
    api.operators.change("auditor", { disabled: true });
    const refused = await confirm(api, second, approvalOf(proposed));
    expect(refused.json()).toMatchObject({ status: 409, code: "changed-meanwhile" });
    expect(api.operators.find("auditor")?.role).toBe("auditor");
  });

  test("alone, the first administrator adds the second, and the record says so", async () => {
    await using api = await apiForTests();
    api.services.approvalRules.inForce = true;
    const cookie = await api.logIn();
    await api.logInAs("auditor");
    expect((await put(api, cookie, "auditor", { disabled: true })).json()).toMatchObject({
      code: "nobody-to-confirm",
    });
    const added = await put(api, cookie, "li.na", { role: "securityOfficer" });
    expect(added.statusCode).toBe(200);
    expect(types(api)).toContain("ApprovalWaived");
    expect((await put(api, cookie, "wang.wei", { role: "auditor" })).statusCode).toBe(202);
  });

  test("no token confirms anything", async () => {
    const { api, first } = await twoAdministrators();
    await using _api = api;
    const made = await api.call("POST", "/api/v1/tokens", {
      cookie: first,
      body: { name: "t", rights: ["seeApprovals"], expires: "2027-01-01T00:00:00Z" },
    });
    const { secret } = made.json<{ secret: string }>();
    const proposed = await put(api, first, "zhao", { role: "auditor" });
    const answer = await api.call("POST", `/api/v1/approvals/${approvalOf(proposed)}/confirm`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(answer.json()).toMatchObject({ status: 403, code: "session-required" });
  });
});
