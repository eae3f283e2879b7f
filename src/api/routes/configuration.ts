import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { settingsDocument } from "../../config/rule-schemas.ts";
import { type WallTime, wallTime } from "../../domain/time.ts";
import type { JsonObject } from "../../ports/journal.ts";
import type { RuleKind, RuleVersion, StoredKind } from "../../ports/rules-store.ts";
import type { WeakenedThen } from "../../ports/services/rules-services.ts";
import type { ApiContext } from "../api-options.ts";
import { line, problems, time } from "../field-schemas.ts";
import { notFound, Problem } from "../problem.ts";
import {
  changeRules,
  plainJson,
  ruleTags,
  ruleWaitingSchema,
  seenVersion,
  versionField,
  weakeningTexts,
  why,
} from "../rule-changes.ts";

const settingsExample = {
  access: { maxFailures: 3, lockoutTime: 60, duress: { policy: "grantOuterHoldInner" } },
  liveness: "passive",
  vestibules: { v1: { antiPassback: "soft", occupancy: { secureMax: 12 }, dwellTime: 120 } },
};
const settingsSchema = z
  .object({ ...settingsDocument.shape, version: versionField })
  .meta({ examples: [{ ...settingsExample, version: 1 }] });

const kindSchema = z
  .string()
  .regex(
    /^(access-levels|schedules|holidays|settings|site-file|doors\/[a-z][a-z0-9-]{0,31}\/(outer|inner))$/,
    "access-levels, schedules, holidays, settings, doors/ID/outer, doors/ID/inner or site-file",
  );

const versionFields = {
  id: z.int(),
  kind: z.string(),
  version: z.int().describe("Counts within its kind"),
  at: z.string(),
  operator: z.string().nullable().describe("Null: the site's file"),
  approver: z.string().nullable().describe("The second operator, where two were asked for"),
  reason: z.string(),
  fromFile: z.boolean().describe("With this version the site's file held again"),
  weakens: weakeningTexts.nullable().describe("As it was recorded; null where no record tells of it"),
  weakensInAll: z.int().describe("Of them a few are told"),
};
const versionExample = {
  id: 7,
  kind: "doors/v1/inner",
  version: 2,
  at: "2026-11-21T08:30:00.000Z",
  operator: "li.na",
  approver: "wang.wei",
  reason: "One custodian is enough while the vault is empty.",
  fromFile: false,
  weakens: [{ en: "fewer people needed at v1/inner: 2 → 1", zh: "所需人数减少（v1/inner）：2 → 1" }],
  weakensInAll: 1,
};
const listSchema = z.object({ versions: z.array(z.object(versionFields)), next: z.int().nullable() }).meta({
  description: "`next`: `before` of the page that follows",
  examples: [{ versions: [versionExample], next: 7 }],
});
const detailSchema = z
  .object({
    ...versionFields,
    document: z.unknown().describe("As it is kept: what it does not say stands as in the site's file"),
    differences: z
      .array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() }))
      .describe("Against the version before it, or the site's file"),
    more: z.int().describe("Differences that are not listed"),
    before: z.unknown().describe("The whole that held before, as GET of its kind shows it"),
    after: z.unknown().describe("The whole that held with it; of `site-file`: what the file said"),
    inForce: z.boolean(),
  })
  .meta({
    examples: [
      {
        ...versionExample,
        document: { multiPerson: null },
        differences: [{ path: "multiPerson.count", before: 2, after: null }],
        more: 0,
        before: { releaseTime: 5, multiPerson: { count: 2, groups: [], directions: "entry" } },
        after: { releaseTime: 5, multiPerson: null },
        inForce: true,
      },
    ],
  });
const revertedSchema = z
  .object({ reverted: z.literal(true), kind: z.string(), version: versionField })
  .meta({ examples: [{ reverted: true, kind: "doors/v1/inner", version: 3 }] });

