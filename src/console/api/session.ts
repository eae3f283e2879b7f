import type { Role } from "../../domain/operator/rights.ts";
import * as client from "./client.ts";
import { keepCsrfToken } from "./http.ts";

export interface Session {
  readonly username: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
  /** The role signs in with a second factor, and there is none yet. */
  readonly mustSetUpSecondFactor: boolean;
}

export type NewSecret = client.BeginSecondFactorData;

/** Who is signed in here; throws ApiError 401 where nobody is. */
export async function currentSession(): Promise<Session> {
  return begun(await client.getSession());
}

export async function signIn(username: string, password: string, code: string): Promise<Session> {
  return begun(await client.logIn({ username, password, ...given(code) }));
}

export async function signOut(): Promise<void> {
  await client.logOut();
  keepCsrfToken(null);
}

/** The session's id changes with the password, and the token with it. */
export async function changePassword(current: string, next: string): Promise<Session> {
  return begun(await client.changePassword({ current, next }));
}

/** The outgoing operator's session ends; this is the incoming one's. */
export async function handOver(incoming: {
  readonly username: string;
  readonly password: string;
  readonly code: string;
  readonly note: string;
}): Promise<Session> {
  const { code, ...rest } = incoming;
  return begun(await client.handOver({ ...rest, ...given(code) }));
}

/** An authenticator app for one's own account; in force after `confirmSecondFactor`. */
export async function beginSecondFactor(password: string): Promise<NewSecret> {
  return await client.beginSecondFactor({ password });
}

export async function confirmSecondFactor(
  code: string,
): Promise<{ readonly session: Session; readonly recoveryCodes: readonly string[] }> {
  const answer = await client.confirmSecondFactor({ code });
  return { session: begun(answer), recoveryCodes: answer.recoveryCodes };
}

/** Asks the browser's authenticator and registers what it makes. */
export async function addPasskey(name: string, password: string, code: string): Promise<Session> {
  const options = await client.beginPasskey({ password, ...given(code) });
  // As the server's library writes them for `parseCreationOptionsFromJSON`.
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  const made = await navigator.credentials.create({ publicKey });
  if (!(made instanceof PublicKeyCredential)) throw new Error("the browser made no passkey");
  const credential = made.toJSON() as client.AddPasskeyPayload["credential"];
  return begun(await client.addPasskey({ name, credential }));
}

/** Counts as both factors: the authenticator has verified the person. */
export async function signInWithPasskey(): Promise<Session> {
  const options = await client.beginPasskeyLogIn();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  const made = await navigator.credentials.get({ publicKey });
  if (!(made instanceof PublicKeyCredential)) throw new Error("the browser gave no passkey");
  const credential = made.toJSON() as client.LogInWithPasskeyPayload["credential"];
  return begun(await client.logInWithPasskey({ credential }));
}

const given = (code: string): { code?: string } => (code === "" ? {} : { code });

/** Every answer that opens a session brings the token that changes are sent with (T2). */
function begun(answer: client.GetSessionData): Session {
  keepCsrfToken(answer.csrfToken);
  const { username, role, mustChangePassword, mustSetUpSecondFactor = false } = answer;
  return { username, role, mustChangePassword, mustSetUpSecondFactor };
}
