import type { AccessPointRef } from "../names.ts";
import type { Instant } from "../time.ts";
import type { Refusal } from "./denial.ts";
import type { AccessEvent, PassageFacts } from "./event.ts";
import type { KnownCredential } from "./input.ts";
import type { AccessPolicy } from "./policy.ts";
import type { AccessState } from "./state.ts";

type Signalled = Extract<AccessEvent, { readonly type: "DuressSignalled" }>;

/** The words of a camera that has really failed: nobody at the door or at the box can tell the two apart (A5). */
export const cameraFailed: Refusal = {
  reason: "cameraFault",
  detail: "the camera gives no picture that can be trusted",
};

export const duressSignalled = (
  form: Signalled["form"],
  facts: PassageFacts,
  at: Instant,
  { duress }: AccessPolicy,
): AccessEvent => ({ type: "DuressSignalled", at, form, policy: duress.policy, ...facts });

/** A card that has been replaced is nobody's any more, and says nothing. */
export const isDuressCard = (credential: KnownCredential | undefined): boolean =>
  credential?.isDuressCard === true && credential.cardStatus !== "revoked";

/** What a duress makes of a passage; `forced`: the one whose passage it is has said so himself. */
export function refusalUnderDuress(
  state: AccessState,
  where: AccessPointRef,
  forced: boolean,
  { duress }: AccessPolicy,
): Refusal | undefined {
  if (forced && duress.policy === "deny") return cameraFailed;
  // Whoever is between the doors still leaves as ever (R15).
  if (where.accessPoint !== "inner-entry") return undefined;
  const held = state.held.includes(where.vestibule);
  return held || (forced && duress.policy === "grantOuterHoldInner") ? cameraFailed : undefined;
}
