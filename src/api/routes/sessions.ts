import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { callerOf, sessionOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { listedId } from "../authentication/sessions.ts";
import { problems } from "../field-schemas.ts";
import { notFound } from "../problem.ts";

const tags = ["operators"];

const listSchema = z
  .object({
    sessions: z.array(
      z.object({
        id: z.string(),
        username: z.string(),
        address: z.string(),
        openedAt: z.string(),
        lastSeenAt: z.string(),
        current: z.boolean(),
      }),
    ),
  })
  .meta({ examples: [{ sessions: [] }] });

/** Who is logged in where: everybody sees their own, the administrator all. */
export function sessionListRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/sessions",
      config: { access: "operator" },
      schema: {
        operationId: "listSessions",
        summary: "The sessions in force: one's own, for the administrator everybody's",
        tags,
        response: { 200: listSchema, ...problems },
      },
      handler: (request) => {
        const { username, idHash } = sessionOf(request);
        const all = callerOf(request).rights.has("manageOperators");
        const sessions = context.sessions
          .list()
          .filter((session) => all || session.username === username)
          .map(({ openedAt, lastSeenAt, ...session }) => ({
            ...session,
            openedAt: new Date(openedAt).toISOString(),
            lastSeenAt: new Date(lastSeenAt).toISOString(),
            current: session.id === listedId(idHash),
          }));
        return { sessions };
      },
    });

    app.route({
      method: "DELETE",
      url: "/sessions/:id",
      config: { access: "operator" },
      schema: {
        operationId: "endSession",
        summary: "End a session",
        tags,
        params: z.strictObject({ id: z.string().regex(/^[0-9a-f]{16}$/, "an id of GET /sessions") }),
        response: { 204: z.undefined().describe("It is over"), ...problems },
      },
      handler: async (request, reply) => {
        const { username } = sessionOf(request);
        const all = callerOf(request).rights.has("manageOperators");
        const whose = context.sessions.revokeListed(request.params.id, (owner) => all || owner === username);
        if (whose === undefined) throw notFound("There is no such session of yours.");
        await context.services.record("SessionRevoked", { operator: username, username: whose });
        return reply.code(204).send();
      },
    });
  };
}
