import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { CommissioningReport } from "../../ports/services/commissioning-services.ts";
import type { ApiContext } from "../api-options.ts";
import { commissioningOf, commissioningTags as tags } from "../commissioning-answers.ts";
import { bytes, problems } from "../field-schemas.ts";
import { notFound } from "../problem.ts";

/** What is handed over at the end. */
export function commissioningReportRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const report = async (): Promise<CommissioningReport> => {
    const made = await commissioningOf(context).report();
    if (made === undefined) throw notFound("There is no report: commissioning has not been ended.");
    return made;
  };
  const file = (type: string, description: string) => ({
    200: { description, content: { [type]: { schema: bytes } } },
    ...problems,
  });
  return async (app) => {
    app.route({
      method: "GET",
      url: "/report.pdf",
      config: { access: "seeCommissioning" },
      schema: {
        operationId: "getCommissioningReport",
        summary: "The commissioning report",
        tags,
        querystring: z.strictObject({ language: z.enum(["en", "zh"]).default("en") }),
        response: file("application/pdf", "Every test, with who, when, what was seen"),
      },
      handler: async ({ query: { language } }, reply) =>
        reply
          .type("application/pdf")
          .header("content-disposition", `attachment; filename="report-${language}.pdf"`)
          .send(Buffer.from((await report()).pdf[language])),
    });

    app.route({
      method: "GET",
      url: "/report.json",
      config: { access: "seeCommissioning" },
      schema: {
        operationId: "getCommissioningReportJson",
        summary: "The same, for programs",
        tags,
        response: file("application/json", "What the note's signature is over, as the PDF is"),
      },
      handler: async (_, reply) =>
        reply
          .type("application/json")
          .header("content-disposition", 'attachment; filename="report.json"')
          .send(Buffer.from((await report()).json, "utf8")),
    });

    app.route({
      method: "GET",
      url: "/report.note",
      config: { access: "seeCommissioning" },
      schema: {
        operationId: "getCommissioningNote",
        summary: "Its signature by the journal's key",
        description:
          "A C2SP signed note over the SHA-256 of both PDFs, the JSON and the configuration file. `vestibule commission verify` checks it.",
        tags,
        response: file("text/plain", "The note"),
      },
      handler: async (_, reply) => {
        const { note } = await report();
        if (note === undefined) throw notFound("Nothing signs this site's journal, so nothing signs this.");
        return reply
          .type("text/plain; charset=utf-8")
          .header("content-disposition", 'attachment; filename="report.note"')
          .send(Buffer.from(note, "utf8"));
      },
    });

    app.route({
      method: "GET",
      url: "/site.yaml",
      config: { access: "commission" },
      schema: {
        operationId: "getCommissionedSite",
        summary: "The configuration file that was commissioned",
        tags,
        response: file("application/yaml", "The file"),
      },
      handler: async (_, reply) =>
        reply
          .type("application/yaml; charset=utf-8")
          .header("content-disposition", 'attachment; filename="site.yaml"')
          .send(Buffer.from((await report()).siteYaml, "utf8")),
    });
  };
}
