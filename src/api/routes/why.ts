import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { whyOf } from "../../replay/why.ts";
import { callerOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { eventSchema } from "../event-schema.ts";
import { problems } from "../field-schemas.ts";
import { notFound } from "../problem.ts";
import { whyView } from "../why-view.ts";

const outcome = z.looseObject({ type: z.string() });

const whySchema = z
  .object({
    event: eventSchema,
    decision: z
      .object({
        rules: z.enum(["access", "interlock"]).describe("Of people, or of the doors"),
        seqs: z.array(z.int()).describe("The records that the decision came to"),
        input: z.record(z.string(), z.unknown()).describe("All that it was decided on"),
        rulesInForce: z
          .looseObject({ reference: z.string() })
          .describe(
            "What of the rules bore on it; `reference` begins `rules` of a RulesInForce, or names the vestibule",
          ),
        recorded: z.array(outcome),
        decided: z.array(outcome).describe("What the same input comes to now"),
        same: z.boolean().describe("Whether the two are the same"),
      })
      .nullable(),
    notAgain: z
      .enum(["olderRelease", "startMissing", "inputsLost", "rulesUnknown", "noDecision"])
      .nullable()
      .describe("Why there is no decision to be asked again"),
    passage: z.array(eventSchema).describe("What is on record of the same passage, oldest first"),
  })
  .meta({
    examples: [
      {
        event: {
          seq: 42,
          time: "2026-11-21T08:30:00.120Z",
          type: "AccessDenied",
          reason: "expiredCredential",
        },
        decision: {
          rules: "access",
          seqs: [41, 42],
          input: {
            type: "CardPresented",
            card: "1001",
            credential: { cardholder: "c1", cardStatus: "expired" },
          },
          rulesInForce: { reference: "9f2c81d04b7a6e35", levels: [{ name: "staff", mode: "card+face" }] },
          recorded: [{ type: "CardPresented" }, { type: "AccessDenied", reason: "expiredCredential" }],
          decided: [{ type: "CardPresented" }, { type: "AccessDenied", reason: "expiredCredential" }],
          same: true,
        },
        notAgain: null,
        passage: [
          { seq: 41, type: "CardPresented" },
          { seq: 42, type: "AccessDenied" },
        ],
      },
    ],
  });

export function whyRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/events/:seq/why",
      config: { access: "seeEvents" },
      schema: {
        operationId: "explainEvent",
        summary: "Why something was decided",
        description:
          "The facts that a grant, a denial, a release, a refusal or an alarm rested on, the rules in force that bore on it, and whether the same rules decide the same from them now. Whoever may not know of duress is shown what a passage without it would show.",
        tags: ["events"],
        params: z.strictObject({ seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
        response: { 200: whySchema, ...problems },
      },
      handler: (request) => {
        const why = whyOf((query) => context.services.events(query), request.params.seq);
        const view = whyView(why, callerOf(request).seesDuress);
        if (view === undefined) throw notFound("There is no such record.");
        return view;
      },
    });
  };
}
