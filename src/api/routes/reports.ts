import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { verificationModes } from "../../domain/access/policy.ts";
import { doorNames } from "../../domain/names.ts";
import { wallTime } from "../../domain/time.ts";
import {
  type ReportFormat,
  type ReportLanguage,
  type ReportName,
  type ReportRequest,
  reportFormats,
  reportLanguages,
  reportNames,
} from "../../ports/services/report-services.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { bytes, problems, recordId, time } from "../field-schemas.ts";
import { languageOf, ReportPlaces, reportsOf, sendReport, untilGone } from "../report-answers.ts";

const query = z
  .strictObject({
    from: time.optional().describe("Recorded at or after; without it, from the first record on"),
    to: time.optional().describe("Recorded at or before; without it, up to now"),
    cardholder: recordId.optional(),
    door: z.enum(doorNames).optional(),
    mode: z
      .enum([...verificationModes, "rex"])
      .optional()
      .describe("Passages only; rex: the exit button"),
    lang: z.enum(reportLanguages).optional().describe("Without it, by Accept-Language"),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) <= Date.parse(to), {
    error: "`to` lies before `from`",
    path: ["to"],
  });

const summaries: Readonly<Record<ReportName, string>> = {
  passages: "Who passed which door when, verified how",
  denials: "Who was denied where and why, and how often",
  inside: "Who is inside, now or at the end of the period",
  attendance: "First in, last out and time inside, per person and day",
  rights: "Who may pass where, when and how",
};

const contentTypes: Readonly<Record<ReportFormat, string>> = {
  csv: "text/csv; charset=utf-8; header=present",
  pdf: "application/pdf",
  json: "application/json; charset=utf-8",
};

const facts = z.array(z.tuple([z.string(), z.string()])).readonly();

const tableSchema = z
  .object({
    columns: z.array(z.object({ name: z.string(), label: z.string() })).readonly(),
    rows: z.array(z.array(z.string()).readonly()).readonly(),
    totals: facts,
    facts: facts.describe("What it was made from: names and values, as they stand behind the rows of a file"),
    position: z.object({ seq: z.int(), hash: z.string() }).describe("The newest record when it was made"),
  })
  .meta({
    examples: [
      {
        columns: [
          { name: "day", label: "Day" },
          { name: "person", label: "Person" },
        ],
        rows: [["2026-11-20", "Emma"]],
        totals: [["Total", "7:45"]],
        facts: [["Journal position", "48211"]],
        position: { seq: 48_211, hash: "9f2c…" },
      },
    ],
  });

const isFile = (format: ReportFormat): boolean => format !== "json";

export function reportRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const places = new ReportPlaces();
  return async (app) => {
    for (const name of reportNames) {
      for (const format of reportFormats) {
        app.route({
          method: "GET",
          url: `/reports/${name}.${format}`,
          config: { access: "seeReports" },
          schema: {
            operationId: operationOf(name, format),
            summary: `${summaries[name]}, as ${format.toUpperCase()}`,
            description:
              "Made from the journal's records, each checked against its hash; X-Vestibule-Journal-Seq and X-Vestibule-Journal-Hash name the newest record when it was made. 409 where the journal is not what was written; 413 for more than fits; 429 while two others are made. That it was made, and by whom, is recorded.",
            tags: ["reports"],
            querystring: query,
            response: {
              200: isFile(format)
                ? { description: "The report", content: { [contentTypes[format]]: { schema: bytes } } }
                : tableSchema,
              ...problems,
            },
          },
          handler: async (request, reply) => {
            const gone = places.take(reply);
            const asked = reportRequest(name, format, request.query, languageOf(request));
            return await answer(context, asked, request, reply, gone);
          },
        });
      }
    }
  };
}

async function answer(
  { services }: ApiContext,
  asked: ReportRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  gone: AbortSignal,
): Promise<FastifyReply> {
  const { name, format } = asked;
  const reports = reportsOf(services);
  const result = await untilGone(gone, () => reports.make(asked, operatorOf(request), gone));
  if (result === undefined) return reply.hijack(); // nobody is there to answer to
  return sendReport(result, reply, {
    type: contentTypes[format],
    name: isFile(format) ? ({ seq }) => `${name}-${seq}.${format}` : undefined,
  });
}

function reportRequest(
  name: ReportName,
  format: ReportFormat,
  { from, to, cardholder, door, mode, lang }: z.output<typeof query>,
  language: ReportLanguage,
): ReportRequest {
  return {
    name,
    format,
    language: lang ?? language,
    from: from === undefined ? undefined : wallTime(Date.parse(from)),
    to: to === undefined ? undefined : wallTime(Date.parse(to)),
    cardholder,
    door,
    mode,
  };
}

/** `passagesAsCsv` */
const operationOf = (name: ReportName, format: ReportFormat): string =>
  `${name}As${format.slice(0, 1).toUpperCase()}${format.slice(1)}`;
