import { Readable } from "node:stream";
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
  type ReportResult,
  reportFormats,
  reportLanguages,
  reportNames,
} from "../../ports/services/report-services.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { bytes, problems, recordId, time } from "../field-schemas.ts";
import { Problem } from "../problem.ts";

/** Each takes a processor for seconds, and its content memory until it is fetched. */
const mostAtOnce = 2;

/** Whoever takes longer to fetch a finished report has lost it: others wait for the place. */
const patience = 120_000;

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
  let underWay = 0;
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
            if (underWay >= mostAtOnce) {
              throw new Problem(
                429,
                "too-many-reports",
                `${mostAtOnce} reports are being made; ask again soon.`,
                {
                  retryAfterSeconds: 5,
                },
              );
            }
            underWay++;
            // Also when the client goes away; after that nobody fetches it.
            const gone = new AbortController();
            reply.raw.once("close", () => {
              underWay--;
              gone.abort();
            });
            const asked = reportRequest(name, format, request.query, languageOf(request));
            return await answer(context, asked, request, reply, gone.signal);
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
  if (services.reports === undefined) {
    throw new Problem(503, "no-reports", "This controller keeps no files that reports could be made from.");
  }
  let result: ReportResult;
  try {
    result = await services.reports.make(asked, operatorOf(request), gone);
  } catch (error) {
    if (gone.aborted) return reply.hijack(); // nobody is there to answer to
    throw error;
  }
  return send(result, asked, reply);
}

function send(result: ReportResult, { name, format }: ReportRequest, reply: FastifyReply): FastifyReply {
  if (result.is !== "made") throw refusal(result);
  const { position, content } = result;
  const tooLong = setTimeout(() => reply.raw.destroy(), patience);
  reply.raw.once("close", () => clearTimeout(tooLong));
  if (isFile(format)) {
    reply.header("content-disposition", `attachment; filename="${name}-${position.seq}.${format}"`);
  }
  return reply
    .type(contentTypes[format])
    .header("content-length", String(content.reduce((sum, { byteLength }) => sum + byteLength, 0)))
    .header("cache-control", "no-store")
    .header("x-vestibule-journal-seq", String(position.seq))
    .header("x-vestibule-journal-hash", position.hash)
    .send(Readable.from(content, { objectMode: false }));
}

function refusal(result: Exclude<ReportResult, { readonly is: "made" }>): Problem {
  switch (result.is) {
    case "unverified":
      return new Problem(
        409,
        "journal-altered",
        `The journal is not what was written: ${result.detail}. No report is made from it.`,
        { seq: result.seq },
      );
    case "tooLarge":
      return new Problem(
        413,
        "report-too-large",
        `It has more than ${result.most} ${result.of}. Ask for a shorter period, or for CSV.`,
        { most: result.most, of: result.of },
      );
    case "tooSlow":
      return new Problem(
        503,
        "report-too-slow",
        `It was not made within ${result.seconds} seconds. Ask for a shorter period.`,
      );
  }
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

/** The first of ours that the browser names. */
function languageOf(request: FastifyRequest): ReportLanguage {
  const wanted = /(?:^|[,\s])(en|zh)\b/i.exec(request.headers["accept-language"] ?? "")?.[1];
  return wanted?.toLowerCase() === "zh" ? "zh" : "en";
}

/** `passagesAsCsv` */
const operationOf = (name: ReportName, format: ReportFormat): string =>
  `${name}As${format.slice(0, 1).toUpperCase()}${format.slice(1)}`;
