import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type WallTime, wallTime } from "../../domain/time.ts";
import type { Cardholder, NewCardholder } from "../../ports/directory.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { cardholderDetailSchema, cardholderSchema } from "../cardholder-schema.ts";
import { configuredName, line, problems, recordId, time } from "../field-schemas.ts";
import { notFound } from "../problem.ts";
import { cardholderView } from "../views.ts";

const tags = ["cardholders"];
const params = z.strictObject({ id: recordId });

const name = line(120);
const names = z.array(configuredName).max(32);
const status = z.enum(["active", "suspended"]);

type TimeGiven = string | null | undefined;

function period({ validFrom, validUntil }: { validFrom?: TimeGiven; validUntil?: TimeGiven }): boolean {
  return !validFrom || !validUntil || Date.parse(validFrom) < Date.parse(validUntil);
}
const periodFault = { error: "validUntil is later than validFrom", path: ["validUntil"] };

const newCardholder = z
  .strictObject({
    name,
    groups: names.default([]),
    accessLevels: names.default([]),
    validFrom: time.nullish(),
    validUntil: time.nullish(),
  })
  .refine(period, periodFault)
  .meta({ examples: [{ name: "Anna Berger", groups: ["manager"], accessLevels: ["staff"] }] });

const change = z
  .strictObject({
    name: name.optional(),
    groups: names.optional(),
    accessLevels: names.optional(),
    status: status.optional(),
    validFrom: time.nullable().optional(),
    validUntil: time.nullable().optional(),
  })
  .refine(period, periodFault)
  .meta({ examples: [{ status: "suspended" }] });

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
        summary: "The people registered",
        tags,
        querystring: z.strictObject({
          after: recordId.optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
          search: line(120).optional().describe("Part of a name, or a card number"),
        }),
        response: { 200: pageSchema, ...problems },
      },
      handler: ({ query: { limit, after, search } }) => {
        const page = services.directory.list({
          limit,
          ...(after === undefined ? {} : { after }),
          ...(search === undefined ? {} : { search }),
        });
        const last = page.length < limit ? undefined : page.at(-1)?.id;
        return { cardholders: page.map(cardholderView), next: last ?? null };
      },
    });

    app.route({
      method: "POST",
      url: "/cardholders",
      config: { access: "changePeople" },
      schema: {
        summary: "Register a person",
        tags,
        body: newCardholder,
        response: { 201: cardholderDetailSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { validFrom, validUntil, ...fields } = request.body;
        const added = await services.addCardholder(
          { ...fields, ...bounds(validFrom, validUntil) },
          operatorOf(request),
        );
        return reply.code(201).header("location", `/api/v1/cardholders/${added.id}`).send(detailOf(added));
      },
    });

    app.route({
      method: "GET",
      url: "/cardholders/:id",
      config: { access: "seePeople" },
      schema: { summary: "One person", tags, params, response: { 200: cardholderDetailSchema, ...problems } },
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
        summary: "Change what is given",
        tags,
        params,
        body: change,
        response: { 200: cardholderDetailSchema, ...problems },
      },
      handler: async (request) => {
        const { name, groups, accessLevels, status, validFrom, validUntil } = request.body;
        const changed = await services.changeCardholder(
          request.params.id,
          {
            ...(name === undefined ? {} : { name }),
            ...(groups === undefined ? {} : { groups }),
            ...(accessLevels === undefined ? {} : { accessLevels }),
            ...(status === undefined ? {} : { status }),
            ...(validFrom === undefined ? {} : { validFrom: wallTimeOrNull(validFrom) }),
            ...(validUntil === undefined ? {} : { validUntil: wallTimeOrNull(validUntil) }),
          },
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
        summary: "Remove a person with photos and templates",
        description: "Records of passages keep the id as a pseudonym.",
        tags,
        params,
        response: { 204: z.undefined().describe("Removed"), ...problems },
      },
      handler: async (request, reply) => {
        await services.removeCardholder(request.params.id, operatorOf(request));
        return reply.code(204).send();
      },
    });
  };
}

const wallTimeOrNull = (text: string | null): WallTime | null =>
  text === null ? null : wallTime(Date.parse(text));

function bounds(
  validFrom: TimeGiven,
  validUntil: TimeGiven,
): Pick<NewCardholder, "validFrom" | "validUntil"> {
  return {
    ...(validFrom ? { validFrom: wallTime(Date.parse(validFrom)) } : {}),
    ...(validUntil ? { validUntil: wallTime(Date.parse(validUntil)) } : {}),
  };
}
