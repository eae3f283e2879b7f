import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describedApi, headerOf } from "./described-api.ts";

const client = new URL("../../src/console/api/client.ts", import.meta.url);

test("the console's client is made from the API as it is: node scripts/api-client.ts writes it anew", async () => {
  const [header] = readFileSync(client, "utf8").split("\n", 1);
  expect(header).toBe(headerOf(await describedApi()));
});
