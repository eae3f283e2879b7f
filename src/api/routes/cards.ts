import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { cardSchema } from "../cardholder-schema.ts";
import { cardNumber, line, problems, recordId } from "../field-schemas.ts";
import { given } from "../present-fields.ts";
import { cardView } from "../views.ts";

const tags = ["cardholders"];
const params = z.strictObject({ number: cardNumber });

/** What may be done with a card that was neither lost nor revoked. */
const changes = [
  { verb: "suspend", operationId: "suspendCard", status: "suspended", summary: "Suspend a card" },
  {
    verb: "activate",
    operationId: "activateCard",
    status: "active",
    summary: "Make a suspended card active again",
  },
  { verb: "revoke", operationId: "revokeCard", status: "revoked", summary: "Revoke a card, for good" },
] as const;

export function cardRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services } = context;
  return async (app) => {
    app.route({
      method: "POST",
      url: "/cardholders/:id/cards",
      config: { access: "changePeople" },
      schema: {
        operationId: "issueCard",
        summary: "Issue a card",
        tags,
        params: z.strictObject({ id: recordId }),
        body: z
          .strictObject({
            number: cardNumber,
            format: z
              .string()
              .regex(/^[a-z0-9-]{1,32}$/, "lower-case letters, digits and hyphens, at most 32")
              .default("raw"),
            duress: z.boolean().default(false).describe("A duress card: lets in, and tells the centre (A5)"),
            label: line(64).optional().describe("What the card is called, e.g. the one at home"),
          })
          .meta({ examples: [{ number: "1004", format: "raw" }] }),
        response: { 201: cardSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { number, format, ...more } = request.body;
        const { id } = request.params;
        const card = await services.issueCard(id, number, format, operatorOf(request), given(more));
        return reply.code(201).send(cardView(card));
      },
    });

    app.route({
      method: "POST",
      url: "/cards/:number/report-lost",
      config: { access: "reportLoss" },
      schema: {
        operationId: "reportCardLost",
        summary: "Report a card lost (A8)",
        description: "Takes effect at every access point at once; using it raises LostCardUsed.",
        tags,
        params,
        response: { 200: cardSchema, ...problems },
      },
      handler: async (request) =>
        cardView(await services.reportLost(request.params.number, operatorOf(request))),
    });

    for (const { verb, operationId, status, summary } of changes) {
      app.route({
        method: "POST",
        url: `/cards/:number/${verb}`,
        config: { access: "changePeople" },
        schema: { operationId, summary, tags, params, response: { 200: cardSchema, ...problems } },
        handler: async (request) => {
          const { number } = request.params;
          return cardView(await services.people.setCardStatus(number, status, operatorOf(request)));
        },
      });
    }

    app.route({
      method: "POST",
      url: "/cards/:number/replace",
      config: { access: "changePeople" },
      schema: {
        operationId: "replaceCard",
        summary: "Replace a card; the cardholder's photos stay",
        tags,
        params,
        body: z.strictObject({ number: cardNumber }).meta({ examples: [{ number: "1004" }] }),
        response: { 201: cardSchema, ...problems },
      },
      handler: async (request, reply) => {
        const card = await services.replaceCard(
          request.params.number,
          request.body.number,
          operatorOf(request),
        );
        return reply.code(201).send(cardView(card));
      },
    });
  };
}
