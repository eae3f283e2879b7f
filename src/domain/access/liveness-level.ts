import type { LivenessLevel } from "../biometric/liveness/track.ts";
import type { AccessPointRef } from "../names.ts";
import type { AccessLevel, LivenessRules } from "./policy.ts";
import { keyOf } from "./state.ts";

const strictness: Readonly<Record<LivenessLevel, number>> = { off: 0, passive: 1, challenge: 2 };

/** What the access point asks for; an access level may ask for more, never for less. */
export function livenessAt(
  where: AccessPointRef,
  levels: readonly AccessLevel[],
  rules: LivenessRules,
): LivenessLevel {
  const here = rules.at[keyOf(where)] ?? rules.usual;
  return levels.reduce((strictest, { liveness }) => stricter(strictest, liveness ?? "off"), here);
}

const stricter = (a: LivenessLevel, b: LivenessLevel): LivenessLevel =>
  strictness[b] > strictness[a] ? b : a;
