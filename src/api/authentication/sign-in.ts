import type { FastifyReply, FastifyRequest } from "fastify";
import type { Operator } from "../../ports/operators.ts";
import type { ApiContext } from "../api-options.ts";
import { Problem } from "../problem.ts";
import { cookieName, pendingOf, presentedSession } from "./callers.ts";
import { TooManyChecks } from "./password-checks.ts";
import { hasPasskey, hasSecondFactor, takeCode } from "./second-factor.ts";
import type { ActiveSession } from "./sessions.ts";

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Of the authenticator app, or a recovery code. */
  readonly code?: string | undefined;
}

/** The operator of that name, once all they prove themselves with is found right. Every other way out takes as long. */
export async function signedInOperator(
  context: ApiContext,
  request: FastifyRequest,
  { username, password, code }: Credentials,
): Promise<Operator> {
  const operator = await checkedOperator(context, request, username, password, (found) => {
    if (!hasSecondFactor(context, found.username)) return needsPasskey(context, found) ? "passkey" : "right";
    if (code === undefined) return "missing";
    return takeCode(context, found.username, code);
  });
  return operator;
}

/** The role cannot do without a second factor, and the passkey is the one there is: the password alone is none. */
const needsPasskey = (context: ApiContext, { username, role }: Operator): boolean =>
  context.settings.secondFactor.has(role) && hasPasskey(context, username);

type CodeVerdict = "right" | "recovery" | "wrong" | "missing" | "passkey";

/** `checkCode` is asked once the password is right. */
export async function checkedOperator(
  context: ApiContext,
  request: FastifyRequest,
  username: string,
  password: string,
  checkCode: (operator: Operator) => CodeVerdict = () => "right",
): Promise<Operator> {
  const { throttle, operators, passwords } = context;
  const address = request.ip;
  await requireNoWait(context, username, address);
  const justLocked = throttle.began(username, address);
  const found = operators.find(username);
  const right = await checking(() => passwords.verify(password, found?.passwordHash)).catch(
    (error: unknown) => {
      throttle.abandoned(username, address);
      throw error;
    },
  );
  const failed = async (reason: string): Promise<Problem> => {
    await recordFailure(context, username, address, reason);
    if (justLocked && found !== undefined)
      await context.services.record("OperatorLockedOut", { operator: found.username, address });
    return new Problem(401, "login-failed", "The user name or the password is wrong.");
  };
  if (!right || found === undefined) throw await failed("wrongPassword");
  if (found.disabled) throw await failed("disabled");
  const verdict = checkCode(found);
  if (verdict === "wrong") {
    await failed("wrongCode");
    throw new Problem(401, "second-factor-wrong", "This code is wrong, or was used already: take the next.");
  }
  if (verdict === "missing" || verdict === "passkey") {
    throttle.abandoned(username, address); // neither a failure nor a success: nothing was guessed
    throw verdict === "missing"
      ? new Problem(401, "second-factor-required", "This account signs in with a code as well.")
      : new Problem(401, "passkey-required", "This account signs in with its passkey.");
  }
  throttle.succeeded(username, address);
  if (verdict === "recovery") await context.services.record("RecoveryCodeUsed", { operator: found.username });
  return found;
}

export async function requireNoWait(context: ApiContext, username: string, address: string): Promise<void> {
  const { throttle } = context;
  const wait = throttle.waitFor(username, address);
  if (wait <= 0) return;
  if (throttle.noteRefusal(username, address)) await recordFailure(context, username, address, "lockedOut");
  throw tooMany(wait / 1000);
}

/** A name nobody has is not recorded: people type passwords into the wrong field. */
export function recordFailure(
  context: ApiContext,
  username: string,
  address: string,
  reason: string,
): Promise<void> {
  const operator = context.operators.find(username)?.username ?? null;
  return context.services.record("OperatorLoginFailed", { operator, address, reason });
}

export async function checking<T>(check: () => Promise<T>): Promise<T> {
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

/** Opens a session in place of whatever the browser held before: one planted there gains nothing (T3). */
export async function logIn(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  operator: Operator,
) {
  await context.services.record("OperatorLoggedIn", { operator: operator.username, address: request.ip });
  const former = presentedSession(request, context);
  if (former !== undefined) context.sessions.revoke(former.idHash);
  return openSession(context, request, reply, operator);
}

export function openSession(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  operator: Operator,
) {
  const { id, session } = context.sessions.open(operator.username, request.ip);
  reply.setCookie(cookieName(isTls(context)), id, cookieOptions(context));
  return sessionView(context, session, operator);
}

export const sessionView = (context: ApiContext, session: ActiveSession, operator: Operator) => ({
  username: operator.username,
  role: operator.role,
  mustChangePassword: operator.mustChangePassword,
  csrfToken: session.csrfToken,
  ...(pendingOf(operator, context) === "secondFactor" ? { mustSetUpSecondFactor: true } : {}),
});

export function existing(context: ApiContext, username: string): Operator {
  const operator = context.operators.find(username);
  if (operator === undefined) throw new Problem(401, "authentication-required", "This operator is no more.");
  return operator;
}

export const isTls = (context: ApiContext): boolean => context.config.tls !== undefined;

export const cookieOptions = (context: ApiContext) =>
  ({ httpOnly: true, sameSite: "strict", path: "/", secure: isTls(context) }) as const;
