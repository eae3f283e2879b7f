import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ApprovalView, ConfirmationOutcome } from "../../ports/services/approval-services.ts";
import { callerOf, operatorOf, sessionOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { bytes, paragraph, problems, recordId } from "../field-schemas.ts";
import { approvalSchema } from "../four-eyes.ts";
import { PictureLooks } from "../picture-looks.ts";
import { notFound, Problem } from "../problem.ts";

const tags = ["approvals"];
const params = z.strictObject({ id: recordId });
const body = z
  .strictObject({ comment: paragraph(500).default("") })
  .nullish()
  .meta({ examples: [{ comment: "Spoke to the branch manager." }] });

const decidedSchema = z
  .object({
    decided: z.enum(["confirmed", "rejected"]),
    forConfirmer: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("What only the one who confirmed is told: the second half of a one-time password"),
  })
  .meta({ examples: [{ decided: "confirmed" }] });

/** What waits for a second operator, and what they say. */
export function approvalRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { approvals, directory } = context.services;
  const looks = new PictureLooks(context.services, context.clock);
  /** Whoever confirms has to know who it is; the record knows people by their id only. */
  const withName = (approval: ApprovalView) => {
    const { subject } = approval;
    const name = subject.cardholder === undefined ? undefined : directory.get(subject.cardholder)?.name;
    return name === undefined ? approval : { ...approval, subject: { ...subject, cardholderName: name } };
  };
  return async (app) => {
    app.route({
      method: "GET",
      url: "/approvals",
      config: { access: "seeApprovals" },
      schema: {
        operationId: "listApprovals",
        summary: "What waits for a second operator",
        tags,
        response: {
          200: z
            .object({ inForce: z.boolean(), approvals: z.array(approvalSchema) })
            .meta({ examples: [{ inForce: true, approvals: [] }] }),
          ...problems,
        },
      },
      handler: (request) => {
        const named = callerOf(request).rights.has("seePeople");
        const waiting = approvals.waiting().map((one) => (named ? withName(one) : one));
        return { inForce: approvals.inForce, approvals: waiting };
      },
    });

    app.route({
      method: "GET",
      url: "/approvals/:id/picture",
      config: { access: "seePhotos" },
      schema: {
        operationId: "getApprovalPicture",
        summary: "The picture that a second operator has to look at",
        tags,
        params,
        response: {
          200: { description: "The picture", content: { "image/jpeg": { schema: bytes } } },
          ...problems,
        },
      },
      handler: async (request, reply) => {
        const { id } = request.params;
        const jpeg = approvals.picture(id);
        if (jpeg === undefined) throw notFound("Nothing of this id waits, or there is no picture.");
        const cardholder = approvals.waiting().find((one) => one.id === id)?.subject.cardholder ?? "";
        await looks.note(operatorOf(request), { type: "PhotoViewed", cardholder, photo: id });
        return reply.type("image/jpeg").send(Buffer.from(jpeg));
      },
    });

    app.route({
      method: "POST",
      url: "/approvals/:id/confirm",
      config: { access: "operator" },
      schema: {
        operationId: "confirmApproval",
        summary: "Confirm what another operator has proposed; it is done at once",
        description:
          "403: you have proposed it, it is about you, or your role may not. 409: what it is about has changed meanwhile. Where it can no longer be done, the answer is what the change itself would have answered.",
        tags,
        params,
        body,
        response: { 200: decidedSchema, ...problems },
      },
      handler: async (request) => {
        const { username } = sessionOf(request);
        const outcome = await approvals.confirm(request.params.id, username, request.body?.comment ?? "");
        return answerOf(outcome, "confirmed");
      },
    });

    app.route({
      method: "POST",
      url: "/approvals/:id/reject",
      config: { access: "operator" },
      schema: {
        operationId: "rejectApproval",
        summary: "Reject what another operator has proposed, or take back one's own",
        tags,
        params,
        body,
        response: { 200: decidedSchema, ...problems },
      },
      handler: async (request) => {
        const { username } = sessionOf(request);
        const outcome = await approvals.reject(request.params.id, username, request.body?.comment ?? "");
        return answerOf(outcome, "rejected");
      },
    });
  };
}

function answerOf(outcome: ConfirmationOutcome, decided: "confirmed" | "rejected") {
  if (outcome.is === "done") {
    const { forConfirmer } = outcome;
    return { decided, ...(forConfirmer === undefined ? {} : { forConfirmer }) };
  }
  const { reason } = outcome;
  switch (reason) {
    case "unknown":
      throw notFound("Nothing of this id waits: it has been decided, or has lapsed.");
    case "changed":
      throw new Problem(409, "changed-meanwhile", "What it is about has changed since: propose it anew.", {
        reason,
      });
    case "proposer":
      throw new Problem(
        403,
        "same-person",
        "You have proposed this yourself: another operator confirms it.",
        {
          reason,
        },
      );
    case "subject":
      throw new Problem(403, "same-person", "This is about yourself: another operator confirms it.", {
        reason,
      });
    case "notAuthorised":
      throw new Problem(403, "forbidden", "Your role may not confirm this.", { reason });
  }
}
