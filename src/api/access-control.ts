import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ApiContext } from "./api-options.ts";
import { type ActiveSession, sameToken } from "./authentication/sessions.ts";
import { originFault } from "./origin.ts";
import { Problem } from "./problem.ts";

/**
 * Who may call a route. `operator` is what a route gets that says nothing: a session whose password is
 * the operator's own. `pending` also takes a session whose one-time password has still to be changed.
 */
export type RouteAccess = "public" | "pending" | "operator";

declare module "fastify" {
  interface FastifyContextConfig {
    readonly access?: RouteAccess;
  }
  interface FastifyRequest {
    activeSession: ActiveSession | null;
  }
}

const csrfHeader = "x-vestibule-csrf";

export const cookieName = (tls: boolean): string => (tls ? "__Host-vestibule_session" : "vestibule_session");

/** Every request under `/api/v1` passes here before its body is read. */
export function controlAccess(app: FastifyInstance, context: ApiContext): void {
  app.decorateRequest("activeSession", null);
  app.addHook("onRequest", async (request) => {
    const fault = originFault(request, context.config);
    if (fault !== undefined) throw fault;
    const access = request.routeOptions.config.access ?? "operator";
    if (access === "public") return;
    request.activeSession = authenticated(request, context, access);
  });
}

function authenticated(request: FastifyRequest, context: ApiContext, access: RouteAccess): ActiveSession {
  const session = presentedSession(request, context);
  const operator = session === undefined ? undefined : context.operators.find(session.username);
  if (session === undefined || operator === undefined) {
    throw new Problem(
      401,
      "authentication-required",
      "There is no session, or it has ended: POST /api/v1/session.",
    );
  }
  if (operator.mustChangePassword && access !== "pending") {
    throw new Problem(
      403,
      "password-change-required",
      "This password was for one time only: POST /api/v1/session/password first.",
    );
  }
  const token = request.headers[csrfHeader];
  if (token !== undefined && !(typeof token === "string" && sameToken(token, session.csrfToken))) {
    throw new Problem(
      403,
      "wrong-csrf-token",
      "X-Vestibule-CSRF is not this session's: GET /api/v1/session has it.",
    );
  }
  return session;
}

export function presentedSession(request: FastifyRequest, context: ApiContext): ActiveSession | undefined {
  const id = request.cookies[cookieName(context.config.tls !== undefined)];
  return id === undefined ? undefined : context.sessions.use(id);
}

/** The session of a route that is not public: access control has seen to it. */
export function sessionOf(request: FastifyRequest): ActiveSession {
  if (request.activeSession === null) throw new Error(`route ${request.url} runs without a session`);
  return request.activeSession;
}

export const operatorOf = (request: FastifyRequest): string => sessionOf(request).username;
