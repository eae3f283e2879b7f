import type { FastifyInstance } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { accessPointNames, doorNames } from "../../domain/names.ts";
import { swappedWires } from "../../ports/building-link.ts";
import type { ApiContext } from "../api-options.ts";
import { cardNumber, problems } from "../field-schemas.ts";
import { notFound } from "../problem.ts";
import { act, done, outcomeSchema, simulator } from "../simulated-building.ts";
import { placed } from "../simulator-names.ts";
import { simulatorSceneRoutes } from "./simulator-scenes.ts";

const tags = ["simulator"];

const placedName = z
  .string()
  .regex(/^[a-z][a-z0-9.-]{0,63}$/, "a name, with the vestibule's id in front where there are several");

const outputsSchema = z
  .record(z.string(), z.string())
  .meta({ examples: [{ "outer.lock": "secured", "inner.lock": "secured" }] });

/** Answers only where the board is simulated, and only the administrator. */
export function simulatorRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(
      async (scope: FastifyInstance) => {
        scope.addHook("onRequest", async () => {
          if (context.services.simulator === undefined)
            throw notFound("This board is real: there is no simulator.");
        });
        await scope.register(handRoutes(context));
        await scope.register(lineRoutes(context));
        await scope.register(simulatorSceneRoutes(context));
      },
      { prefix: "/simulator" },
    );
  };
}

/** What a person's hands can do. */
function handRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const vestibules = () => context.services.state().vestibules;
  return async (app) => {
    app.route({
      method: "POST",
      url: "/cards",
      config: { access: "simulate" },
      schema: {
        operationId: "presentCard",
        summary: "Present a card",
        tags,
        body: z
          .strictObject({ accessPoint: placedName, number: cardNumber })
          .meta({ examples: [{ accessPoint: "outer-entry", number: "1001" }] }),
        response: { 200: outcomeSchema, ...problems },
      },
      handler: ({ body }) => {
        const { vestibule, name } = placed(body.accessPoint, accessPointNames, vestibules());
        return act(context, { type: "presentCard", vestibule, accessPoint: name, number: body.number });
      },
    });

    app.route({
      method: "POST",
      url: "/keys",
      config: { access: "simulate" },
      schema: {
        operationId: "pressKeys",
        summary: "Press keys; # ends",
        tags,
        body: z
          .strictObject({
            accessPoint: placedName,
            keys: z.string().regex(/^[0-9*#]{1,32}$/, "1 to 32 of 0–9, * and #"),
          })
          .meta({ examples: [{ accessPoint: "outer-entry", keys: "2468#" }] }),
        response: { 200: outcomeSchema, ...problems },
      },
      handler: ({ body }) => {
        const { vestibule, name } = placed(body.accessPoint, accessPointNames, vestibules());
        return act(context, { type: "pressKeys", vestibule, accessPoint: name, keys: body.keys });
      },
    });

    app.route({
      method: "POST",
      url: "/doors/:door",
      config: { access: "simulate" },
      schema: {
        operationId: "moveDoor",
        summary: "Move a door, or break it open",
        description: "409 with `reason` where it cannot be done: a secured lock holds against `open`.",
        tags,
        params: z.strictObject({ door: placedName }),
        body: z
          .strictObject({ action: z.enum(["open", "close", "force", "prop"]) })
          .meta({ examples: [{ action: "open" }] }),
        response: { 200: outcomeSchema, ...problems },
      },
      handler: ({ params, body }) => {
        const { vestibule, name } = placed(params.door, doorNames, vestibules());
        return act(context, { type: "moveDoor", vestibule, door: name, action: body.action });
      },
    });
  };
}

/** Wires and the clock. */
function lineRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const params = z.strictObject({ name: placedName });
  return async (app) => {
    app.route({
      method: "PUT",
      url: "/inputs/:name",
      config: { access: "simulate" },
      schema: {
        operationId: "holdInput",
        summary: "Hold an input, whatever the physics say",
        description:
          "Active: a contact reads open, a bolt retracted, a button pressed. Null, as DELETE: what is so.",
        tags,
        params,
        body: z.strictObject({ active: z.boolean().nullable() }).meta({ examples: [{ active: true }] }),
        response: { 200: outcomeSchema, ...problems },
      },
      handler: ({ params: { name }, body: { active } }) => act(context, { type: "setInput", name, active }),
    });

    app.route({
      method: "DELETE",
      url: "/inputs/:name",
      config: { access: "simulate" },
      schema: {
        operationId: "releaseInput",
        summary: "Return an input to physics",
        tags,
        params,
        response: { 200: outcomeSchema, ...problems },
      },
      handler: ({ params: { name } }) => act(context, { type: "setInput", name, active: null }),
    });

    app.route({
      method: "PUT",
      url: "/wiring",
      config: { access: "simulate" },
      schema: {
        operationId: "swapWires",
        summary: "Mix up wires of the outer and the inner door",
        description:
          "To see that commissioning finds them. These and no others: an empty list puts all right.",
        tags,
        body: z
          .strictObject({ swapped: z.array(z.enum(swappedWires)).max(swappedWires.length) })
          .meta({ examples: [{ swapped: ["contacts"] }] }),
        response: { 200: outcomeSchema, ...problems },
      },
      handler: ({ body: { swapped } }) => act(context, { type: "swapWires", swapped }),
    });

    app.route({
      method: "GET",
      url: "/outputs",
      config: { access: "simulate" },
      schema: {
        operationId: "getOutputs",
        summary: "Every output and its level",
        tags,
        response: { 200: outputsSchema, ...problems },
      },
      handler: async () => (await done(simulator(context).act({ type: "readOutputs" }))).outputs ?? {},
    });

    app.route({
      method: "POST",
      url: "/clock",
      config: { access: "simulate" },
      schema: {
        operationId: "stepClock",
        summary: "The wall clock jumps",
        tags,
        body: z
          .strictObject({
            stepSeconds: z
              .number()
              .min(-366 * 86_400)
              .max(366 * 86_400),
          })
          .meta({ examples: [{ stepSeconds: 3600 }] }),
        response: { 200: outcomeSchema, ...problems },
      },
      handler: ({ body }) => {
        simulator(context).stepClock(body.stepSeconds);
        return { done: true } as const;
      },
    });
  };
}
