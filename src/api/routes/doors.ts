import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { doorDocument } from "../../config/rule-schemas.ts";
import type { DoorName } from "../../domain/names.ts";
import type { JsonObject } from "../../ports/journal.ts";
import type { RuleKind } from "../../ports/rules-store.ts";
import type { ApiContext } from "../api-options.ts";
import { configuredName, problems } from "../field-schemas.ts";
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

const params = z.strictObject({ vestibule: configuredName, door: z.enum(["outer", "inner"]) });

const doorSchema = z
  .object({
    ...doorDocument.shape,
    version: versionField,
    awaited: z.boolean().describe("The interlock takes the times up once nothing is released or open there"),
  })
  .meta({
    examples: [
      {
        releaseTime: 5,
        relockOnOpen: true,
        relockDelay: 0.3,
        heldOpenTime: 15,
        heldOpenWarning: 5,
        multiPerson: { count: 2, groups: ["manager", "custodian"], window: 30, directions: "entry" },
        remoteGrant: false,
        version: 2,
        awaited: false,
      },
    ],
  });

const changeSchema = z
  .strictObject({ ...doorDocument.shape, reason: why, version: seenVersion })
  .meta({ examples: [{ multiPerson: { count: 2 }, reason: "Two people at the vault from today." }] });

/** What one door asks of people, and its times. */
export function doorRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { rules } = context.services;
  const present = (vestibule: string, door: DoorName) => {
    const held = rules.inForce(kindOf(vestibule, door));
    if (held === undefined) throw notFound("There is no such door.");
    // Of a door it is an object; the answer is written as it stands.
    const document = held.document as JsonObject;
    return { ...document, version: held.version, awaited: rules.isAwaited(vestibule) };
  };
  return async (app) => {
    app.route({
      method: "GET",
      url: "/vestibules/:vestibule/doors/:door",
      config: { access: "seeRules" },
      schema: {
        operationId: "getDoorRules",
        summary: "A door's rules in force; times in seconds",
        tags: ruleTags,
        params,
        response: { 200: doorSchema, ...problems },
      },
      handler: async (request, reply) => {
        const held = present(request.params.vestibule, request.params.door);
        void reply.header("etag", `"${held.version}"`);
        return held;
      },
    });

    app.route({
      method: "PATCH",
      url: "/vestibules/:vestibule/doors/:door",
      config: { access: "changeRules" },
      schema: {
        operationId: "changeDoorRules",
        summary: "Change what is given of a door's rules; times in seconds",
        description:
          "Effective for the next person; `multiPerson: null` switches the rule of several persons off. What weakens something waits for a second operator where four-eyes is on (202). 422 lists every fault with path and remedy.",
        tags: ruleTags,
        params,
        body: changeSchema,
        response: { 200: doorSchema, 202: ruleWaitingSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { vestibule, door } = request.params;
        present(vestibule, door);
        const { reason, version, ...change } = request.body;
        const kind = kindOf(vestibule, door);
        const held = await changeRules(context, request, reply, {
          ...{ kind, action: "changeDoor", subject: { vestibule, door }, reason, version },
          plan: rules.plan(kind, plainJson(change)),
        });
        return held ? reply.send(present(vestibule, door)) : reply;
      },
    });
  };
}

const kindOf = (vestibule: string, door: DoorName): RuleKind => `doors/${vestibule}/${door}`;
