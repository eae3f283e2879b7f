import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { type ApprovalView, approvalActions, type Proposal } from "../ports/services/approval-services.ts";
import { callerOf } from "./access-control.ts";
import type { ApiContext } from "./api-options.ts";
import { Problem } from "./problem.ts";

const facts = z.record(z.string(), z.unknown()).nullable();

const approvalExample = {
  id: "9f0c5a3e-2b0c-4a2b-8a41-6d1f0c1c7f10",
  action: "removeCardholder",
  subject: { cardholder: "c1" },
  before: null,
  after: null,
  weakens: [],
  reason: "",
  picture: false,
  proposedBy: "li.na",
  proposedAt: "2026-11-21T08:30:00.000Z",
  until: "2026-11-22T08:30:00.000Z",
};

export const approvalSchema = z
  .object({
    id: z.string(),
    action: z.enum(approvalActions),
    subject: z.object({
      cardholder: z.string().optional(),
      cardholderName: z.string().optional().describe("For those who may see people"),
      operator: z.string().optional(),
      vestibule: z.string().optional(),
      door: z.string().optional(),
      name: z.string().optional(),
    }),
    before: facts,
    after: facts,
    weakens: z
      .array(z.object({ en: z.string(), zh: z.string() }))
      .readonly()
      .describe("What security loses by it, in words"),
    reason: z.string().describe("Why the proposer wants it; empty where none was given"),
    picture: z.boolean().describe("GET /approvals/ID/picture shows what is to be confirmed"),
    proposedBy: z.string(),
    proposedAt: z.string(),
    until: z.string(),
  })
  .meta({
    examples: [approvalExample],
  });

/** What a route answers with 202 while its change waits for a second operator. */
export const waitingSchema = z.object({ approval: approvalSchema }).meta({
  description: "Nothing is changed yet: a second operator confirms it, POST /approvals/ID/confirm",
  examples: [{ approval: approvalExample }],
});

export type SecondOperator<Result> =
  | { readonly is: "done"; readonly result: Result }
  | { readonly is: "waiting"; readonly body: { readonly approval: ApprovalView } };

/**
 * Does what is proposed, or has it wait for a second operator where four-eyes is in force. A route answers `waiting`
 * with `reply.code(202).send(body)` and has `202: waitingSchema` among its responses.
 */
export async function withSecondOperator<Result>(
  { services }: ApiContext,
  request: FastifyRequest,
  proposal: Proposal<Result>,
): Promise<SecondOperator<Result>> {
  const { name, person } = callerOf(request);
  const outcome = await services.approvals.propose(proposal, { operator: name, person });
  if (outcome.is === "done") return outcome;
  if (outcome.is === "waiting") return { is: "waiting", body: { approval: outcome.approval } };
  throw outcome.reason === "nobodyToConfirm"
    ? new Problem(
        409,
        "nobody-to-confirm",
        "This takes a second operator, and there is none who may confirm it: add one first.",
      )
    : new Problem(503, "too-many-approvals", "Too many proposals wait: decide some of them first.");
}
