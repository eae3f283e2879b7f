import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { SiteState } from "../../ports/controller-services.ts";
import type { ApiContext } from "../api-options.ts";
import type { Metrics } from "../metrics.ts";

const tags = ["health"];
const config = { access: "public" } as const;

const readySchema = z
  .object({ ready: z.boolean(), waiting: z.array(z.string()).describe("What is not as it must be") })
  .meta({ examples: [{ ready: false, waiting: ["interlock: starting"] }] });

/** Outside `/api/v1`, without a session, for supervisors and Prometheus. */
export function healthRoutes(context: ApiContext, metrics: Metrics): FastifyPluginAsyncZod {
  return async (app) => {
    app.addHook("onSend", async (_request, reply) => {
      reply.header("cache-control", "no-store");
    });

    app.route({
      method: "GET",
      url: "/healthz",
      config,
      schema: {
        operationId: "getHealth",
        summary: "Whether the controller answers at all",
        tags,
        security: [],
        response: { 200: z.object({ alive: z.literal(true) }).meta({ examples: [{ alive: true }] }) },
      },
      handler: () => ({ alive: true }) as const,
    });

    app.route({
      method: "GET",
      url: "/readyz",
      config,
      schema: {
        operationId: "getReadiness",
        summary: "Whether doors are under control, the journal is written, and the start is over",
        tags,
        security: [],
        response: { 200: readySchema, 503: readySchema },
      },
      handler: async (_request, reply) => {
        const starting = context.stillStarting?.() ?? [];
        const waiting = [
          ...notReady(context.services.state()),
          ...starting.map((part) => `${part}: starting`),
        ];
        return reply.code(waiting.length === 0 ? 200 : 503).send({ ready: waiting.length === 0, waiting });
      },
    });

    app.route({
      method: "GET",
      url: "/metrics",
      config,
      schema: {
        operationId: "getMetrics",
        summary: "Figures for Prometheus",
        tags,
        security: [],
        response: {
          200: {
            description: "Prometheus text format",
            content: {
              "text/plain": { schema: z.string().meta({ examples: ["vestibule_storage_ok 1\n"] }) },
            },
          },
        },
      },
      handler: async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
    });
  };
}

function notReady({ processes, journal }: SiteState): string[] {
  const waiting: string[] = [];
  if (processes.interlock.state !== "running") waiting.push(`interlock: ${processes.interlock.state}`);
  if (journal.storage !== "ok") waiting.push(`storage: ${journal.storage}`);
  return waiting;
}
