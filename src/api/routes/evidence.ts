import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { bytes, problems } from "../field-schemas.ts";
import { notFound } from "../problem.ts";

export function evidenceRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/evidence/:hash",
      config: { access: "seeEvidence" },
      schema: {
        summary: "A captured picture, by its SHA-256",
        description: "That it was looked at, and by whom, is recorded.",
        tags: ["pictures"],
        params: z.strictObject({
          hash: z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in lower-case hexadecimal"),
        }),
        response: {
          200: { description: "The picture", content: { "image/jpeg": { schema: bytes } } },
          ...problems,
        },
      },
      handler: async (request, reply) => {
        const jpeg = await context.services.evidence(request.params.hash, operatorOf(request));
        if (jpeg === undefined) throw notFound("There is no such picture, or it is no longer kept.");
        return reply.type("image/jpeg").send(Buffer.from(jpeg));
      },
    });
  };
}
