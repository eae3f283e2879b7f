import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type WeakenedRule, type Weakening } from "../../domain/rules/weakening.ts";
import { weakeningText } from "../../domain/rules/weakening-words.ts";
import type { RuleKind } from "../../ports/rules-store.ts";
import type { RuleChangePlan } from "../../ports/services/rules-services.ts";
import type { ApiContext } from "../api-options.ts";
import { problems } from "../field-schemas.ts";
import { notFound } from "../problem.ts";
import { plainJson, ruleTags, versionField } from "../rule-changes.ts";

const kindSchema = z
  .string()
  .regex(
    /^(access-levels|schedules|holidays|settings|doors\/[a-z][a-z0-9-]{0,31}\/(outer|inner))$/,
    "access-levels, schedules, holidays, settings, doors/ID/outer or doors/ID/inner",
  );

const previewSchema = z
  .object({
    version: versionField,
    same: z.boolean().describe("It would change nothing"),
    faults: z
      .array(
        z.object({
          path: z.string(),
          found: z.string(),
          expected: z.string(),
          remedy: z.object({ en: z.string(), zh: z.string() }),
        }),
      )
      .describe("Why it could not hold; then nothing else is said"),
    before: z.unknown().describe("The whole that holds"),
    after: z.unknown().describe("The whole that would"),
    weakens: z
      .array(z.object({ rule: z.string(), where: z.string(), en: z.string(), zh: z.string() }))
      .describe("What security would lose, in words; `where` as `v1/inner`, a name, a date, or empty"),
    losing: z.record(z.string(), z.int()).describe("Cardholders who would lose an access level, by level"),
    secondOperator: z.boolean().describe("It would wait for a second operator"),
  })
  .meta({
    examples: [
      {
        ...{ version: 2, same: false, faults: [] },
        before: { releaseTime: 5, multiPerson: { count: 2, groups: [], directions: "entry" } },
        after: { releaseTime: 5, multiPerson: null },
        weakens: [
          {
            ...{ rule: "people", where: "v1/inner" },
            ...{ en: "fewer people needed at v1/inner: 2 → 1", zh: "所需人数减少（v1/inner）：2 → 1" },
          },
        ],
        losing: {},
        secondOperator: true,
      },
    ],
  });

/** No document of rules is deeper than half of this; what is would only be meant to break whoever walks through it. */
const deepest = 12;

function isShallow(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth < deepest; depth += 1) {
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
    if (level.length === 0) return true;
  }
  return false;
}

/** A month of dates taken back weakens as many times. */
const mostWeakenings = 100;
const mostFaults = 100;

/** What a change of the rules would come to, before anybody makes it; nothing is changed or recorded. */
export function rulePreviewRoutes({ services }: ApiContext): FastifyPluginAsyncZod {
  const { rules, approvals } = services;
  const answer = (kind: RuleKind, plan: RuleChangePlan): z.output<typeof previewSchema> => {
    const held = rules.inForce(kind);
    if (held === undefined) throw notFound("This site has no such rules.");
    const { version, document } = held;
    const unchanged = { version, before: document, after: document, weakens: [], losing: {} };
    if (plan.is === "faulty") {
      const faults = plan.faults
        .slice(0, mostFaults)
        .map((fault) => ({ ...fault, remedy: { ...fault.remedy } }));
      return { ...unchanged, same: false, faults, secondOperator: false };
    }
    if (plan.is === "same") return { ...unchanged, same: true, faults: [], secondOperator: false };
    const { whole, weakens, losing } = plan;
    return {
      ...{ version, same: false, faults: [], ...whole, losing: { ...losing } },
      weakens: weakens.slice(0, mostWeakenings).map(weakeningView),
      secondOperator: weakens.length > 0 && approvals.inForce,
    };
  };
  return async (app) => {
    app.route({
      method: "POST",
      url: "/configuration/preview",
      config: { access: "changeRules" },
      schema: {
        operationId: "previewChange",
        summary: "What a change of a rule would come to; nothing is changed",
        description:
          "`change` is what PUT or PATCH of that kind takes: of lists the whole list, of doors and settings what is changed.",
        tags: ruleTags,
        body: z
          .strictObject({
            kind: kindSchema,
            change: z.unknown().refine(isShallow, `at most ${deepest} levels deep`),
          })
          .meta({ examples: [{ kind: "doors/v1/inner", change: { multiPerson: null } }] }),
        response: { 200: previewSchema, ...problems },
      },
      handler: ({ body }) => {
        const kind = body.kind as RuleKind; // the pattern says which there are
        if (rules.inForce(kind) === undefined) throw notFound("This site has no such rules.");
        return answer(kind, rules.plan(kind, plainJson(body.change ?? null)));
      },
    });

    app.route({
      method: "POST",
      url: "/configuration/versions/:id/preview",
      config: { access: "changeRules" },
      schema: {
        operationId: "previewRevert",
        summary: "What it would come to if an earlier version held again; nothing is changed",
        tags: ruleTags,
        params: z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
        response: { 200: previewSchema, ...problems },
      },
      handler: ({ params }) => {
        const version = rules.version(params.id);
        if (version === undefined || version.kind === "site-file")
          throw notFound("There is no such version that could hold again.");
        return answer(version.kind, rules.planRevert(version));
      },
    });
  };
}

const weakeningView = (one: Weakening): { rule: WeakenedRule; where: string; en: string; zh: string } => ({
  rule: one.rule,
  where: one.where,
  ...weakeningText(one),
});
