import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wallTime } from "../../domain/time.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { commissioningOf, doneOr, commissioningTags as tags } from "../commissioning-answers.ts";
import {
  commissioningSchema,
  commissioningView,
  runningSchema,
  runningView,
} from "../commissioning-schema.ts";
import { line, problems, time } from "../field-schemas.ts";

const testParams = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9.-]{0,119}$/, "the id of a test"),
});

/** Tests with somebody at the doors; one at a time. */
export function commissioningTestRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "POST",
      url: "/tests/:id/start",
      config: { access: "commission" },
      schema: {
        operationId: "startTest",
        summary: "Begin a test; what it asks for and sees stands in `running` of the commissioning",
        description:
          "Doors are released by the interlock, under all of its rules. 409: commissioning has not begun, or another test runs.",
        tags,
        params: testParams,
        body: z
          .strictObject({
            shownTime: time.optional().describe("Of test `clock`: what the person's own clock shows"),
          })
          .nullish()
          .meta({ examples: [{ shownTime: "2026-11-22T12:00:00Z" }] }),
        response: { 202: runningSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { id } = request.params;
        const shown = request.body?.shownTime;
        const started = commissioningOf(context).startTest(
          id,
          operatorOf(request),
          shown === undefined ? undefined : wallTime(Date.parse(shown)),
        );
        return reply.code(202).send(runningView(doneOr(started)));
      },
    });

    app.route({
      method: "PUT",
      url: "/tests/:id/left-out",
      config: { access: "commission" },
      schema: {
        operationId: "leaveTestOut",
        summary: "Leave a test out, and say why: an open point of the report. Null takes it up again",
        tags,
        params: testParams,
        body: z
          .strictObject({ reason: line(300).nullable() })
          .meta({ examples: [{ reason: "No exit button is fitted here." }] }),
        response: { 200: commissioningSchema, ...problems },
      },
      handler: async (request) => {
        const commissioning = commissioningOf(context);
        const { reason } = request.body;
        doneOr(await commissioning.leaveOut(request.params.id, operatorOf(request), reason));
        return commissioningView(commissioning.view());
      },
    });

    app.route({
      method: "POST",
      url: "/tests/cancel",
      config: { access: "commission" },
      schema: {
        operationId: "cancelTest",
        summary: "Break off the test that is under way; nothing is recorded as its result",
        tags,
        response: { 200: commissioningSchema, ...problems },
      },
      handler: (request) => {
        const commissioning = commissioningOf(context);
        doneOr(commissioning.cancelTest(operatorOf(request)));
        return commissioningView(commissioning.view());
      },
    });
  };
}
