import type { DoorPolicy, InterlockPolicy } from "../domain/interlock/interlock.ts";
import type { Milliseconds } from "../domain/time.ts";
import type { DoorConfiguration, SiteConfiguration, VestibuleConfiguration } from "./site-schema.ts";

/** Seconds as people write them, in milliseconds as the domain counts them. */
export const milliseconds = (seconds: number): Milliseconds => Math.round(seconds * 1000);

/** R13: how long the second operator may take. */
const overrideWindow: Milliseconds = 30_000;

/** The interlock's rules for one door pair of the site. */
export function interlockPolicyOf(
  site: SiteConfiguration,
  vestibule: VestibuleConfiguration,
): InterlockPolicy {
  return {
    doors: { outer: doorPolicyOf(vestibule.doors.outer), inner: doorPolicyOf(vestibule.doors.inner) },
    settleTime: milliseconds(vestibule.settleTime),
    heartbeatTime: milliseconds(site.heartbeatTime),
    onFire: vestibule.onFire,
    priority: vestibule.priority,
    overrideWindow,
    overrideTime: milliseconds(vestibule.overrideTime),
    dwellTime: milliseconds(vestibule.dwellTime),
  };
}

function doorPolicyOf(door: DoorConfiguration): DoorPolicy {
  return {
    lockKind: door.lock,
    bolt: door.bolt,
    releaseTime: milliseconds(door.releaseTime),
    relockOnOpen: door.relockOnOpen,
    relockDelay: milliseconds(door.relockDelay),
    heldOpenTime: milliseconds(door.heldOpenTime),
    heldOpenWarning: milliseconds(door.heldOpenWarning),
    boltTime: milliseconds(door.boltTime),
    flapLimit: door.flapLimit,
    contactDebounce: milliseconds(door.contactDebounce),
    stuckContactLimit: door.stuckContactLimit,
  };
}

/** Whether what weakens takes a second operator: of itself where real doors open. */
export const fourEyesInForce = ({
  operators: { fourEyes },
  board,
}: Pick<SiteConfiguration, "operators" | "board">): boolean =>
  fourEyes === "auto" ? board.kind !== "simulated" : fourEyes === "on";
