import { Readable } from "node:stream";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { importColumns } from "../../ports/services/people-services.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { bytes, problems } from "../field-schemas.ts";
import { peopleList } from "../people-list.ts";
import { given } from "../present-fields.ts";
import { Problem } from "../problem.ts";
import { peopleFilters } from "./cardholders.ts";

const tags = ["cardholders"];
/** The controller says more kindly what is too large; this is only so that nothing without end is taken. */
const listLimit = 6 * 1024 * 1024;

const lines = z
  .custom<Readable>((value) => value instanceof Readable)
  .meta({ type: "string", examples: ["name,number\r\nAnna Berger,0042\r\n"] });

const reportSchema = z
  .object({
    imported: z.boolean().describe("False: a dry run, or nothing was taken because of the faults"),
    people: z.int(),
    cards: z.int(),
    faults: z.array(
      z.object({
        row: z.int().describe("As a spreadsheet numbers it; the header is 1"),
        column: z.enum(importColumns).nullable(),
        value: z.string().nullable(),
        message: z.object({ en: z.string(), zh: z.string() }),
      }),
    ),
    moreFaults: z.boolean().describe("A thousand are listed; there are more"),
    sha256: z.string(),
  })
  .meta({
    examples: [
      {
        imported: false,
        people: 1,
        cards: 1,
        faults: [
          {
            row: 2,
            column: "accessLevels",
            value: "nowhere",
            message: { en: "This site has no such access level", zh: "本站点没有该权限组" },
          },
        ],
        moreFaults: false,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      },
    ],
  });

export function peopleListRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services } = context;
  return async (app) => {
    app.addContentTypeParser(
      "text/csv",
      { parseAs: "buffer", bodyLimit: listLimit },
      (_request, body, done) => done(null, body),
    );

    app.route({
      method: "POST",
      url: "/cardholders/import",
      config: { access: "changePeople" },
      bodyLimit: listLimit,
      schema: {
        operationId: "importCardholders",
        summary: "Register everybody in a list, or nobody",
        description:
          `The body is CSV with a header, in UTF-8 or GB18030, up to 10,000 rows and 5 MB. Columns: ${importColumns.join(", ")} ` +
          "(or 姓名, 工号, 类型, 组, 权限组, 卡号, 生效时间, 失效时间, 被访人). Several groups, levels or cards stand with ; between; a " +
          "card is number or number:format; a host is a personnel number. 200 also where there are faults: see `imported`.",
        tags,
        querystring: z.strictObject({
          dryRun: z.enum(["true", "false"]).default("false").describe("Only look, change nothing"),
        }),
        body: { content: { "text/csv": { schema: bytes } } },
        response: { 200: reportSchema, ...problems },
      },
      handler: async (request) => {
        const { body, query } = request;
        // Another content type is parsed as what it says.
        if (!Buffer.isBuffer(body))
          throw new Problem(415, "unsupported-media-type", "Send the list itself as the body, as text/csv.");
        const mode = { dryRun: query.dryRun === "true" };
        const report = await services.people.importPeople(body, mode, operatorOf(request));
        return { ...report, faults: [...report.faults] };
      },
    });

    app.route({
      method: "GET",
      url: "/cardholders.csv",
      config: { access: "seePeople" },
      schema: {
        operationId: "exportCardholders",
        summary: "Everybody registered, as the import takes them",
        tags,
        querystring: z.strictObject(peopleFilters),
        response: {
          200: { description: "The list", content: { "text/csv": { schema: lines } } },
          ...problems,
        },
      },
      handler: async (request, reply) => {
        const filters = given(request.query);
        const { search, ...told } = filters;
        // Personal data leaves the box: who took it, and how much of it.
        await services.record("CardholdersExported", {
          operator: operatorOf(request),
          filters: { ...told, searched: search !== undefined },
        });
        return reply
          .type("text/csv; charset=utf-8")
          .header("content-disposition", 'attachment; filename="cardholders.csv"')
          .send(Readable.from(peopleList(services.directory, filters), { objectMode: false }));
      },
    });
  };
}
