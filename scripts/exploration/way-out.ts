import type { InterlockState } from "../../src/domain/interlock/interlock.ts";
import { type DoorName, doorNames, opposite } from "../../src/domain/names.ts";
import { timePasses } from "./moves.ts";
import { never, type Variant } from "./variant.ts";

type Door = InterlockState["doors"]["outer"];

/**
 * What people and working hardware do next so that `target` is released for somebody inside; undefined once it is.
 * Followed from any state this must end: then no state leaves a person without a way (R15).
 */
export function wayOut(state: InterlockState, target: DoorName, variant: Variant): string | undefined {
  if (state.doors[target].lock.commanded === "released") return undefined;
  return (
    standDown(state) ??
    first(doorNames.map((name) => mended(state.doors[name], name, target, variant))) ??
    beating(state, variant) ??
    asked(state, target)
  );
}

const first = (names: readonly (string | undefined)[]): string | undefined =>
  names.find((name) => name !== undefined);

function standDown({ lockdown, fire, emergency }: InterlockState): string | undefined {
  if (lockdown.order) return "lockdown by order ends";
  if (lockdown.input) return "lockdown by input ends";
  if (fire !== "inactive") return "fire input reads inactive";
  return emergency ? "emergency reset asked for" : undefined;
}

/** Lines switch, doors fall shut, bolts follow their locks. */
function mended(
  { lock, lockFault, contact, bolt, contactFault }: Door,
  name: DoorName,
  target: DoorName,
  { policy }: Variant,
): string | undefined {
  if (lockFault === "line") return `${name} command works`;
  // A contact that is taken for stuck (T28) is cleared by being seen to move, for long enough to be believed.
  if (name !== target && contactFault === "stuckClosed") {
    if (contact === "open") return timePasses;
    if (lock.commanded === "released") return `${name} contact reads open`;
  }
  if (contact !== "closed") return `${name} contact reads closed`;
  const follows = lock.commanded === "released" ? "retracted" : "thrown";
  return policy.doors[name].bolt === "fitted" && bolt !== follows
    ? `${name} bolt reads ${follows}`
    : undefined;
}

function beating({ controller }: InterlockState, { policy, step }: Variant): string | undefined {
  if (controller.phase !== "present") return "heartbeat";
  const ends = policy.heartbeatTime < never && step - controller.heardAt >= policy.heartbeatTime;
  return ends ? "heartbeat" : undefined;
}

function asked({ doors }: InterlockState, target: DoorName): string {
  const other = opposite(target);
  if (doors[other].contactFault === "stuckClosed" && doors[target].secure)
    return `${other} release asked for`;
  const ready = doors[other].secure && doors[target].leaf.position !== "open";
  return ready ? `${target} release asked for` : timePasses;
}
