import { isObject, keepCsrfToken, request } from "./http.ts";

export interface Session {
  readonly username: string;
  readonly mustChangePassword: boolean;
}

const path = "/api/v1/session";

/** Who is signed in here; throws ApiError 401 where nobody is. */
export async function currentSession(): Promise<Session> {
  return toSession(await request("GET", path));
}

export async function signIn(username: string, password: string): Promise<Session> {
  return toSession(await request("POST", path, { username, password }));
}

export async function signOut(): Promise<void> {
  await request("DELETE", path);
  keepCsrfToken(null);
}

/** The session's id changes with the password, and the token with it. */
export async function changePassword(current: string, next: string): Promise<Session> {
  return toSession(await request("POST", `${path}/password`, { current, next }));
}

function toSession(answer: unknown): Session {
  const fields = isObject(answer) ? answer : {};
  if (typeof fields["csrfToken"] === "string") keepCsrfToken(fields["csrfToken"]);
  return {
    username: typeof fields["username"] === "string" ? fields["username"] : "",
    mustChangePassword: fields["mustChangePassword"] === true,
  };
}
