import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";
import { fakeCommissioningServices } from "../../../test/support/fake-commissioning-services.ts";

let api: ApiForTests;
let roles: Readonly<Record<"admin" | "officer" | "installer" | "auditor" | "clerk", string>>;
beforeAll(async () => {
  api = await apiForTests();
  api.services.approvalRules.inForce = true;
  const [admin, officer, installer, auditor, clerk] = await Promise.all([
    api.logIn(),
    api.logInAs("securityOfficer"),
    api.logInAs("installer"),
    api.logInAs("auditor"),
    api.logInAs("enrolmentClerk"),
  ]);
  roles = { admin, officer, installer, auditor, clerk };
});
afterAll(() => api[Symbol.asyncDispose]());

const ask = (who: keyof typeof roles, method: "GET" | "POST" | "PUT", url: string, body?: unknown) =>
  api.call(method, `/api/v1${url}`, { cookie: roles[who], body });

function fresh() {
  const commissioning = fakeCommissioningServices();
  api.services.commissioning = commissioning;
  return commissioning;
}

test("T42: before the first hand-over an installer applies alone; after it, that takes a second operator", async () => {
  const commissioning = fresh();
  const { hash } = commissioning.draft();
  const body = { hash, reason: "another board" };
  expect((await ask("installer", "POST", "/commissioning/apply", body)).json()).toEqual({ hash });
  await ask("installer", "POST", "/commissioning/end", {});
  const waiting = await ask("installer", "POST", "/commissioning/apply", body);
  expect(waiting.statusCode).toBe(202);
  expect(commissioning.applied).toEqual([["installer", null]]);
  const { id } = waiting.json<{ approval: { id: string } }>().approval;
  expect((await ask("installer", "POST", `/approvals/${id}/confirm`, {})).statusCode).toBe(403);
  expect((await ask("officer", "POST", `/approvals/${id}/confirm`, {})).statusCode).toBe(200);
  expect(commissioning.applied.at(-1)).toEqual(["installer", "securityofficer"]);
});

test("T1: an auditor reads how the doors were tried, and the report; tries and writes nothing", async () => {
  fresh();
  await ask("installer", "POST", "/commissioning/end", {});
  for (const path of ["", "/report.pdf?language=zh", "/report.json", "/report.note"])
    expect((await ask("auditor", "GET", `/commissioning${path}`)).statusCode).toBe(200);
  expect((await ask("auditor", "POST", "/commissioning/begin")).statusCode).toBe(403);
  expect((await ask("auditor", "GET", "/commissioning/draft")).statusCode).toBe(403);
  expect((await ask("clerk", "GET", "/commissioning")).statusCode).toBe(403);
});

test("what is refused says why, and a name or a secret that is none never gets near a file", async () => {
  fresh();
  const start = (id: string) => ask("installer", "POST", `/commissioning/tests/${id}/start`, {});
  expect((await start("trial.v1.outer")).statusCode).toBe(202);
  expect((await start("trial.v1.inner")).json()).toMatchObject({ status: 409, reason: "testRunning" });
  expect((await start("unknown")).statusCode).toBe(409);
  const keep = (name: string, secret: string) =>
    ask("installer", "PUT", `/commissioning/secrets/${name}`, { secret });
  expect((await keep("camera-street", "long enough")).statusCode).toBe(200);
  for (const name of ["..%2fsite.yaml", "%00", "Upper"]) expect((await keep(name, "x")).statusCode).toBe(400);
  expect((await keep("camera-street", "two\nlines")).statusCode).toBe(400);
  expect((await ask("installer", "PUT", "/commissioning/draft/roof", { value: 1 })).statusCode).toBe(400);
});
