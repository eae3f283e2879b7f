import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { presentations, type Scene } from "../../ports/building-link.ts";
import type { SimulatorServices } from "../../ports/controller-services.ts";
import type { ApiContext } from "../api-options.ts";
import { bytes, cardNumber, configuredName, problems } from "../field-schemas.ts";
import { limitUploads, pictureLimit, pictureOf, takePictures } from "../picture-bodies.ts";
import { notFound, Problem } from "../problem.ts";
import { sceneJpeg } from "../scene-picture.ts";
import { act, outcomeSchema, simulator } from "../simulated-building.ts";

const tags = ["simulator"];
const params = z.strictObject({ id: configuredName });

/** How somebody stands there. */
const presence = {
  presented: z.enum(presentations).optional(),
  obeys: z.boolean().optional(),
};

const sceneSchema = z
  .union([
    z.strictObject({ person: cardNumber, ...presence }),
    z.strictObject({ persons: z.array(cardNumber).max(4), ...presence }),
    z.strictObject({ frozen: z.literal(true) }),
    z.strictObject({ unplugged: z.literal(true) }),
  ])
  .meta({
    description:
      "`person`, `persons`: by card number; nobody is `persons: []`. People are alive: they sway, breathe and blink. `presented`: `live` (default), or the first one's picture held up as a `print` or on a `screen`. `obeys` (default true): they do what the display asks of them",
    examples: [{ person: "1001", presented: "live", obeys: true }],
  });

/** With a picture as the body; in JSON the same stands in the body. */
const pictureQuery = z.strictObject({
  presented: presence.presented.describe("with a picture as the body; in JSON it stands there"),
  obeys: z.stringbool({ truthy: ["true"], falsy: ["false"] }).optional(),
});

/** What cameras of the simulated building look at. */
export function simulatorSceneRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    takePictures(app);

    app.route({
      method: "PUT",
      url: "/cameras/:id/scene",
      config: { access: "simulate" },
      bodyLimit: pictureLimit,
      onRequest: limitUploads(),
      schema: {
        operationId: "setScene",
        summary: "Put a person, several, or any picture before a camera",
        tags,
        params,
        querystring: pictureQuery,
        body: {
          content: {
            "application/json": { schema: sceneSchema },
            "image/jpeg": { schema: bytes },
            "image/png": { schema: bytes },
          },
        },
        response: { 200: outcomeSchema, ...problems },
      },
      handler: async ({ params: { id }, query, body }) => {
        const scene = Buffer.isBuffer(body)
          ? ({ kind: "picture", jpeg: await sceneJpeg(pictureOf(body)), ...presenceOf(query) } as const)
          : await sceneOf(simulator(context), askedScene(body));
        return act(context, { type: "setScene", camera: id, scene });
      },
    });

    app.route({
      method: "DELETE",
      url: "/cameras/:id/scene",
      config: { access: "simulate" },
      schema: {
        operationId: "blackenCamera",
        summary: "The camera goes black",
        tags,
        params,
        response: { 200: outcomeSchema, ...problems },
      },
      handler: ({ params: { id } }) =>
        act(context, { type: "setScene", camera: id, scene: { kind: "dark" } }),
    });

    app.route({
      method: "GET",
      url: "/probes/:number",
      config: { access: "simulate" },
      schema: {
        operationId: "getProbe",
        summary: "A demo cardholder as a camera would see them",
        tags,
        params: z.strictObject({ number: cardNumber }),
        response: {
          200: { description: "The picture", content: { "image/jpeg": { schema: bytes } } },
          ...problems,
        },
      },
      handler: async ({ params: { number } }, reply) => {
        const jpeg = await simulator(context).probe(number);
        if (jpeg === undefined) throw notFound("No demo cardholder has this card.");
        return reply.type("image/jpeg").send(Buffer.from(jpeg));
      },
    });
  };
}

/** A request without any body reaches here unvalidated. */
function askedScene(body: unknown): z.output<typeof sceneSchema> {
  const parsed = sceneSchema.safeParse(body);
  if (!parsed.success)
    throw new Problem(400, "invalid-request", "body /: who or what stands before the camera");
  return parsed.data;
}

async function sceneOf(simulated: SimulatorServices, asked: z.output<typeof sceneSchema>): Promise<Scene> {
  if ("frozen" in asked) return { kind: "frozen" };
  if ("unplugged" in asked) return { kind: "unplugged" };
  if ("persons" in asked && asked.persons.length === 0) return { kind: "empty" };
  const jpeg =
    "person" in asked ? await simulated.probe(asked.person) : await simulated.probes(asked.persons);
  if (jpeg === undefined) throw notFound("No demo cardholder has such a card.");
  const label = "person" in asked ? asked.person : asked.persons.join("+");
  return { kind: "picture", jpeg, label, ...presenceOf(asked) };
}

/** Only what was said: the rest is the building's to decide. */
function presenceOf({ presented, obeys }: Pick<z.output<typeof pictureQuery>, "presented" | "obeys">) {
  return { ...(presented && { presented }), ...(obeys !== undefined && { obeys }) };
}
