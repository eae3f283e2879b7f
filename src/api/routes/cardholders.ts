import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type WallTime, wallTime } from "../../domain/time.ts";
import type { Cardholder } from "../../ports/directory.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import {
  cardholderDetailSchema,
  cardholderKind,
  cardholderSchema,
  cardholderStatus,
} from "../cardholder-schema.ts";
import { cardNumber, configuredName, line, paragraph, problems, recordId, time } from "../field-schemas.ts";
import { waitingSchema, withSecondOperator } from "../four-eyes.ts";
import { filled, given } from "../present-fields.ts";
import { notFound } from "../problem.ts";
import { cardholderView } from "../views.ts";

const tags = ["cardholders"];
const params = z.strictObject({ id: recordId });

const name = line(120);
const names = z.array(configuredName).max(32);
const number = cardNumber.meta({ examples: ["0042"] });
const note = paragraph(1_000);
const username = line(64);

type TimeGiven = string | null | undefined;

function period({ validFrom, validUntil }: { validFrom?: TimeGiven; validUntil?: TimeGiven }): boolean {
  return !validFrom || !validUntil || Date.parse(validFrom) < Date.parse(validUntil);
}
const periodFault = { error: "validUntil is later than validFrom", path: ["validUntil"] };

const newCardholder = z
  .strictObject({
    name,
    kind: cardholderKind.default("staff").describe("A visitor needs a host and an end within a day (A7)"),
    groups: names.default([]),
    accessLevels: names.default([]),
    validFrom: time.nullish(),
    validUntil: time.nullish(),
    number: number.nullish().describe("Personnel number; one person's only"),
    host: recordId.nullish().describe("Of a visitor: the cardholder they come to"),
    operator: username.nullish().describe("The operator's account that is this person's own (T43)"),
    note: note.nullish(),
  })
  .refine(period, periodFault)
  .meta({ examples: [{ name: "Anna Berger", groups: ["manager"], accessLevels: ["staff"] }] });

const change = z
  .strictObject({
    name: name.optional(),
    kind: cardholderKind.optional(),
    groups: names.optional(),
    accessLevels: names.optional(),
    status: cardholderStatus.optional(),
    validFrom: time.nullable().optional(),
    validUntil: time.nullable().optional(),
    number: number.nullable().optional(),
    host: recordId.nullable().optional(),
    operator: username.nullable().optional(),
    note: note.nullable().optional(),
  })
  .refine(period, periodFault)
  .meta({ examples: [{ status: "suspended" }] });

export const peopleFilters = {
  search: line(120).optional().describe("Part of a name, of a card's or a personnel number; or an id"),
  group: configuredName.optional(),
  accessLevel: configuredName.optional(),
  kind: cardholderKind.optional(),
  status: cardholderStatus.optional(),
  enrolment: z
    .enum(["enough", "lacking"])
    .optional()
    .describe("Whether their photos will do; nobody's photos at all are lacking too"),
};

const pageSchema = z.object({ cardholders: z.array(cardholderSchema), next: z.string().nullable() }).meta({
  description: "`next`: `after` of the page that follows",
  examples: [{ cardholders: [], next: null }],
});

export function cardholderRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services } = context;
  const detailOf = (cardholder: Cardholder) => ({
    ...cardholderView(cardholder),
    ageing: services.ageing(cardholder.id) ?? null,
  });
  return async (app) => {
    app.route({
      method: "GET",
      url: "/cardholders",
      config: { access: "seePeople" },
      schema: {
        operationId: "listCardholders",
        summary: "The people registered",
        tags,
        querystring: z.strictObject({
          after: recordId.optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
          ...peopleFilters,
        }),
        response: { 200: pageSchema, ...problems },
      },
      handler: ({ query: { limit, ...narrowing } }) => {
        const page = services.directory.list({ limit, ...given(narrowing) });
        const last = page.length < limit ? undefined : page.at(-1)?.id;
        return { cardholders: page.map(cardholderView), next: last ?? null };
      },
    });

    app.route({
      method: "POST",
      url: "/cardholders",
      config: { access: "changePeople" },
      schema: {
        operationId: "addCardholder",
        summary: "Register a person",
        tags,
        body: newCardholder,
        response: { 201: cardholderDetailSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { validFrom, validUntil, ...fields } = request.body;
        const dates = { validFrom: wallTimeOrNull(validFrom), validUntil: wallTimeOrNull(validUntil) };
        const added = await services.addCardholder(filled({ ...fields, ...dates }), operatorOf(request));
        return reply.code(201).header("location", `/api/v1/cardholders/${added.id}`).send(detailOf(added));
      },
    });

    app.route({
      method: "GET",
      url: "/cardholders/:id",
      config: { access: "seePeople" },
      schema: {
        operationId: "getCardholder",
        summary: "One person",
        tags,
        params,
        response: { 200: cardholderDetailSchema, ...problems },
      },
      handler: ({ params: { id } }) => {
        const cardholder = services.directory.get(id);
        if (cardholder === undefined) throw notFound("There is no such cardholder.");
        return detailOf(cardholder);
      },
    });

    app.route({
      method: "PATCH",
      url: "/cardholders/:id",
      config: { access: "changePeople" },
      schema: {
        operationId: "changeCardholder",
        summary: "Change what is given",
        tags,
        params,
        body: change,
        response: { 200: cardholderDetailSchema, ...problems },
      },
      handler: async (request) => {
        const { validFrom, validUntil, ...fields } = request.body;
        const dates = { validFrom: wallTimeOrNull(validFrom), validUntil: wallTimeOrNull(validUntil) };
        const changed = await services.changeCardholder(
          request.params.id,
          given({ ...fields, ...dates }),
          operatorOf(request),
        );
        return detailOf(changed);
      },
    });

    app.route({
      method: "DELETE",
      url: "/cardholders/:id",
      config: { access: "deletePeople" },
      schema: {
        operationId: "removeCardholder",
        summary: "Remove a person with photos and templates",
        description: "Records of passages keep the id as a pseudonym.",
        tags,
        params,
        response: { 202: waitingSchema, 204: z.undefined().describe("Removed"), ...problems },
      },
      handler: async (request, reply) => {
        const { id } = request.params;
        const found = services.directory.get(id);
        if (found === undefined) throw notFound("There is no such cardholder.");
        const removed = await withSecondOperator(context, request, {
          action: "removeCardholder",
          right: "deletePeople",
          subject: { cardholder: id },
          before: { cards: found.cards.length, photos: found.photos.length },
          after: null,
          execute: ({ operator }) => services.removeCardholder(id, operator),
        });
        if (removed.is === "waiting") return reply.code(202).send(removed.body);
        return reply.code(204).send();
      },
    });
  };
}

const wallTimeOrNull = (text: TimeGiven): WallTime | null | undefined =>
  text === null || text === undefined ? text : wallTime(Date.parse(text));
