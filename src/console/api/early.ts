import { isObject, sendEarly } from "./http.ts";

/**
 * Who is signed in, and how the site is, while the page's code is still on its way. Whoever has not been let in altogether is not asked
 * for more: a refusal would be on record.
 */
export function askEarly(): void {
  void sendEarly("/api/v1/session")
    .then((session) => {
      const isPending =
        !isObject(session) ||
        session["mustChangePassword"] === true ||
        session["mustSetUpSecondFactor"] === true;
      return isPending ? undefined : sendEarly("/api/v1/state");
    })
    // Whoever wants the answer is told.
    .catch(() => undefined);
}
