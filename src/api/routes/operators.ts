import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { roles } from "../../domain/operator/rights.ts";
import type { Operator } from "../../ports/operators.ts";
import type { ApiContext } from "../api-options.ts";
import { hasSecondFactor } from "../authentication/second-factor.ts";
import { problems } from "../field-schemas.ts";
import { approvalSchema } from "../four-eyes.ts";
import { type AccountAnswer, OperatorAccounts } from "../operator-accounts.ts";

const tags = ["operators"];

/** Lower case only: `Li` and `li` must not be two operators for an override. */
const username = z
  .string()
  .regex(/^[a-z][a-z0-9._-]{1,31}$/, "2 to 32 lower-case letters, digits, dots, hyphens or underscores");
const params = z.strictObject({ username });

const wanted = {
  role: z.enum(roles).optional().describe("Required for a new account"),
  disabled: z.boolean().optional(),
};

const operatorSchema = z.object({
  username: z.string(),
  role: z.enum(roles),
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  secondFactor: z.boolean().describe("An authenticator app or a passkey is set up"),
  createdAt: z.string(),
});

const answerSchema = z
  .object({
    username: z.string(),
    is: z.enum(["added", "changed", "unchanged", "removed", "reset", "waiting"]),
    oneTimePassword: z
      .string()
      .optional()
      .describe("Shown once; while it waits only the first half, whoever confirms is told the second"),
    approval: approvalSchema.optional(),
  })
  .meta({ examples: [{ username: "li.na", is: "added", oneTimePassword: "ABCDE-FGHJK-MNPQR-TWXY3" }] });

const fourEyes = "202: it waits for a second operator, where four-eyes is in force.";

/** Who works here, and as what. */
export function operatorRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const accounts = new OperatorAccounts(context);
  const view = ({ createdAt, ...operator }: Operator) => ({
    ...operator,
    secondFactor:
      hasSecondFactor(context, operator.username) ||
      context.operators.passkeys.of(operator.username).length > 0,
    createdAt: new Date(createdAt).toISOString(),
  });
  return async (app) => {
    app.route({
      method: "GET",
      url: "/operators",
      config: { access: "seeOperators" },
      schema: {
        operationId: "listOperators",
        summary: "The operators' accounts",
        tags,
        response: {
          200: z.object({ operators: z.array(operatorSchema) }).meta({ examples: [{ operators: [] }] }),
          ...problems,
        },
      },
      handler: () => ({ operators: context.operators.list().map(view) }),
    });

    app.route({
      method: "PUT",
      url: "/operators",
      config: { access: "manageOperators" },
      schema: {
        operationId: "putOperators",
        summary: "Add or change accounts, one after the other",
        description:
          "Accounts that are not named stay as they are. The first that is refused ends it; those before it stand.",
        tags,
        body: z
          .strictObject({ operators: z.array(z.strictObject({ username, ...wanted })).max(50) })
          .meta({ examples: [{ operators: [{ username: "li.na", role: "auditor" }] }] }),
        response: {
          200: z.object({ operators: z.array(answerSchema) }).meta({ examples: [{ operators: [] }] }),
          ...problems,
        },
      },
      handler: async (request) => {
        const answers: AccountAnswer[] = [];
        for (const account of request.body.operators) answers.push(await accounts.put(request, account));
        return { operators: answers };
      },
    });

    app.route({
      method: "PUT",
      url: "/operators/:username",
      config: { access: "manageOperators" },
      schema: {
        operationId: "putOperator",
        summary: "Add an account, or change its role or whether it may log in",
        description: `A new account gets a one-time password, shown once. A change ends its sessions. ${fourEyes}`,
        tags,
        params,
        body: z.strictObject(wanted).meta({ examples: [{ role: "securityOfficer" }] }),
        response: { 200: answerSchema, 202: answerSchema, ...problems },
      },
      handler: async (request, reply) =>
        answered(reply, await accounts.put(request, { ...request.params, ...request.body })),
    });

    app.route({
      method: "DELETE",
      url: "/operators/:username",
      config: { access: "manageOperators" },
      schema: {
        operationId: "removeOperator",
        summary: "Remove an account with its sessions, second factor and tokens",
        description: `Its name in the record stays. Disabling keeps the name taken, which is clearer. ${fourEyes}`,
        tags,
        params,
        response: { 200: answerSchema, 202: answerSchema, ...problems },
      },
      handler: async (request, reply) =>
        answered(reply, await accounts.remove(request, request.params.username)),
    });

    app.route({
      method: "POST",
      url: "/operators/:username/reset-password",
      config: { access: "manageOperators" },
      schema: {
        operationId: "resetPassword",
        summary: "Give an operator a one-time password",
        description: `Ends the operator's sessions. ${fourEyes}`,
        tags,
        params,
        response: { 200: answerSchema, 202: answerSchema, ...problems },
      },
      handler: async (request, reply) =>
        answered(reply, await accounts.resetPassword(request, request.params.username)),
    });

    app.route({
      method: "DELETE",
      url: "/operators/:username/second-factor",
      config: { access: "manageOperators" },
      schema: {
        operationId: "removeSecondFactorOf",
        summary: "Remove the second factor of an operator who has lost it",
        description: `Ends the operator's sessions. ${fourEyes}`,
        tags,
        params,
        response: { 200: answerSchema, 202: answerSchema, ...problems },
      },
      handler: async (request, reply) =>
        answered(reply, await accounts.removeSecondFactor(request, request.params.username)),
    });
  };
}

function answered(reply: FastifyReply, answer: AccountAnswer) {
  return reply.code(answer.is === "waiting" ? 202 : 200).send(answer);
}
