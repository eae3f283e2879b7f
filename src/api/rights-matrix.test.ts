import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../test/support/api-for-tests.ts";
import { hasRight, type Right, rights, roles } from "../domain/operator/rights.ts";
import type { ApiRoute } from "./application.ts";

// Every route × every role, made from the route table: a route that is added is in it (T1).

const concrete = ({ url }: ApiRoute): string =>
  url.replace(":hash", "a".repeat(64)).replaceAll(/:\w+/g, "outer").replace("*", "x");

const isRight = (access: string): access is Right => (rights as readonly string[]).includes(access);

const table = await (async () => {
  await using api = await apiForTests();
  return api.routes.flatMap(({ access, ...route }) => (isRight(access) ? [{ ...route, access }] : []));
})();

test("T1: every right in the table is asked for by a route, or within an answer", () => {
  const asked = new Set(table.map(({ access }) => access));
  const withinAnswers: readonly Right[] = ["seeDuress", "confirm"];
  expect(rights.filter((right) => !asked.has(right))).toEqual(withinAnswers);
});

describe.each(roles)("T1: as %s", (role) => {
  let api: ApiForTests;
  let cookie = "";
  beforeAll(async () => {
    api = await apiForTests();
    cookie = await api.logInAs(role);
  });
  afterAll(() => api[Symbol.asyncDispose]());

  test.each(table.filter(({ access }) => !hasRight(role, access)))(
    "$method $url is refused",
    async (route) => {
      const answer = await api.call(route.method, concrete(route), { cookie });
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({ code: "forbidden", right: route.access });
      expect(api.services.actions).toEqual([]);
    },
  );

  const own = table.filter(({ access, url }) => hasRight(role, access) && !url.endsWith("/stream"));
  test.each(own)("$method $url is not refused for the role", async (route) => {
    const answer = await api.call(route.method, concrete(route), { cookie, body: {} });
    expect(answer.statusCode).not.toBe(401);
    expect(answer.body).not.toContain('"code":"forbidden"');
  });
});

test("T1: what was asked for without the right is on record, once a minute", async () => {
  await using api = await apiForTests();
  const cookie = await api.logInAs("auditor");
  const ask = () => api.call("DELETE", "/api/v1/cardholders/c1", { cookie });
  const noted = () => api.services.events({ limit: 100, type: "RequestForbidden" });
  for (let times = 0; times < 5; times++) await ask();
  expect(noted().map(({ payload }) => payload)).toEqual([{ operator: "auditor", right: "deletePeople" }]);
  api.clock.advance(60_001);
  await ask();
  expect(noted()).toHaveLength(2);
});

test("T1: a route that names no right does not start", async () => {
  const { collectRoutes } = await import("./application.ts");
  const { default: Fastify } = await import("fastify");
  const app = Fastify();
  collectRoutes(app);
  expect(() => app.get("/api/v1/forgotten", () => "")).toThrow(/GET \/api\/v1\/forgotten names no right/);
});

test("T1: an account that is disabled has no session any more", async () => {
  await using api = await apiForTests();
  const cookie = await api.logInAs("auditor");
  api.operators.change("auditor", { disabled: true });
  expect((await api.call("GET", "/api/v1/state", { cookie })).statusCode).toBe(401);
});
