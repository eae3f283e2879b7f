import { createHash } from "node:crypto";
import { apiForTests } from "../../test/support/api-for-tests.ts";

/** `GET /api/v1/openapi.json` */
export type ApiDescription = Readonly<Record<string, unknown>>;

/** What the API says of itself; nothing listens. */
export async function describedApi(): Promise<ApiDescription> {
  await using api = await apiForTests();
  const answer = await api.call("GET", "/api/v1/openapi.json");
  return answer.json<ApiDescription>();
}

/** First line of the generated file: by its hash a check sees whether it is of this API. */
export function headerOf(document: ApiDescription): string {
  const hash = createHash("sha256").update(JSON.stringify(document["paths"])).digest("hex");
  return `// Made by node scripts/api-client.ts from the API's description ${hash.slice(0, 16)}; change the routes instead.`;
}
