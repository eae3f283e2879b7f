import type { FastifyDynamicSwaggerOptions, SwaggerTransform } from "@fastify/swagger";
import { jsonSchemaTransform } from "fastify-type-provider-zod";

/** What the generated description says of the whole; the routes say the rest. */
export function openApiDocument(version: string): NonNullable<FastifyDynamicSwaggerOptions["openapi"]> {
  return {
    openapi: "3.1.0",
    info: {
      title: "Vestibule",
      version,
      description:
        "Controller of a bank's interlocked double doors. Errors are RFC 9457 problem details; `code` is stable. Times are ISO 8601 in UTC.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    tags: [
      { name: "session", description: "Logging in and out" },
      { name: "state", description: "What is going on now" },
      { name: "events", description: "What has happened, from the journal" },
      { name: "doors", description: "What operators do to the doors" },
      { name: "rules", description: "Who may pass, when and how; each change a version" },
      { name: "alarms", description: "What wants attention" },
      { name: "approvals", description: "What takes a second operator" },
      { name: "operators", description: "Accounts, sessions and tokens" },
      { name: "cardholders", description: "People, their photos and cards" },
      { name: "pictures", description: "Cameras and evidence" },
      { name: "journal", description: "The record that nobody can quietly change" },
      { name: "reports", description: "CSV and PDF for auditors" },
      { name: "display", description: "Screens at the doors, and those that watch" },
      { name: "commissioning", description: "Trying the doors before people depend on them" },
      { name: "simulator", description: "A simulated building; 404 on real hardware" },
      { name: "health", description: "For supervisors and Prometheus" },
    ],
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "vestibule_session" },
        // Of a screen at a door, once it is paired.
        display: { type: "apiKey", in: "cookie", name: "vestibule_display" },
        watch: { type: "apiKey", in: "cookie", name: "vestibule_watch" },
      },
    },
    security: [{ session: [] }],
  };
}

/** Bodies described per content type, which the generator leaves as they are, become JSON schemas too. */
export const describeRoute: SwaggerTransform = (document) => {
  const content = contentOf(document.schema?.body);
  if (content === undefined) return jsonSchemaTransform(document);
  const { body: _perContentType, ...schema } = document.schema;
  const described = Object.entries(content).map(([type, { schema: body }]) => {
    const { schema: transformed } = jsonSchemaTransform({ ...document, schema: { body } });
    return [type, { schema: transformed.body }] as const;
  });
  const { schema: rest, url } = jsonSchemaTransform({ ...document, schema });
  return { schema: { ...rest, body: { content: Object.fromEntries(described) } }, url };
};

function contentOf(body: unknown): Readonly<Record<string, { readonly schema: unknown }>> | undefined {
  if (typeof body !== "object" || body === null || !("content" in body)) return undefined;
  // Fastify itself insists on this shape for a body that has `content`.
  return body.content as Readonly<Record<string, { readonly schema: unknown }>>;
}
