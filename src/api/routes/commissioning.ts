import type { FastifyInstance } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { JsonValue } from "../../ports/journal.ts";
import { draftSections } from "../../ports/services/commissioning-services.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { commissioningOf, doneOr, commissioningTags as tags } from "../commissioning-answers.ts";
import { commissioningSchema, commissioningView, draftSchema } from "../commissioning-schema.ts";
import { configuredName, line, paragraph, problems } from "../field-schemas.ts";
import { waitingSchema, withSecondOperator } from "../four-eyes.ts";
import { commissioningFindRoutes } from "./commissioning-finds.ts";
import { commissioningReportRoutes } from "./commissioning-report.ts";
import { commissioningTestRoutes } from "./commissioning-tests.ts";

/** What an installer does before people depend on the doors; a person's work, never a program's. */
export function commissioningRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(
      async (scope: FastifyInstance) => {
        await scope.register(beginAndEnd(context));
        await scope.register(draftRoutes(context));
        await scope.register(commissioningFindRoutes(context));
        await scope.register(commissioningTestRoutes(context));
        await scope.register(commissioningReportRoutes(context));
      },
      { prefix: "/commissioning" },
    );
  };
}

function beginAndEnd(context: ApiContext): FastifyPluginAsyncZod {
  const response = { 200: commissioningSchema, ...problems };
  return async (app) => {
    app.route({
      method: "GET",
      url: "",
      config: { access: "seeCommissioning", watches: true },
      schema: {
        operationId: "getCommissioning",
        summary: "How far commissioning is: every test in the order of the work, and the one under way",
        tags,
        response,
      },
      handler: () => commissioningView(commissioningOf(context).view()),
    });

    app.route({
      method: "POST",
      url: "/begin",
      config: { access: "commission" },
      schema: {
        operationId: "beginCommissioning",
        summary: "Begin: from now on cards open nothing, until it is ended",
        tags,
        response,
      },
      handler: async (request) => {
        const commissioning = commissioningOf(context);
        doneOr(await commissioning.begin(operatorOf(request)));
        return commissioningView(commissioning.view());
      },
    });

    app.route({
      method: "POST",
      url: "/end",
      config: { access: "commission" },
      schema: {
        operationId: "endCommissioning",
        summary: "End it, with what remains to be done; the report is made, and cards work again",
        description: "409 `notFinished` while a test runs or the draft says something else than what runs.",
        tags,
        body: z
          .strictObject({
            comment: paragraph(1000).default(""),
            openPoints: z.array(line(300)).max(50).default([]),
          })
          .meta({
            examples: [{ comment: "Handed over to Ms Li.", openPoints: ["Battery comes on Monday"] }],
          }),
        response,
      },
      handler: async (request) => {
        const { comment, openPoints } = request.body;
        const commissioning = commissioningOf(context);
        doneOr(await commissioning.end(operatorOf(request), comment, openPoints));
        return commissioningView(commissioning.view());
      },
    });
  };
}

/** Any JSON; the site's own schema judges it and says what is wrong where. */
const anyJson = z.unknown() as unknown as z.ZodType<JsonValue>; // a body has been parsed from JSON

function draftRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const response = { 200: draftSchema, ...problems };
  return async (app) => {
    app.route({
      method: "GET",
      url: "/draft",
      config: { access: "commission" },
      schema: {
        operationId: "getDraft",
        summary: "The site's file as it is being written, section by section, with every fault",
        tags,
        response,
      },
      handler: () => commissioningOf(context).draft(),
    });

    app.route({
      method: "PUT",
      url: "/draft/:section",
      config: { access: "commission" },
      schema: {
        operationId: "changeDraft",
        summary: "Write one section",
        description:
          "Kept even where it has faults: they come with the answer, each with its path and what to do. Nothing runs by it before it is applied.",
        tags,
        params: z.strictObject({ section: z.enum(draftSections) }),
        body: z
          .strictObject({ value: anyJson })
          .meta({ examples: [{ value: { kind: "gpio", profile: "raspberry-pi-5", driver: "auto" } }] }),
        response,
      },
      handler: (request) => {
        const { section } = request.params;
        return doneOr(commissioningOf(context).change(section, request.body.value, operatorOf(request)));
      },
    });

    app.route({
      method: "DELETE",
      url: "/draft",
      config: { access: "commission" },
      schema: {
        operationId: "discardDraft",
        summary: "Back to what runs",
        tags,
        response,
      },
      handler: (request) => doneOr(commissioningOf(context).discard(operatorOf(request))),
    });

    app.route({
      method: "POST",
      url: "/apply",
      config: { access: "commission" },
      schema: {
        operationId: "applyDraft",
        summary: "Write the file, and start the processes again by it",
        description:
          "202 where the site has been handed over before and four-eyes is in force: a second operator confirms it. Answered before the processes end: ask again until `hash` of the commissioning is the one of this answer. If they cannot run by it, the former file is put back. 422: it has faults, or this machine has not its board. 409 `moved`: the draft is another one by now.",
        tags,
        body: z
          .strictObject({
            hash: z.string().regex(/^[0-9a-f]{64}$/, "the draft's hash"),
            reason: line(300),
          })
          .meta({
            examples: [
              {
                hash: "0f1c7a0c6d6f7c8f0d3b1c2a4e5f60718293a4b5c6d7e8f90112233445566778",
                reason: "First commissioning.",
              },
            ],
          }),
        response: {
          200: z.object({ hash: z.string() }).meta({
            examples: [{ hash: "5f1c7a0c6d6f7c8f0d3b1c2a4e5f60718293a4b5c6d7e8f90112233445566778" }],
          }),
          202: waitingSchema,
          ...problems,
        },
      },
      handler: async (request, reply) => {
        const { hash, reason } = request.body;
        const commissioning = commissioningOf(context);
        const apply = async (operator: string, confirmedBy: string | null) =>
          doneOr(await commissioning.apply(operator, hash, reason, confirmedBy));
        if (!commissioning.isHandedOver()) return await apply(operatorOf(request), null);
        const { differences } = commissioning.draft();
        const outcome = await withSecondOperator(context, request, {
          ...{ action: "applyDraft", right: "commission", subject: { name: "site-file" }, reason },
          before: Object.fromEntries(differences.map(({ path, before }) => [path, before])),
          after: Object.fromEntries(differences.map(({ path, after }) => [path, after])),
          unchanged: () => commissioning.draft().hash === hash,
          execute: ({ operator, confirmedBy }) => apply(operator, confirmedBy),
        });
        return outcome.is === "done" ? outcome.result : reply.code(202).send(outcome.body);
      },
    });

    app.route({
      method: "PUT",
      url: "/secrets/:name",
      config: { access: "commission" },
      schema: {
        operationId: "keepSecret",
        summary: "A camera's or broker's password, into a file that the draft may name",
        description: "It is never given out again. The same name again replaces it.",
        tags,
        params: z.strictObject({ name: configuredName }),
        body: z
          .strictObject({
            secret: z
              .string()
              .min(1)
              .max(512)
              .regex(/^[\x20-\x7e]+$/, "visible characters of ASCII"),
          })
          .meta({ examples: [{ secret: "correct horse battery staple" }] }),
        response: {
          200: z
            .object({ file: z.string() })
            .meta({ examples: [{ file: "/var/lib/vestibule/commissioning/secrets/camera-street" }] }),
          ...problems,
        },
      },
      handler: (request) =>
        doneOr(
          commissioningOf(context).keepSecret(request.params.name, request.body.secret, operatorOf(request)),
        ),
    });
  };
}
