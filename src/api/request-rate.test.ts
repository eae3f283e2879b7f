import { expect, test } from "vitest";
import { apiForTests } from "../../test/support/api-for-tests.ts";

test("one address that asks without end is told to wait, before anything is looked up; others are not", async () => {
  await using api = await apiForTests({ limits: { requestsPerSecond: 1 } });
  const ask = (address: string) => api.call("GET", "/api/v1/state", { address });
  for (let count = 0; count < 10; count++) expect((await ask("10.0.0.1")).statusCode).toBe(401);
  const refused = await ask("10.0.0.1");
  expect(refused.statusCode).toBe(429);
  expect(refused.json()).toMatchObject({ code: "too-many-requests", status: 429 });
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect(refused.headers).not.toHaveProperty("x-ratelimit-remaining");
  expect((await ask("10.0.0.2")).statusCode).toBe(401);
  // Whoever has signed in from there before is not silenced by it, and is counted as well.
  const cookie = await api.logIn();
  const asOperator = () => api.call("GET", "/api/v1/state", { address: "10.0.0.1", cookie });
  for (let count = 0; count < 10; count++) expect((await asOperator()).statusCode).toBe(200);
  expect((await asOperator()).statusCode).toBe(429);
  expect((await ask("10.0.0.1")).statusCode).toBe(429);
});