const params = z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** Settings that may be changed while the site runs, and every version of every rule. */
export function configurationRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { rules } = context.services;
  const settings = () => {
    const held = rules.inForce("settings");
    if (held === undefined) throw notFound("This site has no such rules.");
    // Of settings it is an object; the answer is written as it stands.
    return { ...(held.document as JsonObject), version: held.version };
  };
  const found = (id: number): RuleVersion => {
    const version = rules.version(id);
    if (version === undefined) throw notFound("There is no such version.");
    return version;
  };
  const isInForce = ({ kind, id }: RuleVersion): boolean => rules.versions({ kind, limit: 1 })[0]?.id === id;
  return async (app) => {
    app.route({
      method: "GET",
      url: "/configuration/settings",
      config: { access: "seeRules" },
      schema: {
        operationId: "getSettings",
        summary: "Settings in force that may be changed while the site runs; times in seconds",
        tags: ruleTags,
        response: { 200: settingsSchema, ...problems },
      },
      handler: async (_request, reply) => {
        const held = settings();
        void reply.header("etag", `"${held.version}"`);
        return held;
      },
    });

    app.route({
      method: "PATCH",
      url: "/configuration/settings",
      config: { access: "changeRules" },
      schema: {
        operationId: "changeSettings",
        summary: "Change what is given of the settings; times in seconds",
        description:
          "The keys of the site's file. What weakens something waits for a second operator where four-eyes is on (202). 422 lists every fault.",
        tags: ruleTags,
        body: z
          .strictObject({ ...settingsDocument.shape, reason: why, version: seenVersion })
          .meta({ examples: [{ ...settingsExample, reason: "As the head office asks." }] }),
        response: { 200: settingsSchema, 202: ruleWaitingSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { reason, version, ...change } = request.body;
        const held = await changeRules(context, request, reply, {
          ...{
            kind: "settings",
            action: "changeConfiguration",
            subject: { name: "settings" },
            reason,
            version,
          },
          plan: rules.plan("settings", plainJson(change)),
        });
        return held ? reply.send(settings()) : reply;
      },
    });

    app.route({
      method: "GET",
      url: "/configuration/versions",
      config: { access: "seeRules" },
      schema: {
        operationId: "listVersions",
        summary: "Who changed which rule, when and why; newest first",
        tags: ruleTags,
        querystring: z.strictObject({
          kind: kindSchema.optional(),
          before: z.coerce.number().int().min(1).optional(),
          operator: line(64).optional().describe("Who made or confirmed it"),
          from: time.optional(),
          to: time.optional().describe("Made before this"),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: listSchema, ...problems },
      },
      handler: ({ query: { kind, from, to, ...query } }) => {
        const versions = rules.versions({
          ...query,
          // The pattern says which there are.
          kind: kind as StoredKind | undefined,
          from: instantOf(from),
          to: instantOf(to),
        });
        const { limit } = query;
        const next = versions.length < limit ? null : (versions.at(-1)?.id ?? null);
        return { versions: versions.map((one) => versionView(one, rules.weakenedBy(one))), next };
      },
    });

    app.route({
      method: "GET",
      url: "/configuration/versions/:id",
      config: { access: "seeRules" },
      schema: {
        operationId: "getVersion",
        summary: "One version of a rule, and what it changed",
        tags: ruleTags,
        params,
        response: { 200: detailSchema, ...problems },
      },
      handler: ({ params: { id } }) => {
        const version = found(id);
        const { differences, ...rest } = rules.differencesOf(version);
        return {
          ...versionView(version, rules.weakenedBy(version)),
          ...{ document: version.body, differences: [...differences], ...rest, inForce: isInForce(version) },
        };
      },
    });

    app.route({
      method: "POST",
      url: "/configuration/versions/:id/revert",
      config: { access: "changeRules" },
      schema: {
        operationId: "revertToVersion",
        summary: "Let an earlier version of a rule hold again, as a new version",
        description:
          "Of an older version: its content holds again. Of the newest: what held before it, at first the site's file. What weakens something waits for a second operator where four-eyes is on (202).",
        tags: ruleTags,
        params,
        body: z
          .strictObject({ reason: why, force: z.boolean().optional() })
          .nullish()
          .meta({ examples: [{ reason: "The second custodian is back." }] }),
        response: { 200: revertedSchema, 202: ruleWaitingSchema, ...problems },
      },
      handler: async (request, reply) => {
        const version = found(request.params.id);
        if (version.kind === "site-file") {
          throw new Problem(
            409,
            "not-revertible",
            "The site's file is changed where it lies, and read at the next start.",
          );
        }
        const kind: RuleKind = version.kind;
        const { reason, force } = request.body ?? {};
        const held = await changeRules(context, request, reply, {
          ...{ kind, action: "revertConfiguration", subject: { name: kind }, reason, force },
          plan: rules.planRevert(version),
        });
        if (!held) return reply;
        return reply.send({ reverted: true, kind, version: rules.inForce(kind)?.version ?? 0 });
      },
    });
  };
}

function versionView(
  { id, kind, version, at, operator, approver, reason, body }: RuleVersion,
  weakened: WeakenedThen | undefined,
) {
  return {
    ...{ id, kind, version, at: new Date(at).toISOString(), operator, approver, reason },
    fromFile: body === null,
    weakens: weakened === undefined ? null : [...weakened.weakens],
    weakensInAll: weakened?.inAll ?? 0,
  };
}

const instantOf = (iso: string | undefined): WallTime | undefined =>
  iso === undefined ? undefined : wallTime(Date.parse(iso));
