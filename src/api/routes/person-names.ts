import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ApiContext } from "../api-options.ts";
import { problems } from "../field-schemas.ts";

/** As many as a page shows at once, and no way to fetch everybody. */
const most = 100;

const query = z.strictObject({
  ids: z
    .string()
    .regex(
      /^[A-Za-z0-9_-]{1,64}(?:,[A-Za-z0-9_-]{1,64}){0,99}$/,
      `up to ${most} ids with commas between them`,
    )
    .meta({ examples: ["01JD3F,01JE77"] }),
});

const namesSchema = z
  .object({
    names: z.record(z.string(), z.string()).describe("By id; who is registered no more is not in it"),
  })
  .meta({ examples: [{ names: { "01JD3F": "林静 Lin Jing" } }] });

/** Records name people by id: who they are is asked for when it is shown, not for a hundred thousand in advance. */
export function personNameRoutes({ services }: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/person-names",
      // A page that only watches asks for whoever comes by: that somebody is there does not follow.
      config: { access: "seePeople", watches: true },
      schema: {
        operationId: "namePeople",
        summary: "Names of people by id",
        tags: ["cardholders"],
        querystring: query,
        response: { 200: namesSchema, ...problems },
      },
      handler: (request) => {
        const found = request.query.ids.split(",").flatMap((id) => {
          const cardholder = services.directory.get(id);
          return cardholder === undefined ? [] : [[id, cardholder.name] as const];
        });
        return { names: Object.fromEntries(found) };
      },
    });
  };
}
