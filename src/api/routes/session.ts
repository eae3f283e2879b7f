import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { roles } from "../../domain/operator/rights.ts";
import { operatorOf, sessionOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { cookieName } from "../authentication/callers.ts";
import { passwordFault } from "../authentication/password-rules.ts";
import {
  checkedOperator,
  checking,
  cookieOptions,
  existing,
  isTls,
  logIn,
  openSession,
  sessionView,
  signedInOperator,
} from "../authentication/sign-in.ts";
import { paragraph, problems } from "../field-schemas.ts";
import { Problem } from "../problem.ts";

const tags = ["session"];

// Bounds only: what a password must be is said where one is chosen.
export const password = z.string().min(1).max(256);
export const secondFactorCode = z.string().min(1).max(64);

const credentials = {
  username: z.string().min(1).max(64),
  password,
  code: secondFactorCode.optional().describe("Of the authenticator app, or a recovery code"),
};

export const sessionSchema = z
  .object({
    username: z.string(),
    role: z.enum(roles),
    mustChangePassword: z.boolean(),
    mustSetUpSecondFactor: z.boolean().optional(),
    csrfToken: z.string(),
  })
  .meta({
    description: "`csrfToken` may be sent back as `X-Vestibule-CSRF`",
    examples: [{ username: "admin", role: "administrator", mustChangePassword: false, csrfToken: "q83v…" }],
  });

export function sessionRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "POST",
      url: "/session",
      config: { access: "public" },
      schema: {
        operationId: "logIn",
        summary: "Log in",
        description:
          "Sets the session cookie. Repeated failures are slowed down: 429 with Retry-After. 401 `second-factor-required`: the password is right, send it again with `code`.",
        tags,
        security: [],
        body: z
          .strictObject(credentials)
          .meta({ examples: [{ username: "admin", password: "correct horse battery" }] }),
        response: { 200: sessionSchema, ...problems },
      },
      handler: async (request, reply) =>
        await logIn(context, request, reply, await signedInOperator(context, request, request.body)),
    });

    app.route({
      method: "GET",
      url: "/session",
      config: { access: "pending" },
      schema: {
        operationId: "getSession",
        summary: "Who is logged in",
        tags,
        response: { 200: sessionSchema, ...problems },
      },
      handler: (request) => sessionView(context, sessionOf(request), existing(context, operatorOf(request))),
    });

    app.route({
      method: "DELETE",
      url: "/session",
      config: { access: "pending" },
      schema: {
        operationId: "logOut",
        summary: "Log out",
        tags,
        response: { 204: z.undefined().describe("Logged out"), ...problems },
      },
      handler: async (request, reply) => {
        const { idHash, username } = sessionOf(request);
        context.sessions.revoke(idHash);
        reply.clearCookie(cookieName(isTls(context)), cookieOptions(context));
        await context.services.record("OperatorLoggedOut", { operator: username });
        return reply.code(204).send();
      },
    });

    app.route({
      method: "POST",
      url: "/session/password",
      config: { access: "pending" },
      schema: {
        operationId: "changePassword",
        summary: "Change the own password",
        description: "Ends every session of this operator and opens a new one.",
        tags,
        body: z
          .strictObject({ current: password, next: password })
          .meta({ examples: [{ current: "ABCDE-FGHJK-MNPQR-TWXY3", next: "correct horse battery" }] }),
        response: { 200: sessionSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { current, next } = request.body;
        const username = operatorOf(request);
        await checkedOperator(context, request, username, current);
        const fault = next === current ? "The new password is the old one." : passwordFault(next, username);
        if (fault !== undefined) throw new Problem(422, "password-refused", fault);
        const hash = await checking(() => context.passwords.hash(next));
        await context.services.record("PasswordChanged", { operator: username });
        context.operators.setPassword(username, hash, false);
        context.sessions.revokeAllOf(username);
        return openSession(context, request, reply, existing(context, username));
      },
    });

    app.route({
      method: "POST",
      url: "/session/handover",
      config: { access: "operator" },
      schema: {
        operationId: "handOver",
        summary: "Hand the shift over to the operator who comes in",
        description:
          "The incoming operator proves who they are at the same place; the outgoing one's session ends. Recorded with how many alarms were open.",
        tags,
        body: z.strictObject({ ...credentials, note: paragraph(1000).default("") }).meta({
          examples: [
            { username: "wang.wei", password: "correct horse battery", note: "Courier at 16:00 expected." },
          ],
        }),
        response: { 200: sessionSchema, ...problems },
      },
      handler: async (request, reply) => {
        const outgoing = sessionOf(request);
        if (request.body.username === outgoing.username)
          throw new Problem(
            409,
            "same-person",
            "This shift is yours already: another operator takes it over.",
          );
        const incoming = await signedInOperator(context, request, request.body);
        await context.services.record("ShiftHandedOver", {
          operator: outgoing.username,
          incoming: incoming.username,
          // Duress is not counted: the record is read at the box as well (A5).
          openAlarms: context.services.alarms().filter(({ type }) => type !== "Duress").length,
          note: request.body.note,
        });
        context.sessions.revoke(outgoing.idHash);
        return openSession(context, request, reply, incoming);
      },
    });
  };
}
