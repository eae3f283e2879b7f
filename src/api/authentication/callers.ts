import type { FastifyRequest } from "fastify";
import { type Right, rightsOf } from "../../domain/operator/rights.ts";
import type { Operator } from "../../ports/operators.ts";
import type { WatchScreen } from "../../ports/watch-screens.ts";
import type { ApiContext } from "../api-options.ts";
import { isAtTheBox } from "../own-addresses.ts";
import { Problem } from "../problem.ts";
import { hasPasskey, hasSecondFactor } from "./second-factor.ts";
import { type ActiveSession, sameToken } from "./sessions.ts";

/** Who a request comes from: an operator's session, a program with a token, or a screen that watches. */
export interface Caller {
  /** As records name them: the operator, `token:NAME` or `screen:NAME`. */
  readonly name: string;
  /** The person behind: of a token, who made it; of a screen nobody. */
  readonly person: string;
  readonly rights: ReadonlySet<Right>;
  /** Null for a token and a screen. */
  readonly session: ActiveSession | null;
  /** Null for whoever is none. */
  readonly screen: WatchScreen | null;
  /** What the operator has to do before anything else. */
  readonly pending: "password" | "secondFactor" | null;
  /** Whether duress is shown to them here (A5). */
  readonly seesDuress: boolean;
  /** Asked while an answer goes on: whether they may still have it. Asking prolongs nothing. */
  readonly mayContinue: () => boolean;
}

const csrfHeader = "x-vestibule-csrf";
const bearer = /^Bearer (\S+)$/i;

export const cookieName = (tls: boolean): string => (tls ? "__Host-vestibule_session" : "vestibule_session");

export function presentedSession(request: FastifyRequest, context: ApiContext): ActiveSession | undefined {
  const id = request.cookies[cookieName(context.config.tls !== undefined)];
  if (id === undefined) return undefined;
  return watches(request) ? context.sessions.look(id) : context.sessions.use(id);
}

/**
 * What a page left open asks by itself does not say that somebody is there: routes that are asked so always, and any
 * reading that the page marks as its own doing. The mark can only let a session grow older.
 */
const watches = ({ method, headers, routeOptions }: FastifyRequest): boolean =>
  routeOptions.config.watches === true || (method === "GET" && headers["x-vestibule-watching"] === "1");

/** Throws the Problem of a request that comes from nobody. A token goes before a cookie. */
export function callerOf(request: FastifyRequest, context: ApiContext): Caller {
  const { authorization } = request.headers;
  return authorization === undefined
    ? personOf(request, context)
    : programOf(bearer.exec(authorization)?.[1] ?? "", context);
}

function programOf(secret: string, { tokens }: ApiContext): Caller {
  const token = tokens.use(secret);
  if (token === undefined) {
    throw new Problem(401, "authentication-required", "This token is none, or has expired or been revoked.");
  }
  const rights = new Set(tokens.rightsOf(token));
  return {
    name: `token:${token.name}`,
    person: token.maker,
    rights,
    session: null,
    screen: null,
    pending: null,
    // The security centre's program, wherever it runs: nobody reads over its shoulder.
    seesDuress: rights.has("seeDuress"),
    mayContinue: () => tokens.isInForce(token),
  };
}

function personOf(request: FastifyRequest, context: ApiContext): Caller {
  const session = presentedSession(request, context);
  const operator = session === undefined ? undefined : context.operators.find(session.username);
  if (session === undefined || operator === undefined || operator.disabled) {
    throw new Problem(
      401,
      "authentication-required",
      "There is no session, or it has ended: POST /api/v1/session.",
    );
  }
  requireOwnToken(request, session);
  const rights = new Set(rightsOf(operator.role));
  const { localConsoleSeesDuress } = context.settings;
  return {
    name: session.username,
    person: session.username,
    rights,
    session,
    screen: null,
    pending: pendingOf(operator, context),
    seesDuress: rights.has("seeDuress") && (localConsoleSeesDuress || !isAtTheBox(request.ip)),
    mayContinue: () => context.sessions.isValid(session.idHash),
  };
}

export function pendingOf(operator: Operator, context: ApiContext): Caller["pending"] {
  const { username, role, mustChangePassword } = operator;
  if (mustChangePassword) return "password";
  if (!context.settings.secondFactor.has(role)) return null;
  return hasSecondFactor(context, username) || hasPasskey(context, username) ? null : "secondFactor";
}

function requireOwnToken(request: FastifyRequest, session: ActiveSession): void {
  const token = request.headers[csrfHeader];
  if (token !== undefined && !(typeof token === "string" && sameToken(token, session.csrfToken))) {
    throw new Problem(
      403,
      "wrong-csrf-token",
      "X-Vestibule-CSRF is not this session's: GET /api/v1/session has it.",
    );
  }
}
