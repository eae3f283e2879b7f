import type { OpenAPIV3_1 } from "openapi-types";

/** What the generated description says of the whole; the routes say the rest. */
export function openApiDocument(version: string): Partial<OpenAPIV3_1.Document> {
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
      { name: "alarms", description: "What wants attention" },
      { name: "cardholders", description: "People, their photos and cards" },
      { name: "pictures", description: "Cameras and evidence" },
      { name: "journal", description: "The record that nobody can quietly change" },
      { name: "simulator", description: "A simulated building; 404 on real hardware" },
      { name: "health", description: "For supervisors and Prometheus" },
    ],
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "vestibule_session" } },
    },
    security: [{ session: [] }],
  };
}
