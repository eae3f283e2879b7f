import type { SiteState } from "../../ports/controller-services.ts";
import type { GetSessionData } from "./client.ts";
import { isObject, sendEarly } from "./http.ts";

export interface EarlyAnswers {
  readonly session: GetSessionData;
  readonly state: SiteState;
}

let answers: Promise<EarlyAnswers | undefined> = Promise.resolve(undefined);

/** What came of it; undefined where nobody is let in, where the controller was away, and where nothing was asked. */
export const earlyAnswers = (): Promise<EarlyAnswers | undefined> => answers;

/**
 * Who is signed in, and how the site is, while the page's code is still on its way. Whoever has not been let in altogether is not asked
 * for more: a refusal would be on record.
 */
export function askEarly(): void {
  answers = sendEarly("/api/v1/session")
    .then(async (session) => {
      const isPending =
        !isObject(session) ||
        session["mustChangePassword"] === true ||
        session["mustSetUpSecondFactor"] === true;
      if (isPending) return undefined;
      const state = await sendEarly("/api/v1/state");
      // The controller is this page's own and of the same version: it answers what it describes.
      return { session, state } as unknown as EarlyAnswers;
    })
    // Whoever wants the answer is told.
    .catch(() => undefined);
}
