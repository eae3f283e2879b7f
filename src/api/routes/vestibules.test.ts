import { describe, expect, test } from "vitest";
import { apiForTests } from "../../../test/support/api-for-tests.ts";
import { wallTime } from "../../domain/time.ts";

const lockdown = "/api/v1/vestibules/v1/lockdown";
const override = "/api/v1/vestibules/v1/override";
const reset = "/api/v1/vestibules/v1/reset-emergency";
const until = wallTime(Date.UTC(2026, 10, 21, 8, 30, 30));

test("R14: a lockdown is ordered and lifted in the operator's name", async () => {
  await using api = await apiForTests();
  const cookie = await api.logIn();
  api.services.nextLockdown = { confirmed: true, recorded: true, lockdown: { order: true, input: false } };
  const answer = await api.call("POST", lockdown, { cookie, body: { reason: "armed person" } });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ lockdown: { order: true, input: false }, recorded: true });
  api.services.nextLockdown = { confirmed: true, recorded: false, lockdown: { order: false, input: true } };
  const lifted = await api.call("DELETE", lockdown, { cookie });
  expect(lifted.json()).toEqual({ lockdown: { order: false, input: true }, recorded: false });
  expect(api.services.orders).toEqual([
    ["lockDown", "v1", "admin", "armed person"],
    ["liftLockdown", "v1", "admin"],
  ]);
});

test("R14: an order that was not confirmed says so, and that it stands", async () => {
  await using api = await apiForTests();
  const cookie = await api.logIn();
  for (const call of [
    () => api.call("POST", lockdown, { cookie, body: { reason: "armed person" } }),
    () => api.call("DELETE", lockdown, { cookie }),
  ]) {
    const answer = await call();
    expect(answer.json()).toMatchObject({ status: 504, code: "interlock-silent", recorded: true });
    expect(answer.json<{ detail: string }>().detail).toContain("as soon as it answers");
  }
});

describe("R13: override", () => {
  const asked = { doors: "both", reason: "somebody has fainted" };

  test("the first proposes, the second makes it so", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    api.services.nextOverride = { is: "proposed", until, recorded: true };
    const first = await api.call("POST", override, { cookie, body: asked });
    expect(first.statusCode).toBe(202);
    expect(first.json()).toEqual({ proposed: "both", until: "2026-11-21T08:30:30.000Z", recorded: true });
    api.services.nextOverride = { is: "overridden", until, operators: ["li", "admin"], recorded: true };
    const second = await api.call("POST", override, { cookie, body: asked });
    expect(second.statusCode).toBe(200);
    expect(second.json()).toMatchObject({ overridden: "both", operators: ["li", "admin"] });
    expect(api.services.orders[0]).toEqual(["override", "v1", "both", "admin", "somebody has fainted"]);
  });

  test.each([
    ["samePerson", 409, "same-person"],
    ["lockdown", 409, "locked-down"],
    ["controllerLost", 503, "interlock-silent"],
    ["stale", 503, "interlock-silent"],
  ] as const)("refused for %s", async (reason, status, code) => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    api.services.nextOverride = { is: "refused", reason };
    const answer = await api.call("POST", override, { cookie, body: asked });
    expect(answer.json()).toMatchObject({ status, code, reason });
  });

  test.each([
    { doors: "both" },
    { doors: "both", reason: "" },
    { doors: "both", reason: " \n" },
    { doors: "both", reason: "x".repeat(501) },
    { doors: "all", reason: "why" },
    { reason: "why" },
    { ...asked, operator: "li" },
  ])("is not taken without doors and a reason: %o", async (body) => {
    await using api = await apiForTests();
    const answer = await api.call("POST", override, { cookie: await api.logIn(), body });
    expect(answer.statusCode).toBe(400);
    expect(api.services.orders).toEqual([]);
  });
});

test("R12: a reset is refused while the input says fire, and where there is nothing to reset", async () => {
  await using api = await apiForTests();
  const cookie = await api.logIn();
  const ask = () => api.call("POST", reset, { cookie, body: { comment: "false alarm" } });
  api.services.nextReset = { is: "refused", reason: "stillActive" };
  expect((await ask()).json()).toMatchObject({ status: 409, code: "emergency-active" });
  api.services.nextReset = { is: "refused", reason: "notActive" };
  expect((await ask()).json()).toMatchObject({ status: 409, code: "no-emergency" });
  api.services.nextReset = { is: "reset", recorded: true };
  expect((await ask()).json()).toEqual({ reset: true, recorded: true });
  expect(api.services.orders).toHaveLength(3);
  expect(api.services.orders[0]).toEqual(["resetEmergency", "v1", "admin", "false alarm"]);
});

test("an interlock that does not answer is said to be silent", async () => {
  await using api = await apiForTests();
  const cookie = await api.logIn();
  const overridden = await api.call("POST", override, { cookie, body: { doors: "outer", reason: "why" } });
  expect(overridden.json()).toMatchObject({ status: 504, code: "interlock-silent" });
  const afterwards = await api.call("POST", reset, { cookie, body: { comment: "why" } });
  expect(afterwards.json()).toMatchObject({ status: 504, code: "interlock-silent" });
});

test("a vestibule that is not there, and a comment that says nothing", async () => {
  await using api = await apiForTests();
  const cookie = await api.logIn();
  const url = lockdown.replace("v1/lock", "v2/lock");
  expect((await api.call("POST", url, { cookie, body: { reason: "why" } })).statusCode).toBe(404);
  expect((await api.call("DELETE", url, { cookie })).statusCode).toBe(404);
  expect((await api.call("POST", reset, { cookie, body: { comment: " " } })).statusCode).toBe(400);
  expect(api.services.orders).toEqual([]);
});
