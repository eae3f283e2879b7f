import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { apiForTests } from "../../test/support/api-for-tests.ts";

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
}
interface Media {
  readonly schema: { readonly format?: string; readonly examples?: readonly unknown[] };
  readonly example?: unknown;
}
type Content = Readonly<Record<string, Media>>;

const methods = ["get", "post", "put", "patch", "delete"];

async function described(): Promise<Record<string, unknown>> {
  await using api = await apiForTests();
  const answer = await api.call("GET", "/api/v1/openapi.json");
  expect(answer.statusCode).toBe(200);
  return answer.json<Record<string, unknown>>();
}

/** Every operation with its method and path. */
function operations(document: Record<string, unknown>): [string, Operation][] {
  const paths = document["paths"] as Record<string, Record<string, Operation>>;
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method): [string, Operation][] => {
      const operation = item[method];
      return operation === undefined ? [] : [[`${method.toUpperCase()} ${path}`, operation]];
    }),
  );
}

test("the description is valid OpenAPI 3.1", async () => {
  const document = await described();
  const verdict = await new Validator().validate(document);
  expect(verdict.errors ?? []).toEqual([]);
  expect(verdict.valid).toBe(true);
  expect(document["openapi"]).toBe("3.1.0");
});

test("every route of the API is described, with summary, tag and examples of what goes in and comes out", async () => {
  await using api = await apiForTests();
  const document = await described();
  const found = operations(document);
  const served = api.routes.filter(({ url }) => url.startsWith("/api/v1/") && !url.endsWith("/openapi.json"));
  const named = served.map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, "{$1}")}`);
  expect(named.length).toBeGreaterThan(30);
  expect(found.map(([name]) => name)).toEqual(expect.arrayContaining(named));
  const bare = found.filter(([, operation]) => !isWellDescribed(operation)).map(([name]) => name);
  expect(bare).toEqual([]);
});

test("every operation has a name of its own, by which clients are generated", async () => {
  const names = operations(await described()).map(([, { operationId }]) => operationId ?? "");
  expect(names.filter((name) => !/^[a-z][A-Za-z]+$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

function isWellDescribed(operation: Operation): boolean {
  const bodies = [operation.requestBody?.content ?? {}];
  for (const [status, answer] of Object.entries(operation.responses)) {
    if (status.startsWith("2")) bodies.push(answer.content ?? {});
  }
  const exemplary = bodies
    .flatMap((content) => Object.values(content))
    .every(
      ({ schema, example }) => example !== undefined || schema.examples?.length || schema.format === "binary",
    );
  return (operation.summary ?? "") !== "" && operation.tags?.length === 1 && exemplary;
}
