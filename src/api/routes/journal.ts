import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ApiContext } from "../api-options.ts";
import { problems } from "../field-schemas.ts";

const verdictSchema = z
  .union([
    z.object({
      intact: z.literal(true),
      records: z.int(),
      first: z.int(),
      last: z.int(),
      head: z.string(),
      signed: z.int().optional().describe("Up to which record a good signature of the journal's key stands"),
      witnessed: z
        .object({ size: z.int(), posixSeconds: z.int() })
        .optional()
        .describe("Up to which record, and when, the configured witness has cosigned"),
    }),
    z.object({
      intact: z.literal(false),
      seq: z.int().describe("The first record that is not what was written"),
      fault: z.enum(["hash", "gap", "unreadable", "tree", "signature"]),
      detail: z.string(),
    }),
  ])
  .meta({ examples: [{ intact: true, records: 42, first: 1, last: 42, head: "9f2c…" }] });

export function journalRoutes(context: ApiContext): FastifyPluginAsyncZod {
  let underWay: ReturnType<ApiContext["services"]["verifyJournal"]> | undefined;
  return async (app) => {
    app.route({
      method: "GET",
      url: "/journal/verify",
      config: { access: "verifyJournal" },
      schema: {
        operationId: "verifyJournal",
        summary: "Recompute the journal's hash chain and tree, and check what was signed",
        tags: ["journal"],
        response: { 200: verdictSchema, ...problems },
      },
      handler: () => {
        // It reads everything there is: who asks meanwhile gets the same answer.
        underWay ??= context.services.verifyJournal().finally(() => {
          underWay = undefined;
        });
        return underWay;
      },
    });
  };
}
