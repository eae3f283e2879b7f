import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import type { ApiLimits } from "./api-options.ts";
import { Problem } from "./problem.ts";

/** Addresses counted at a time; the longest unseen is forgotten first. */
const addresses = 5_000;
const windowMs = 10_000;

/**
 * How much one address may ask: the API runs on the controller's own loop, and whoever floods it would delay the doors.
 * It is counted before anything else of a request is looked at.
 */
export async function limitRequests(app: FastifyInstance, limits: ApiLimits): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    max: limits.requestsPerSecond * (windowMs / 1_000),
    timeWindow: windowMs,
    cache: addresses,
    // Everybody's own figures are no business of others, and a program has `retry-after`.
    addHeaders: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
    addHeadersOnExceeding: {
      "x-ratelimit-limit": false,
      "x-ratelimit-remaining": false,
      "x-ratelimit-reset": false,
    },
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem(
        429,
        "too-many-requests",
        `One address may ask ${limits.requestsPerSecond} times a second.`,
        {
          retryAfterSeconds: ttl / 1_000,
        },
      ),
  });
  // The plugin's own hook stands at each route, after those that look up who asks.
  app.addHook("onRequest", app.rateLimit());
}
