import { type Role, roles } from "../../domain/operator/rights.ts";
import { isObject, keepCsrfToken, request } from "./http.ts";

export interface Session {
  readonly username: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
  /** The role signs in with a second factor, and there is none yet. */
  readonly mustSetUpSecondFactor: boolean;
}

const path = "/api/v1/session";

/** Who is signed in here; throws ApiError 401 where nobody is. */
export async function currentSession(): Promise<Session> {
  return toSession(await request("GET", path));
}

export async function signIn(username: string, password: string, code: string): Promise<Session> {
  return toSession(await request("POST", path, { username, password, ...(code === "" ? {} : { code }) }));
}

export async function signOut(): Promise<void> {
  await request("DELETE", path);
  keepCsrfToken(null);
}

/** The session's id changes with the password, and the token with it. */
export async function changePassword(current: string, next: string): Promise<Session> {
  return toSession(await request("POST", `${path}/password`, { current, next }));
}

export interface NewSecret {
  readonly secret: string;
  /** SVG of the QR picture. */
  readonly picture: string;
}

/** An authenticator app for one's own account; in force after `confirmSecondFactor`. */
export async function beginSecondFactor(password: string): Promise<NewSecret> {
  return (await request("POST", `${path}/second-factor`, { password })) as NewSecret;
}

export async function confirmSecondFactor(
  code: string,
): Promise<{ readonly session: Session; readonly recoveryCodes: readonly string[] }> {
  const answer = await request("POST", `${path}/second-factor/confirm`, { code });
  const codes = isObject(answer) && Array.isArray(answer["recoveryCodes"]) ? answer["recoveryCodes"] : [];
  return { session: toSession(answer), recoveryCodes: codes.filter((one) => typeof one === "string") };
}

function toSession(answer: unknown): Session {
  const fields = isObject(answer) ? answer : {};
  if (typeof fields["csrfToken"] === "string") keepCsrfToken(fields["csrfToken"]);
  return {
    username: typeof fields["username"] === "string" ? fields["username"] : "",
    role: roles.find((role) => role === fields["role"]) ?? "installer",
    mustChangePassword: fields["mustChangePassword"] === true,
    mustSetUpSecondFactor: fields["mustSetUpSecondFactor"] === true,
  };
}
