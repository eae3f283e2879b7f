import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ApiContext } from "../api-options.ts";
import { bytes, configuredName, problems } from "../field-schemas.ts";
import { notFound, Problem } from "../problem.ts";

export function cameraRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services } = context;
  return async (app) => {
    app.route({
      method: "GET",
      url: "/cameras/:id/snapshot",
      config: { access: "seeCameras", watches: true },
      schema: {
        summary: "The newest picture of a camera",
        tags: ["pictures"],
        params: z.strictObject({ id: configuredName }),
        // A page may add what it likes to the address to have it fetched again.
        querystring: z.looseObject({}),
        response: {
          200: { description: "The picture", content: { "image/jpeg": { schema: bytes } } },
          ...problems,
        },
      },
      handler: async ({ params: { id } }, reply) => {
        if (!services.state().cameras.some((camera) => camera.id === id))
          throw notFound("There is no such camera.");
        const jpeg = await services.snapshot(id);
        if (jpeg === undefined) {
          throw new Problem(503, "no-picture", "The camera gives no picture now.", { retryAfterSeconds: 2 });
        }
        return reply.type("image/jpeg").send(Buffer.from(jpeg));
      },
    });
  };
}
