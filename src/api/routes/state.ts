import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { callerOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { problems } from "../field-schemas.ts";
import { sightOf, stateFor } from "../sight.ts";
import { siteStateSchema } from "../state-schema.ts";

export function stateRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/state",
      config: { access: "seeState", watches: true, screens: true },
      schema: {
        operationId: "getState",
        summary: "Doors, passages, processes, cameras and links as they are now",
        tags: ["state"],
        response: { 200: siteStateSchema, ...problems },
      },
      handler: (request) =>
        stateFor(sightOf(callerOf(request)), context.services.state(), context.services.alarms()),
    });
  };
}
