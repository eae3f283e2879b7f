import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { accessLevelsDocument, holidaysDocument, schedulesDocument } from "../../config/rule-schemas.ts";
import type { RuleKind } from "../../ports/rules-store.ts";
import type { ApprovalAction } from "../../ports/services/approval-services.ts";
import type { ApiContext } from "../api-options.ts";
import { problems } from "../field-schemas.ts";
import { notFound } from "../problem.ts";
import {
  changeRules,
  plainJson,
  ruleTags,
  ruleWaitingSchema,
  seenVersion,
  versionField,
  why,
} from "../rule-changes.ts";

interface RuleList {
  readonly url: string;
  /** As the operations end: `getSchedules`, `putSchedules`. */
  readonly operations: string;
  readonly kind: RuleKind;
  readonly action: ApprovalAction;
  /** The list's key in bodies. */
  readonly key: "accessLevels" | "schedules" | "holidays";
  readonly schema: z.ZodType;
  readonly what: string;
  readonly about: string;
  readonly example: readonly unknown[];
  /** Whether cardholders have them. */
  readonly held?: boolean;
}

const force = z
  .boolean()
  .optional()
  .describe("Also where cardholders lose a level by it; without, 409 `levels-in-use` says how many");

const holders = z
  .record(z.string(), z.int())
  .describe("How many cardholders have each; those nobody has are left out");
const holdersExample = { holders: { staff: 12 } };

/** A list of rules that is read and put as a whole. */
function ruleListRoutes(list: RuleList): (context: ApiContext) => FastifyPluginAsyncZod {
  const { url, operations, kind, key, what, example } = list;
  const listSchema = z
    .object({ [key]: list.schema, version: versionField, ...(list.held === true && { holders }) })
    .meta({ examples: [{ [key]: example, version: 3, ...(list.held === true && holdersExample) }] });
  const putSchema = z
    .strictObject({ [key]: list.schema, reason: why, version: seenVersion, force })
    .meta({ examples: [{ [key]: example, reason: "Opening hours of the new year.", version: 3 }] });
  return (context) => {
    const { rules } = context.services;
    const present = () => {
      const held = rules.inForce(kind);
      if (held === undefined) throw notFound("This site has no such rules.");
      const answer = { [key]: held.document, version: held.version };
      return list.held === true ? { ...answer, holders: { ...rules.holders() } } : answer;
    };
    return async (app) => {
      app.route({
        method: "GET",
        url,
        config: { access: "seeRules" },
        schema: {
          operationId: `get${operations}`,
          summary: `${what} in force`,
          description: "`version` is also the ETag.",
          tags: ruleTags,
          response: { 200: listSchema, ...problems },
        },
        handler: async (_request, reply) => {
          const held = present();
          void reply.header("etag", `"${String(held["version"])}"`);
          return held;
        },
      });

      app.route({
        method: "PUT",
        url,
        config: { access: "changeRules" },
        // The bare list is understood as well.
        preValidation: async (request) => {
          if (Array.isArray(request.body)) request.body = { [key]: request.body };
        },
        schema: {
          operationId: `put${operations}`,
          summary: `Put ${what.toLowerCase()}, all of them`,
          description: `${list.about} In force for the next decision. What weakens something waits for a second operator where four-eyes is on (202). 422 lists every fault with path and remedy.`,
          tags: ruleTags,
          body: putSchema,
          response: { 200: listSchema, 202: ruleWaitingSchema, ...problems },
        },
        handler: async (request, reply) => {
          const { reason, version, force: forced, ...body } = request.body;
          const plan = rules.plan(kind, plainJson(body[key]));
          // The keys of a strict object: what is not the list is what was named.
          const change = { kind, plan, action: list.action, subject: { name: kind } };
          const held = await changeRules(context, request, reply, {
            ...change,
            reason: reason as string | undefined,
            version: version as number | undefined,
            force: forced as boolean | undefined,
          });
          return held ? reply.send(present()) : reply;
        },
      });
    };
  };
}

export const accessLevelRoutes = ruleListRoutes({
  ...{
    url: "/access-levels",
    operations: "AccessLevels",
    kind: "access-levels",
    action: "changeAccessLevels",
    key: "accessLevels",
  },
  held: true,
  schema: accessLevelsDocument,
  what: "Access levels",
  about: "Which access points, when, and how people are verified there.",
  example: [
    {
      name: "staff",
      accessPoints: ["outer-entry", "inner-entry"],
      vestibules: "all",
      schedule: "office-hours",
      mode: "card+face",
    },
  ],
});

export const scheduleRoutes = ruleListRoutes({
  ...{
    url: "/schedules",
    operations: "Schedules",
    kind: "schedules",
    action: "changeSchedules",
    key: "schedules",
  },
  schema: schedulesDocument,
  what: "Schedules",
  about: "Weekly times in the site's time zone; `to` earlier than `from` runs over midnight.",
  example: [
    {
      name: "office-hours",
      spans: [{ days: ["monday", "tuesday"], from: "08:00", to: "18:30" }],
      firstPerson: "manager",
    },
  ],
});

export const holidayRoutes = ruleListRoutes({
  ...{
    url: "/holidays",
    operations: "Holidays",
    kind: "holidays",
    action: "changeHolidays",
    key: "holidays",
  },
  schema: holidaysDocument,
  what: "Holidays",
  about:
    "Dates on which schedules look at another day's spans than their weekday's: `holiday` where only a date is given, else what `as` says: a weekday for a make-up working day, `halfDay`, `yearEnd` or `special`. `yearly` comes back every year; a day with its own date goes before it.",
  example: [
    "2027-02-08",
    { date: "2027-01-01", name: "元旦" },
    { date: "2027-02-14", as: "monday", name: "春节调休" },
    { date: "2026-12-31", as: "yearEnd", yearly: true },
  ],
});
