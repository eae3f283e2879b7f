import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "./api-options.ts";
import { cookieName } from "./authentication/callers.ts";
import { presentedScreen } from "./authentication/screen-cookies.ts";
import { Problem } from "./problem.ts";

/** Addresses and sessions counted at a time; the longest unseen is forgotten first. */
const counted = 5_000;
const windowMs = 10_000;

/**
 * How much one may ask: the API runs on the controller's own loop, and whoever floods it would delay the doors. Whoever
 * is signed in, or a screen that watches, is counted alone; everybody else by address, before anything else of a request is looked at, so that a
 * flood from the machine beside the officer's does not silence the officer.
 */
export async function limitRequests(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { limits, sessions, config, watchScreens } = context;
  const name = cookieName(config.tls !== undefined);
  await app.register(rateLimit, {
    global: false,
    max: limits.requestsPerSecond * (windowMs / 1_000),
    timeWindow: windowMs,
    cache: counted,
    keyGenerator: (request) =>
      sessions.look(request.cookies[name] ?? "")?.idHash ??
      watchScreens.look(presentedScreen(request, "watch", context))?.id ??
      request.ip,
    // Everybody's own figures are no business of others, and a program has `retry-after`.
    addHeaders: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
    addHeadersOnExceeding: {
      "x-ratelimit-limit": false,
      "x-ratelimit-remaining": false,
      "x-ratelimit-reset": false,
    },
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem(429, "too-many-requests", `One may ask ${limits.requestsPerSecond} times a second.`, {
        retryAfterSeconds: ttl / 1_000,
      }),
  });
  // The plugin's own hook stands at each route, after those that look up who asks.
  app.addHook("onRequest", app.rateLimit());
}
