import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wallTime } from "../../domain/time.ts";
import type { JournalQuery } from "../../ports/journal.ts";
import { recordView } from "../../ports/record-view.ts";
import type { ApiContext } from "../api-options.ts";
import { problems, recordId, sequence, time } from "../field-schemas.ts";

/** What the journal gives at once. */
const longestPage = 1000;

const query = z.strictObject({
  after: sequence.optional().describe("Only records after this sequence number; before it with order=newest"),
  limit: z.coerce.number().int().min(1).max(longestPage).default(100),
  type: z
    .string()
    .regex(/^[A-Za-z]{1,64}$/, "a type's name, e.g. AccessGranted")
    .optional(),
  cardholder: recordId.optional(),
  from: time.optional().describe("Recorded at or after"),
  to: time.optional().describe("Recorded at or before"),
  order: z.enum(["oldest", "newest"]).default("oldest").describe("Which come first"),
});

const eventSchema = z
  .looseObject({
    seq: z.int(),
    time: z.string(),
    type: z.string(),
    vestibule: z.string().nullable(),
    door: z.string().nullable(),
    accessPoint: z.string().nullable(),
    cardholder: z.string().nullable(),
    reason: z.string().nullable(),
    hash: z.string(),
  })
  .meta({
    examples: [
      {
        schema: 1,
        seq: 42,
        time: "2026-11-21T08:30:00.120Z",
        type: "AccessDenied",
        vestibule: "v1",
        door: "outer",
        accessPoint: "outer-entry",
        cardholder: "c1",
        reason: "faceMismatch",
        distance: 0.31,
        hash: "9f2c…",
      },
    ],
  });

const pageSchema = z
  .object({
    events: z.array(eventSchema),
    next: z.int().describe("`after` of the page that follows, now or once there is more"),
    more: z.boolean().describe("Whether that page has something already"),
  })
  .meta({ examples: [{ events: [], next: 42, more: false }] });

export function eventRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/events",
      config: { access: "seeEvents" },
      schema: {
        summary: "What has happened, from the journal",
        tags: ["events"],
        querystring: query,
        response: { 200: pageSchema, ...problems },
      },
      handler: ({ query: asked }) => {
        const records = context.services.events(journalQuery(asked));
        const more = records.length > asked.limit || records.length === longestPage;
        const page = records.slice(0, asked.limit);
        return { events: page.map(recordView), next: page.at(-1)?.seq ?? asked.after ?? 0, more };
      },
    });
  };
}

/** One record beyond the page tells whether there is more; of the longest page it is assumed. */
function journalQuery(asked: z.output<typeof query>): JournalQuery {
  return {
    limit: Math.min(asked.limit + 1, longestPage),
    newestFirst: asked.order === "newest",
    ...(asked.after === undefined ? {} : { after: asked.after }),
    ...(asked.type === undefined ? {} : { type: asked.type }),
    ...(asked.cardholder === undefined ? {} : { cardholder: asked.cardholder }),
    ...(asked.from === undefined ? {} : { from: wallTime(Date.parse(asked.from)) }),
    ...(asked.to === undefined ? {} : { to: wallTime(Date.parse(asked.to)) }),
  };
}
