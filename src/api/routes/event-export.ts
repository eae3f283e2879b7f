import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { reportLanguages } from "../../ports/services/report-services.ts";
import { callerOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { bytes, problems } from "../field-schemas.ts";
import { languageOf, ReportPlaces, reportsOf, sendReport, untilGone } from "../report-answers.ts";
import { sightOf } from "../sight.ts";
import { eventQuery, searchOf } from "./events.ts";

const type = "text/csv; charset=utf-8; header=present";

const query = eventQuery.omit({ limit: true }).extend({
  lang: z
    .enum(reportLanguages)
    .optional()
    .describe("Of the columns' names; without it, by Accept-Language")
    .meta({ examples: ["zh"] }),
});

/** A search in the record as a file, for whoever may search. */
export function eventExportRoutes({ services }: ApiContext): FastifyPluginAsyncZod {
  const places = new ReportPlaces();
  return async (app) => {
    app.route({
      method: "GET",
      url: "/events.csv",
      config: { access: "seeEvents" },
      schema: {
        operationId: "eventsAsCsv",
        summary: "What a search in the record finds, as CSV",
        description:
          "Everything that GET /events finds by the same query, without its pages, and nothing that it would not show: at most 100,000 rows, 413 where there are more. Each record is compared with its hash; X-Vestibule-Journal-Seq and X-Vestibule-Journal-Hash name the newest record when it was made. 409 where the journal is not what was written; 429 while two others are made. People are named for whoever may see people. That it was made, by whom and of which search, is recorded.",
        tags: ["events"],
        querystring: query,
        response: {
          200: { description: "The events found", content: { [type]: { schema: bytes } } },
          ...problems,
        },
      },
      handler: async (request, reply) => {
        const gone = places.take(reply);
        const { lang, ...asked } = request.query;
        const caller = callerOf(request);
        const result = await untilGone(gone, () =>
          reportsOf(services).exportEvents(
            {
              language: lang ?? languageOf(request),
              search: searchOf(asked),
              seesDuress: sightOf(caller).duress,
              seesPeople: caller.rights.has("seePeople"),
            },
            caller.name,
            gone,
          ),
        );
        if (result === undefined) return reply.hijack(); // nobody is there to answer to
        return sendReport(result, reply, { type, name: ({ seq }) => `events-${seq}.csv` });
      },
    });
  };
}
