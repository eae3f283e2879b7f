import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { OverrideRefusal, ResetRefusal } from "../../domain/interlock/event.ts";
import type { LockdownOutcome, OverrideOutcome, ResetOutcome } from "../../ports/controller-services.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { configuredName, overriddenDoors, paragraph, problems } from "../field-schemas.ts";
import { notFound, Problem } from "../problem.ts";

const tags = ["doors"];

/** Who reads the record a year later wants to know why. */
const why = paragraph(500).refine((text) => text.trim() !== "", "a reason in words");

const params = z.strictObject({ vestibule: configuredName });

const recorded = z
  .boolean()
  .describe("False where the storage has failed: it is recorded as soon as that takes records again");

const lockdownSchema = z
  .object({
    lockdown: z
      .object({ order: z.boolean(), input: z.boolean() })
      .describe("By an operator, by a switch: the doors are locked down while either is so"),
    recorded,
  })
  .meta({ examples: [{ lockdown: { order: true, input: false }, recorded: true }] });

const proposedSchema = z
  .object({ proposed: z.enum(overriddenDoors), until: z.string(), recorded })
  .meta({ examples: [{ proposed: "both", until: "2026-11-21T08:30:30.000Z", recorded: true }] });

const overriddenSchema = z
  .object({
    overridden: z.enum(overriddenDoors),
    until: z.string(),
    operators: z.array(z.string()).readonly(),
    recorded,
  })
  .meta({
    examples: [
      {
        overridden: "both",
        until: "2026-11-21T08:31:12.000Z",
        operators: ["li.na", "wang.wei"],
        recorded: true,
      },
    ],
  });

const resetSchema = z
  .object({ reset: z.literal(true), recorded })
  .meta({ examples: [{ reset: true, recorded: true }] });

/** R12–R14: what operators do to a door pair. */
export function vestibuleRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services } = context;
  const known = (vestibule: string): string => {
    if (services.state().vestibules.some(({ id }) => id === vestibule)) return vestibule;
    throw notFound("There is no such vestibule.");
  };
  return async (app) => {
    app.route({
      method: "POST",
      url: "/vestibules/:vestibule/lockdown",
      config: { access: "operateDoors" },
      schema: {
        operationId: "lockDown",
        summary: "Lock down: no door is released until it is lifted",
        description:
          "Stands until it is lifted, through every restart. Works with failed storage. 504: ordered, but not confirmed.",
        tags,
        params,
        body: z
          .strictObject({ reason: why })
          .meta({ examples: [{ reason: "Armed person reported in front of the branch." }] }),
        response: { 200: lockdownSchema, ...problems },
      },
      handler: async (request) => {
        const vestibule = known(request.params.vestibule);
        return lockdownAnswer(
          await services.lockDown(vestibule, operatorOf(request), request.body.reason),
          "The lockdown is ordered and stands",
        );
      },
    });

    app.route({
      method: "DELETE",
      url: "/vestibules/:vestibule/lockdown",
      config: { access: "operateDoors" },
      schema: {
        operationId: "liftLockdown",
        summary: "Lift an ordered lockdown",
        description: "One that a switch keeps up goes on: `lockdown.input` says so.",
        tags,
        params,
        response: { 200: lockdownSchema, ...problems },
      },
      handler: async (request) => {
        const vestibule = known(request.params.vestibule);
        return lockdownAnswer(
          await services.liftLockdown(vestibule, operatorOf(request)),
          "The lockdown is ordered to be lifted",
        );
      },
    });

    app.route({
      method: "POST",
      url: "/vestibules/:vestibule/override",
      config: { access: "override" },
      schema: {
        operationId: "override",
        summary: "Release doors whatever the other one does; takes two operators",
        description:
          "The first operator's request proposes it (202). A different one who asks for the same doors within 30 seconds makes it so (200). It ends by itself.",
        tags,
        params,
        body: z
          .strictObject({ doors: z.enum(overriddenDoors), reason: why })
          .meta({ examples: [{ doors: "both", reason: "Somebody has fainted between the doors." }] }),
        response: { 200: overriddenSchema, 202: proposedSchema, ...problems },
      },
      handler: async (request, reply) => {
        const vestibule = known(request.params.vestibule);
        const { doors, reason } = request.body;
        const outcome = await services.override(vestibule, doors, operatorOf(request), reason);
        return overrideAnswer(reply, doors, outcome);
      },
    });

    app.route({
      method: "POST",
      url: "/vestibules/:vestibule/reset-emergency",
      config: { access: "operateDoors" },
      schema: {
        operationId: "resetEmergency",
        summary: "Reset an emergency release",
        description: "409 while the fire input still says fire.",
        tags,
        params,
        body: z
          .strictObject({ comment: why })
          .meta({ examples: [{ comment: "False alarm in the kitchen; fire brigade has left." }] }),
        response: { 200: resetSchema, ...problems },
      },
      handler: async (request) => {
        const vestibule = known(request.params.vestibule);
        return resetAnswer(
          await services.resetEmergency(vestibule, operatorOf(request), request.body.comment),
        );
      },
    });
  };
}

function lockdownAnswer(outcome: LockdownOutcome, order: string) {
  if (outcome.confirmed) return { lockdown: outcome.lockdown, recorded: outcome.recorded };
  throw new Problem(
    504,
    "interlock-silent",
    `${order}, but the interlock has not confirmed it; it will be carried out as soon as it answers.`,
    { recorded: outcome.recorded },
  );
}

function overrideAnswer(
  reply: FastifyReply,
  doors: (typeof overriddenDoors)[number],
  outcome: OverrideOutcome,
) {
  switch (outcome.is) {
    case "proposed": {
      const { until, recorded } = outcome;
      return reply.code(202).send({ proposed: doors, until: new Date(until).toISOString(), recorded });
    }
    case "overridden": {
      const { until, operators, recorded } = outcome;
      return reply.send({ overridden: doors, until: new Date(until).toISOString(), operators, recorded });
    }
    case "refused":
      throw overrideRefusal(outcome.reason);
    case "unanswered":
      throw unanswered();
  }
}

function overrideRefusal(reason: OverrideRefusal): Problem {
  switch (reason) {
    case "samePerson":
      return new Problem(
        409,
        "same-person",
        "You have proposed this override yourself: a second operator has to ask for the same doors.",
        { reason },
      );
    case "lockdown":
      return new Problem(409, "locked-down", "Lockdown stands above an override: lift it first.", { reason });
    case "stale":
    case "controllerLost":
      return new Problem(
        503,
        "interlock-silent",
        "The interlock was out of touch when this reached it; nothing was released.",
        { reason, retryAfterSeconds: 1 },
      );
  }
}

function resetAnswer(outcome: ResetOutcome) {
  switch (outcome.is) {
    case "reset":
      return { reset: true, recorded: outcome.recorded } as const;
    case "refused":
      throw resetRefusal(outcome.reason);
    case "unanswered":
      throw unanswered();
  }
}

function resetRefusal(reason: ResetRefusal): Problem {
  switch (reason) {
    case "stillActive":
      return new Problem(
        409,
        "emergency-active",
        "The fire input still says fire: reset the fire panel or the break-glass first.",
        { reason },
      );
    case "notActive":
      return new Problem(409, "no-emergency", "There is no emergency to reset.", { reason });
  }
}

const unanswered = (): Problem =>
  new Problem(
    504,
    "interlock-silent",
    "The interlock has not answered; whether it did anything is to be seen in the state.",
    { retryAfterSeconds: 1 },
  );
