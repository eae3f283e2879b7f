import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { callerOf, operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { sees, sightOf } from "../duress-filter.ts";
import { paragraph, problems } from "../field-schemas.ts";
import { notFound, Problem } from "../problem.ts";
import { alarmView } from "../views.ts";

const tags = ["alarms"];

/** Nothing clears these but an acknowledgement with a comment (domain §5). */
const commented: ReadonlySet<string> = new Set([
  "Duress",
  "InterlockViolated",
  "EmergencyRelease",
  "Tampered",
]);

const alarmSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    priority: z.enum(["critical", "high", "medium", "low"]),
    phase: z.enum(["active-unacknowledged", "active-acknowledged", "returned-unacknowledged", "normal"]),
    vestibule: z.string().nullable(),
    place: z.object({
      vestibule: z.string().optional(),
      door: z.string().optional(),
      accessPoint: z.string().optional(),
      camera: z.string().optional(),
    }),
    since: z.string(),
    count: z.int(),
    evidence: z.array(z.string()),
    detail: z.string().nullable(),
    acknowledged: z.object({ by: z.string(), at: z.string(), comment: z.string() }).nullable(),
  })
  .meta({
    examples: [
      {
        id: "v1.outer.DoorForcedOpen",
        type: "DoorForcedOpen",
        priority: "high",
        phase: "active-unacknowledged",
        vestibule: "v1",
        place: { vestibule: "v1", door: "outer" },
        since: "2026-11-21T08:30:00.120Z",
        count: 1,
        evidence: [],
        detail: null,
        acknowledged: null,
      },
    ],
  });

export function alarmRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const visible = (request: FastifyRequest) => {
    const sight = sightOf(callerOf(request));
    return context.services.alarms().filter((alarm) => sees.alarm(sight, alarm));
  };
  return async (app) => {
    app.route({
      method: "GET",
      url: "/alarms",
      config: { access: "seeAlarms" },
      schema: {
        summary: "The alarms that are not over or not acknowledged",
        tags,
        response: {
          200: z.object({ alarms: z.array(alarmSchema) }).meta({ examples: [{ alarms: [] }] }),
          ...problems,
        },
      },
      handler: (request) => ({ alarms: visible(request).map(alarmView) }),
    });

    app.route({
      method: "POST",
      url: "/alarms/:id/acknowledge",
      config: { access: "acknowledgeAlarms" },
      schema: {
        summary: "Acknowledge an alarm",
        description: `A comment is required for ${[...commented].join(", ")}.`,
        tags,
        params: z.strictObject({ id: z.string().regex(/^[A-Za-z0-9._-]{1,128}$/, "an alarm's id") }),
        body: z
          .strictObject({ comment: paragraph(500).default("") })
          .nullish()
          .meta({ examples: [{ comment: "Guard checked the outer door, nobody there." }] }),
        response: { 200: alarmSchema, ...problems },
      },
      handler: async (request) => {
        const { id } = request.params;
        const comment = request.body?.comment ?? "";
        const open = visible(request).find((alarm) => alarm.id === id);
        if (open === undefined) throw notFound("No such alarm is open.");
        if (commented.has(open.type) && comment.trim() === "") {
          throw new Problem(422, "comment-required", `${open.type} is acknowledged only with a comment.`);
        }
        const alarm = await context.services.acknowledge(id, operatorOf(request), comment);
        if (alarm === undefined) throw notFound("No such alarm is open.");
        return alarmView(alarm);
      },
    });
  };
}
