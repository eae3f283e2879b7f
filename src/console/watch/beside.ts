import { hasRight, rights } from "../../domain/operator/rights.ts";
import type { GetWatchData } from "../api/client.ts";
import type { Session } from "../api/session.ts";

export type Refusal = "notReady" | "seesLess";

/** While somebody is signed in the wall shows what they may see: never less than it does by itself. */
export function refusalOf(
  session: Pick<Session, "role" | "mustChangePassword" | "mustSetUpSecondFactor">,
  own: Pick<GetWatchData, "rights">,
): Refusal | null {
  if (session.mustChangePassword || session.mustSetUpSecondFactor) return "notReady";
  const needed = rights.filter((right) => own.rights.includes(right));
  return needed.every((right) => hasRight(session.role, right)) ? null : "seesLess";
}
