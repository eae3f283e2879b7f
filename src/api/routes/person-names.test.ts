import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";

let api: ApiForTests;
let cookie = "";
beforeAll(async () => {
  api = await apiForTests();
  cookie = await api.logIn();
});
afterAll(() => api[Symbol.asyncDispose]());

const named = (ids: string) => api.call("GET", `/api/v1/person-names?ids=${ids}`, { cookie });

test("names are given by id; who is registered no more has none", async () => {
  const { directory } = api.services;
  const anna = directory.add({ name: "Anna Berger", groups: [], accessLevels: [] }).id;
  const li = directory.add({ name: "李明", groups: [], accessLevels: [] }).id;
  const answer = await named(`${anna},gone,${li}`);
  expect(answer.json()).toEqual({ names: { [anna]: "Anna Berger", [li]: "李明" } });
});

test("not more at once than a page shows", async () => {
  expect((await named(Array.from({ length: 100 }, (_, n) => `p${n}`).join(","))).statusCode).toBe(200);
  expect((await named(Array.from({ length: 101 }, (_, n) => `p${n}`).join(","))).statusCode).toBe(400);
});
