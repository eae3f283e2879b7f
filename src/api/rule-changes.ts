import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { weakeningText } from "../domain/rules/weakening-words.ts";
import type { JsonObject, JsonValue } from "../ports/journal.ts";
import type { RuleKind } from "../ports/rules-store.ts";
import type { ApprovalAction, ApprovalSubject } from "../ports/services/approval-services.ts";
import {
  type PossibleChange,
  type RuleChangePlan,
  type RuleDifference,
  RulesMoved,
} from "../ports/services/rules-services.ts";
import { operatorOf } from "./access-control.ts";
import type { ApiContext } from "./api-options.ts";
import { paragraph } from "./field-schemas.ts";
import { waitingSchema, withSecondOperator } from "./four-eyes.ts";
import { Problem } from "./problem.ts";

export const ruleTags = ["rules"];

/** What may come with every change of a rule. */
export const why = paragraph(500).optional().describe("Why, for whoever reads the record a year later");
export const seenVersion = z
  .int()
  .min(0)
  .optional()
  .describe(
    "Of the rule as it was read: refused with 412 where another holds by now; If-Match says the same",
  );

export const versionField = z.int().describe("0: the site's file");

export const weakeningTexts = z.array(z.object({ en: z.string(), zh: z.string() }));

export const ruleWaitingSchema = waitingSchema.meta({
  examples: [
    {
      approval: {
        id: "9f0c5a3e-2b0c-4a2b-8a41-6d1f0c1c7f10",
        action: "changeDoor",
        subject: { vestibule: "v1", door: "inner" },
        before: { multiPerson: { count: 2, groups: [], directions: "entry" } },
        after: { multiPerson: null },
        proposedBy: "li.na",
        proposedAt: "2026-11-21T08:30:00.000Z",
        until: "2026-11-22T08:30:00.000Z",
      },
    },
  ],
});

export interface RuleChange {
  readonly kind: RuleKind;
  readonly plan: RuleChangePlan;
  readonly action: ApprovalAction;
  readonly subject: ApprovalSubject;
  readonly reason: string | undefined;
  /** Of what the caller has seen. */
  readonly version?: number | undefined;
  /** Cardholders may lose a level by it. */
  readonly force?: boolean | undefined;
}

/**
 * Makes the change, or has it wait for a second operator where it weakens something (T42). True once it holds; where
 * it waits, the answer has been sent.
 */
export async function changeRules(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { kind, plan, action, subject, reason = "", version, force = false }: RuleChange,
): Promise<boolean> {
  const { rules } = context.services;
  requireVersion(version ?? matchOf(request), rules.inForce(kind)?.version ?? 0);
  if (plan.is === "faulty") throw faulty(plan.faults);
  if (plan.is === "same") return true;
  if (Object.keys(plan.losing).length > 0 && !force) throw losing(plan.losing);
  const author = { operator: operatorOf(request), approver: null, reason };
  if (plan.weakens.length === 0) {
    moved(() => rules.apply(plan, author));
    return true;
  }
  const outcome = await withSecondOperator(context, request, {
    ...{ action, right: "changeRules", subject },
    ...changedValues(plan),
    reason,
    unchanged: () => rules.revision(kind) === plan.revision,
    execute: async ({ operator, confirmedBy }) =>
      moved(() => rules.apply(plan, { operator, approver: confirmedBy, reason })),
  });
  if (outcome.is === "done") return true;
  await reply.code(202).send(outcome.body);
  return false;
}

/** What the second operator is to look at: the values, and what they weaken in words. */
function changedValues({ differences, weakens }: PossibleChange) {
  const values = (which: "before" | "after"): JsonObject =>
    Object.fromEntries(differences.map((one: RuleDifference) => [one.path, one[which]]));
  return {
    before: values("before"),
    after: values("after"),
    weakens: weakens.slice(0, 20).map(weakeningText),
  };
}

function requireVersion(seen: number | undefined, present: number): void {
  if (seen === undefined || seen === present) return;
  throw new Problem(
    412,
    "changed-meanwhile",
    `Version ${present} holds by now, not ${seen}: read it again, and put your change on top.`,
    { version: present },
  );
}

function matchOf(request: FastifyRequest): number | undefined {
  const tag = /^"(\d{1,9})"$/.exec(request.headers["if-match"] ?? "");
  return tag?.[1] === undefined ? undefined : Number(tag[1]);
}

function faulty(faults: Extract<RuleChangePlan, { readonly is: "faulty" }>["faults"]): Problem {
  const [first] = faults;
  const detail =
    first === undefined
      ? "The rules do not fit together."
      : `${first.path}: found ${first.found}; expected ${first.expected}; ${first.remedy.en}`;
  return new Problem(422, "rules-refused", detail, { faults: faults.slice(0, 100) });
}

function losing(holders: Readonly<Record<string, number>>): Problem {
  const counts = Object.entries(holders).map(([level, count]) => `${level}: ${count}`);
  return new Problem(
    409,
    "levels-in-use",
    `Cardholders would lose their access level (${counts.join(", ")}): give them another first, or send force.`,
    { holders },
  );
}

function moved<Result>(change: () => Result): Result {
  try {
    return change();
  } catch (error) {
    if (error instanceof RulesMoved) throw new Problem(409, "changed-meanwhile", error.message);
    throw error;
  }
}

/** As it would be sent: without what was left out. */
export const plainJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;
