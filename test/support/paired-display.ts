import type { AccessPointName } from "../../src/domain/names.ts";
import { type ApiForTests, cookieOf } from "./api-for-tests.ts";

/** The cookie of a screen that has asked for a code, and the code. */
export async function waitingDisplay(
  api: ApiForTests,
): Promise<{ readonly cookie: string; readonly code: string }> {
  const answer = await api.call("POST", "/api/v1/display/pairing");
  return { cookie: cookieOf(answer), code: answer.json<{ code: string }>().code };
}

/** The cookie of a screen that an administrator has said belongs to that access point. */
export async function pairedDisplay(
  api: ApiForTests,
  { name = "Street", accessPoint = "outer-entry" as AccessPointName } = {},
): Promise<string> {
  const { cookie, code } = await waitingDisplay(api);
  const body = { code, vestibule: "v1", accessPoint, name };
  const answer = await api.call("POST", "/api/v1/displays", { cookie: await api.logIn(), body });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return cookie;
}
