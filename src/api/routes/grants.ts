import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { accessPointNames, doorNames, doorOf } from "../../domain/names.ts";
import type { RemoteOutcome } from "../../ports/services/passage-services.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { configuredName, paragraph, problems, recordId } from "../field-schemas.ts";
import { notFound, Problem } from "../problem.ts";

const tags = ["doors"];
const why = paragraph(500).refine((text) => text.trim() !== "", "a reason in words");

const waitingSchema = z
  .object({
    waiting: z.array(
      z.object({
        passage: z.string(),
        vestibule: z.string(),
        accessPoint: z.enum(accessPointNames),
        cardholder: z.string().nullable(),
        secondsLeft: z.number().describe("After this they are refused"),
      }),
    ),
  })
  .meta({
    description: "Whose waiting ends first comes first",
    examples: [
      {
        waiting: [
          {
            passage: "5b7c…",
            vestibule: "v1",
            accessPoint: "outer-entry",
            cardholder: "01JD…",
            secondsLeft: 41.5,
          },
        ],
      },
    ],
  });

const outcomeSchema = z
  .object({
    outcome: z
      .enum(["granted", "denied", "waiting", "looking"])
      .describe(
        "`waiting`: recorded, somebody or something else is still waited for; `looking`: the camera compares now, the records tell how it ends",
      ),
    passage: z.string(),
    reason: z.string().nullable().describe("With `denied`"),
  })
  .meta({ examples: [{ outcome: "granted", passage: "5b7c…", reason: null }] });

/** Operators who look at people at the doors and let them in, or do not (face+remote). */
export function grantRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services, clock } = context;
  return async (app) => {
    app.route({
      method: "GET",
      url: "/waiting",
      config: { access: "operateDoors" },
      schema: {
        operationId: "listWaiting",
        summary: "Who waits at a door for an operator",
        tags,
        response: { 200: waitingSchema, ...problems },
      },
      handler: () => ({
        waiting: services.passages.waiting().map(({ until, ...one }) => ({
          ...one,
          secondsLeft: Math.max(0, Math.round((until - clock.now()) / 100) / 10),
        })),
      }),
    });

    app.route({
      method: "POST",
      url: "/vestibules/:vestibule/doors/:door/grant",
      config: { access: "operateDoors" },
      schema: {
        operationId: "grant",
        summary: "Grant, or refuse, whoever waits for an operator at this door",
        description:
          "Where nobody waits, `cardholder` says who stands there without a card: the camera compares with that person, in the access levels with the mode `face+remote`. No door opens without a face or against the interlock.",
        tags,
        params: z.strictObject({ vestibule: configuredName, door: z.enum(doorNames) }),
        body: z
          .strictObject({
            accessPoint: z.enum(accessPointNames).optional().describe("Where both sides wait"),
            cardholder: recordId.optional(),
            deny: z.boolean().default(false),
            reason: why,
          })
          .meta({ examples: [{ cardholder: "01JD…", reason: "Forgot the card; known to me." }] }),
        response: { 200: outcomeSchema, ...problems },
      },
      handler: async (request) => {
        const { vestibule, door } = request.params;
        const { accessPoint, cardholder, deny, reason } = request.body;
        if (!services.state().vestibules.some(({ id }) => id === vestibule))
          throw notFound("There is no such vestibule.");
        if (accessPoint !== undefined && doorOf(accessPoint) !== door)
          throw new Problem(422, "wrong-access-point", `${accessPoint} is not at the ${door} door.`);
        const operator = operatorOf(request);
        return answerOf(
          await services.passages.decideRemotely({
            ...{ vestibule, door, accessPoint, cardholder, operator, reason },
            granted: !deny,
          }),
        );
      },
    });
  };
}

function answerOf(outcome: RemoteOutcome): z.input<typeof outcomeSchema> {
  switch (outcome.is) {
    case "granted":
    case "waiting":
    case "looking":
      return { outcome: outcome.is, passage: outcome.passage, reason: null };
    case "denied":
      return { outcome: "denied", passage: outcome.passage, reason: outcome.reason };
    case "unknownCardholder":
      throw notFound("There is no such cardholder.");
    case "nobodyWaits":
      throw new Problem(
        409,
        "nobody-waits",
        "Nobody waits for an operator at this door: name the cardholder who stands there without a card.",
      );
  }
}
