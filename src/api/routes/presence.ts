import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { AreaResetOutcome, Present } from "../../ports/services/presence-services.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { configuredName, paragraph, problems, recordId } from "../field-schemas.ts";
import { notFound, Problem } from "../problem.ts";

const tags = ["people"];
const why = paragraph(500).refine((text) => text.trim() !== "", "a reason in words");

const counts = z.object({ vestibule: z.int(), secure: z.int() });

const presentSchema = z
  .object({
    vestibules: z
      .array(
        z.object({
          vestibule: z.string(),
          known: counts.describe("By their cards"),
          unknown: counts.describe(
            "Who passed by a button; below zero: as many of the known have left, and nobody knows who",
          ),
          uncertainSince: z
            .string()
            .nullable()
            .describe("A door has stood open to anybody since; null: nothing speaks against the figures"),
        }),
      )
      .readonly(),
    total: z.int().describe("People inside, on all pages"),
    people: z
      .array(
        z.object({
          cardholder: z.string(),
          vestibule: z.string().nullable(),
          area: z.enum(["vestibule", "secure"]),
          since: z.string(),
        }),
      )
      .readonly(),
    next: z.string().nullable().describe("The `after` of the next page"),
  })
  .meta({
    examples: [
      {
        vestibules: [
          {
            vestibule: "v1",
            known: { vestibule: 0, secure: 2 },
            unknown: { vestibule: 0, secure: -1 },
            uncertainSince: null,
          },
        ],
        total: 2,
        people: [
          { cardholder: "01JD…", vestibule: "v1", area: "secure", since: "2026-11-21T08:30:12.250Z" },
          { cardholder: "01JE…", vestibule: "v1", area: "secure", since: "2026-11-21T08:41:03.004Z" },
        ],
        next: null,
      },
    ],
  });

const resetBody = z
  .strictObject({
    cardholder: recordId.optional(),
    all: z.literal(true).optional(),
    area: z
      .enum(["outside", "vestibule", "secure"])
      .optional()
      .describe("Left out: not known; the next passage is let through and tells it"),
    vestibule: configuredName.optional().describe("Left out: where the person was seen last"),
    reason: why,
  })
  .refine(({ cardholder, all }) => (cardholder === undefined) !== (all === undefined), {
    message: "either cardholder or all",
    path: ["cardholder"],
  })
  .refine(({ all, area }) => all === undefined || area === undefined || area === "outside", {
    message: "everybody is outside, or not known to be anywhere",
    path: ["area"],
  })
  .meta({ examples: [{ cardholder: "01JD…", area: "outside", reason: "Left by the garage." }] });

const resetSchema = z.object({ reset: z.literal(true) }).meta({ examples: [{ reset: true }] });

/** Who is inside now, and operators who put right what the journal believes of it (A3, A4). */
export function presenceRoutes({ services }: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/presence",
      config: { access: "seePeople" },
      schema: {
        operationId: "listPresence",
        summary: "Who is inside now",
        description: "People by their pseudonym, in the order of it; as far as passages tell.",
        tags,
        querystring: z.strictObject({
          after: recordId.optional(),
          limit: z.coerce.number().int().min(1).max(1_000).default(200),
        }),
        response: { 200: presentSchema, ...problems },
      },
      handler: (request) => presentAnswer(services.presence.inside(request.query)),
    });

    app.route({
      method: "POST",
      url: "/presence/reset",
      config: { access: "resetPerson" },
      schema: {
        operationId: "resetPresence",
        summary: "Say where a person is, or that it is not known",
        description:
          "For anti-passback (A3), after somebody has passed unseen. Recorded with the reason. Nobody sets where they are themselves.",
        tags,
        body: resetBody,
        response: { 200: resetSchema, ...problems },
      },
      handler: async (request) => {
        const { cardholder = null, area = null, vestibule, reason } = request.body;
        const order = { cardholder, area, vestibule, reason, operator: operatorOf(request) };
        return resetAnswer(await services.presence.reset(order));
      },
    });
  };
}

const presentAnswer = ({ vestibules, total, people, next }: Present) => ({
  vestibules: vestibules.map(({ uncertainSince, ...one }) => ({
    ...one,
    uncertainSince: uncertainSince === null ? null : new Date(uncertainSince).toISOString(),
  })),
  total,
  people: people.map(({ since, ...one }) => ({ ...one, since: new Date(since).toISOString() })),
  next,
});

function resetAnswer(outcome: AreaResetOutcome): { reset: true } {
  switch (outcome) {
    case "reset":
      return { reset: true };
    case "unknownCardholder":
      throw notFound("There is no such cardholder.");
    case "unknownVestibule":
      throw new Problem(409, "which-vestibule", "Behind which door pair the person is has to be said.");
    case "oneself":
      throw new Problem(403, "self-service", "Somebody else has to say where you are.");
  }
}
