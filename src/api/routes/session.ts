import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { roles } from "../../domain/operator/rights.ts";
import type { Operator } from "../../ports/operators.ts";
import { operatorOf, presentedSession, sessionOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { cookieName } from "../authentication/callers.ts";
import { TooManyChecks } from "../authentication/password-checks.ts";
import { passwordFault } from "../authentication/password-rules.ts";
import type { ActiveSession } from "../authentication/sessions.ts";
import { problems } from "../field-schemas.ts";
import { Problem } from "../problem.ts";

const tags = ["session"];

// Bounds only: what a password must be is said where one is chosen.
const password = z.string().min(1).max(256);

const sessionSchema = z
  .object({
    username: z.string(),
    role: z.enum(roles),
    mustChangePassword: z.boolean(),
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
        summary: "Log in",
        description: "Sets the session cookie. Repeated failures are slowed down: 429 with Retry-After.",
        tags,
        security: [],
        body: z
          .strictObject({ username: z.string().min(1).max(64), password })
          .meta({ examples: [{ username: "admin", password: "correct horse battery" }] }),
        response: { 200: sessionSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { username, password: given } = request.body;
        const operator = await checkedOperator(context, request, username, given);
        await context.services.record("OperatorLoggedIn", {
          operator: operator.username,
          address: request.ip,
        });
        // What the browser held before is not continued: a session planted there gains nothing (T3).
        const former = presentedSession(request, context);
        if (former !== undefined) context.sessions.revoke(former.idHash);
        return openSession(context, reply, operator, request.ip);
      },
    });

    app.route({
      method: "GET",
      url: "/session",
      config: { access: "pending" },
      schema: { summary: "Who is logged in", tags, response: { 200: sessionSchema, ...problems } },
      handler: (request) => sessionView(sessionOf(request), existing(context, operatorOf(request))),
    });

    app.route({
      method: "DELETE",
      url: "/session",
      config: { access: "pending" },
      schema: {
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
        return openSession(context, reply, existing(context, username), request.ip);
      },
    });
  };
}

/** The operator of that name, once the password is found right. Every other way out takes as long. */
async function checkedOperator(
  context: ApiContext,
  request: FastifyRequest,
  username: string,
  password: string,
): Promise<Operator> {
  const { throttle, operators, passwords } = context;
  const address = request.ip;
  const wait = throttle.waitFor(username, address);
  if (wait > 0) {
    if (throttle.noteRefusal(username, address)) await recordFailure(context, username, address, "lockedOut");
    throw tooMany(wait / 1000);
  }
  throttle.began(username, address);
  const found = operators.find(username);
  const right = await checking(() => passwords.verify(password, found?.passwordHash)).catch(
    (error: unknown) => {
      throttle.abandoned(username, address);
      throw error;
    },
  );
  if (!right || found === undefined) {
    await recordFailure(context, username, address, "wrongPassword");
    throw new Problem(401, "login-failed", "The user name or the password is wrong.");
  }
  throttle.succeeded(username, address);
  return found;
}

/** A name nobody has is not recorded: people type passwords into the wrong field. */
function recordFailure(
  context: ApiContext,
  username: string,
  address: string,
  reason: string,
): Promise<void> {
  const operator = context.operators.find(username)?.username ?? null;
  return context.services.record("OperatorLoginFailed", { operator, address, reason });
}

async function checking<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    throw error instanceof TooManyChecks ? tooMany(1) : error;
  }
}

const tooMany = (seconds: number): Problem =>
  new Problem(429, "too-many-attempts", `Try again in ${Math.ceil(seconds)} s.`, {
    retryAfterSeconds: seconds,
  });

function openSession(context: ApiContext, reply: FastifyReply, operator: Operator, address: string) {
  const { id, session } = context.sessions.open(operator.username, address);
  reply.setCookie(cookieName(isTls(context)), id, cookieOptions(context));
  return sessionView(session, operator);
}

const sessionView = (session: ActiveSession, operator: Operator) => ({
  username: operator.username,
  role: operator.role,
  mustChangePassword: operator.mustChangePassword,
  csrfToken: session.csrfToken,
});

function existing(context: ApiContext, username: string): Operator {
  const operator = context.operators.find(username);
  if (operator === undefined) throw new Problem(401, "authentication-required", "This operator is no more.");
  return operator;
}

const isTls = (context: ApiContext): boolean => context.config.tls !== undefined;

const cookieOptions = (context: ApiContext) =>
  ({ httpOnly: true, sameSite: "strict", path: "/", secure: isTls(context) }) as const;
