import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { renderSVG } from "uqr";
import { z } from "zod";
import { sessionOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { confirmSecret, hasSecondFactor, newSecret } from "../authentication/second-factor.ts";
import {
  checkedOperator,
  existing,
  openSession,
  recordFailure,
  requireNoWait,
  signedInOperator,
} from "../authentication/sign-in.ts";
import { problems } from "../field-schemas.ts";
import { Problem } from "../problem.ts";
import { password, secondFactorCode, sessionSchema } from "./session.ts";

const tags = ["session"];
const url = "/session/second-factor";

const statusSchema = z
  .object({
    setUp: z.boolean(),
    required: z.boolean().describe("Whether the role signs in with a second factor"),
    recoveryCodesLeft: z.int(),
  })
  .meta({ examples: [{ setUp: true, required: true, recoveryCodesLeft: 10 }] });

const secretSchema = z
  .object({
    secret: z.string().describe("To be typed where the picture cannot be read"),
    uri: z.string(),
    picture: z.string().describe("The address as a QR picture, SVG"),
  })
  .meta({
    examples: [
      { secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/Vestibule:demo%20admin?…", picture: "<svg …>" },
    ],
  });

const confirmedSchema = sessionSchema
  .extend({ recoveryCodes: z.array(z.string()).describe("Shown once; each is good for one sign-in") })
  .meta({
    examples: [
      {
        username: "admin",
        role: "administrator",
        mustChangePassword: false,
        csrfToken: "q83v…",
        recoveryCodes: ["ABCD-EFGH-JKMN-PQRT"],
      },
    ],
  });

/** The own second factor: an authenticator app (RFC 6238), and codes on paper for the day it is lost. */
export function secondFactorRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { operators, services } = context;
  return async (app) => {
    app.route({
      method: "GET",
      url,
      config: { access: "pending" },
      schema: {
        operationId: "getSecondFactor",
        summary: "The own second factor",
        tags,
        response: { 200: statusSchema, ...problems },
      },
      handler: (request) => {
        const { username } = sessionOf(request);
        return {
          setUp: hasSecondFactor(context, username),
          required: context.settings.secondFactor.has(existing(context, username).role),
          recoveryCodesLeft: operators.secondFactors.recoveryCodesLeft(username),
        };
      },
    });

    app.route({
      method: "POST",
      url,
      config: { access: "pending" },
      schema: {
        operationId: "beginSecondFactor",
        summary: "Begin to set up an authenticator app",
        description:
          "The secret is shown once, and not in force before POST …/confirm. 409 where one is set up.",
        tags,
        body: z.strictObject({ password }).meta({ examples: [{ password: "correct horse battery" }] }),
        response: { 200: secretSchema, ...problems },
      },
      handler: async (request) => {
        const { username } = sessionOf(request);
        requireOwnPassword(context, username);
        await checkedOperator(context, request, username, request.body.password);
        if (hasSecondFactor(context, username))
          throw new Problem(409, "second-factor-set-up", "There is one already: remove it first.");
        const { secret, uri } = newSecret(context, username, services.state().site.id);
        return { secret, uri, picture: renderSVG(uri) };
      },
    });

    app.route({
      method: "POST",
      url: `${url}/confirm`,
      config: { access: "pending" },
      schema: {
        operationId: "confirmSecondFactor",
        summary: "Put the authenticator app in force with its first code",
        description: "Ends every session of this operator and opens a new one.",
        tags,
        body: z.strictObject({ code: secondFactorCode }).meta({ examples: [{ code: "123456" }] }),
        response: { 200: confirmedSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { username } = sessionOf(request);
        requireOwnPassword(context, username);
        if (hasSecondFactor(context, username) || operators.secondFactors.get(username) === undefined)
          throw new Problem(409, "no-second-factor-begun", `Begin with POST /api/v1${url}.`);
        await requireNoWait(context, username, request.ip);
        context.throttle.began(username, request.ip);
        const recoveryCodes = confirmSecret(context, username, request.body.code);
        if (recoveryCodes === undefined) {
          await recordFailure(context, username, request.ip, "wrongCode");
          throw new Problem(422, "second-factor-wrong", "This code is wrong: is the phone's clock right?");
        }
        context.throttle.succeeded(username, request.ip);
        await services.record("SecondFactorSetUp", { operator: username });
        context.sessions.revokeAllOf(username);
        return {
          ...openSession(context, request, reply, existing(context, username)),
          recoveryCodes: [...recoveryCodes],
        };
      },
    });

    app.route({
      method: "DELETE",
      url,
      config: { access: "operator" },
      schema: {
        operationId: "removeSecondFactor",
        summary: "Remove the own second factor",
        tags,
        body: z
          .strictObject({ password, code: secondFactorCode })
          .meta({ examples: [{ password: "correct horse battery", code: "123456" }] }),
        response: { 204: z.undefined().describe("Removed"), ...problems },
      },
      handler: async (request, reply) => {
        const { username } = sessionOf(request);
        if (!hasSecondFactor(context, username))
          throw new Problem(409, "no-second-factor", "There is none to remove.");
        await signedInOperator(context, request, { username, ...request.body });
        await services.record("SecondFactorRemoved", { operator: username, username });
        operators.secondFactors.remove(username);
        return reply.code(204).send();
      },
    });
  };
}

/** Whoever was given a one-time password chooses their own first: who gave it knows it. */
function requireOwnPassword(context: ApiContext, username: string): void {
  if (!existing(context, username).mustChangePassword) return;
  throw new Problem(403, "password-change-required", "Change the one-time password first.");
}
