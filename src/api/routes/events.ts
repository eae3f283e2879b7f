import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { accessPointNames, doorNames } from "../../domain/names.ts";
import { wallTime } from "../../domain/time.ts";
import { type JournalQuery, type JournalRecord, StillIndexing } from "../../ports/journal.ts";
import { recordView } from "../../ports/record-view.ts";
import { callerOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { eventSchema } from "../event-schema.ts";
import { cardNumber, configuredName, line, problems, recordId, sequence, time } from "../field-schemas.ts";
import { Problem } from "../problem.ts";
import { sees, sightOf } from "../sight.ts";

/** What the journal gives at once. */
const longestPage = 1000;

export const eventQuery = z.strictObject({
  after: sequence
    .optional()
    .describe("Only records after this sequence number; before it with the newest first"),
  limit: z.coerce.number().int().min(1).max(longestPage).default(100),
  type: z
    .string()
    .regex(/^[A-Za-z]{1,64}(?:,[A-Za-z]{1,64}){0,299}$/, "types' names, e.g. AccessGranted,AccessDenied")
    .optional()
    .describe("One type, or any of several with commas between them"),
  cardholder: recordId.optional().describe("Whose record it is, as a host or in a group too"),
  card: cardNumber.optional(),
  vestibule: configuredName.optional(),
  door: z.enum(doorNames).optional(),
  accessPoint: z.enum(accessPointNames).optional(),
  reason: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{0,47}$/, "a reason's name, e.g. faceMismatch")
    .optional(),
  operator: line(80).optional().describe("Who did it; `token:NAME` for a program"),
  from: time.optional().describe("Recorded at or after"),
  to: time.optional().describe("Recorded at or before"),
  order: z.enum(["oldest", "newest"]).default("oldest").describe("Which come first"),
  newest: z
    .stringbool({ truthy: ["true", "1", ""], falsy: ["false", "0"] })
    .optional()
    .describe("The same as order=newest"),
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
      config: { access: "seeEvents", screens: true },
      schema: {
        operationId: "listEvents",
        summary: "What has happened, from the journal",
        description:
          "Any combination of what to search by. Records of duress are among them only for those who may see them. After an update from a release that could not search so, what is new here answers 503 for a minute or so.",
        tags: ["events"],
        querystring: eventQuery,
        response: { 200: pageSchema, ...problems },
      },
      handler: (request) => {
        const { query: asked } = request;
        const records = found(context, journalQuery(asked));
        const more = records.length > asked.limit || records.length === longestPage;
        const page = records.slice(0, asked.limit);
        const sight = sightOf(callerOf(request));
        const shown = page.filter((record) => sees.record(sight, record));
        return { events: shown.map(recordView), next: page.at(-1)?.seq ?? asked.after ?? 0, more };
      },
    });
  };
}

function found(context: ApiContext, query: JournalQuery): readonly JournalRecord[] {
  try {
    return context.services.events(query);
  } catch (error) {
    if (!(error instanceof StillIndexing)) throw error;
    const { covered, last } = error;
    throw new Problem(503, "still-indexing", `${error.message}.`, { covered, last, retryAfterSeconds: 10 });
  }
}

const sameName = ["cardholder", "card", "vestibule", "door", "accessPoint", "reason", "operator"] as const;

function typesIn(asked: string | undefined): Pick<JournalQuery, "type" | "types"> {
  if (asked === undefined) return {};
  const [type = "", ...others] = asked.split(",");
  return others.length === 0 ? { type } : { types: [type, ...others] };
}

/** One record beyond the page tells whether there is more; of the longest page it is assumed. */
const journalQuery = (asked: z.output<typeof eventQuery>): JournalQuery => ({
  ...searchOf(asked),
  limit: Math.min(asked.limit + 1, longestPage),
});

/** What is searched for, whatever of it is shown at once. */
export function searchOf(asked: Omit<z.output<typeof eventQuery>, "limit">): Omit<JournalQuery, "limit"> {
  return {
    newestFirst: asked.newest ?? asked.order === "newest",
    ...(asked.after === undefined ? {} : { after: asked.after }),
    ...typesIn(asked.type),
    ...Object.fromEntries(
      sameName.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]])),
    ),
    ...(asked.from === undefined ? {} : { from: wallTime(Date.parse(asked.from)) }),
    ...(asked.to === undefined ? {} : { to: wallTime(Date.parse(asked.to)) }),
  };
}
