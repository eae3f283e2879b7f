import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { callerOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { problems, sequence } from "../field-schemas.ts";
import { Problem } from "../problem.ts";
import { sightOf } from "../sight.ts";

export function streamRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/stream",
      config: { access: "seeState", watches: true, screens: true },
      schema: {
        operationId: "openStream",
        summary: "Server-sent events: `state`, `alarm`, `event` and `beat`",
        description:
          "Begins with the state and the open alarms. An `event` carries its sequence number as id; a client that comes back with `Last-Event-ID` (or `after`) gets every record since, none twice. A `beat` every second shows that the controller lives, and up to which record everything has been `sent` that one may see.",
        tags: ["events"],
        querystring: z.strictObject({
          after: sequence.optional(),
          screen: z
            .literal("1")
            .optional()
            .describe(
              "Asked as the paired screen that watches; elsewhere the header `X-Vestibule-Screen: 1`",
            ),
        }),
        headers: z.looseObject({ "last-event-id": sequence.optional() }),
        response: {
          200: {
            description: "An endless stream",
            content: {
              "text/event-stream": {
                schema: z
                  .string()
                  .meta({ examples: ['event: event\nid: 42\ndata: {"seq":42,"type":"DoorOpened"}\n\n'] }),
              },
            },
          },
          ...problems,
        },
      },
      handler: (request, reply) => {
        const { streams, services } = context;
        if (streams.isFull) {
          throw new Problem(503, "too-many-streams", "As many event streams as allowed are open.", {
            retryAfterSeconds: 5,
          });
        }
        const last = services.state().journal.last;
        const after = Math.min(request.headers["last-event-id"] ?? request.query.after ?? last, last);
        const caller = callerOf(request);
        const { mayContinue, screen } = caller;
        reply.hijack();
        reply.raw.writeHead(200, streamHeaders);
        streams.open({ response: reply.raw, after, mayContinue, sight: sightOf(caller), screen: screen?.id });
      },
    });
  };
}

// A hijacked answer gets none of the usual headers.
export const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};
