import { livenessAt } from "../domain/access/access.ts";
import type { LivenessLevel } from "../domain/biometric/liveness/track.ts";
import type { AccessPointRef } from "../domain/names.ts";
import type { SitePlan } from "./controller-options.ts";

/** What an access point asks of everybody; undefined where it has no camera, so that no face is looked at. */
export function configuredLiveness(
  { cameraOf, policy }: Pick<SitePlan, "cameraOf" | "policy">,
  where: AccessPointRef,
): LivenessLevel | undefined {
  return cameraOf(where) === undefined ? undefined : livenessAt(where, [], policy.liveness);
}
