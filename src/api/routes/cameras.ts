import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { callerOf, operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { bytes, configuredName, problems } from "../field-schemas.ts";
import { LivePictures, liveHeaders } from "../live-pictures.ts";
import { PictureLooks } from "../picture-looks.ts";
import { notFound, Problem } from "../problem.ts";

export function cameraRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services, clock } = context;
  const looks = new PictureLooks(services, clock);
  return async (app) => {
    app.route({
      method: "GET",
      url: "/cameras/:id/snapshot",
      config: { access: "seeCameras", watches: true },
      schema: {
        operationId: "getSnapshot",
        summary: "The newest picture of a camera",
        description: "That somebody looks, and who, is recorded, once in five minutes.",
        tags: ["pictures"],
        params: z.strictObject({ id: configuredName }),
        // A page may add what it likes to the address to have it fetched again.
        querystring: z.looseObject({}),
        response: {
          200: { description: "The picture", content: { "image/jpeg": { schema: bytes } } },
          ...problems,
        },
      },
      handler: async (request, reply) => {
        const { id } = request.params;
        if (!services.state().cameras.some((camera) => camera.id === id))
          throw notFound("There is no such camera.");
        await looks.note(operatorOf(request), { type: "CameraWatched", camera: id });
        const jpeg = await services.snapshot(id);
        if (jpeg === undefined) {
          throw new Problem(503, "no-picture", "The camera gives no picture now.", { retryAfterSeconds: 2 });
        }
        return reply.type("image/jpeg").send(Buffer.from(jpeg));
      },
    });

    const live = new LivePictures(context.limits);
    app.addHook("preClose", async () => live.close());
    app.route({
      method: "GET",
      url: "/cameras/:id/live",
      config: { access: "seeCameras", watches: true },
      schema: {
        operationId: "watchCamera",
        summary: "What a camera sees, a few pictures a second",
        description:
          "Goes on until the session ends, the camera gives no picture any more or whoever looks is gone. That somebody looks, and who, is recorded.",
        tags: ["pictures"],
        params: z.strictObject({ id: configuredName }),
        querystring: z.looseObject({}),
        response: {
          200: {
            description: "Pictures without end, each in place of the one before",
            content: { "multipart/x-mixed-replace": { schema: bytes } },
          },
          ...problems,
        },
      },
      handler: (request, reply) => {
        const { id } = request.params;
        if (!services.state().cameras.some((camera) => camera.id === id))
          throw notFound("There is no such camera.");
        if (live.isFull)
          throw new Problem(503, "too-many-views", "As many live views as allowed are open.", {
            retryAfterSeconds: 5,
          });
        const { mayContinue } = callerOf(request);
        let show = (_jpeg: Uint8Array): void => undefined;
        // Before the answer begins: who cannot be recorded may not look.
        const watching = services.cameras.watch(id, operatorOf(request), (jpeg) => show(jpeg));
        reply.hijack();
        reply.raw.writeHead(200, liveHeaders);
        show = live.open({ response: reply.raw, mayContinue, watching });
      },
    });
  };
}
