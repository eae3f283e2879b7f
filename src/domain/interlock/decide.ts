import { type DoorName, doorNames, type FireInput, opposite } from "../names.ts";
import { after, earliest, type Instant } from "../time.ts";
import type { InterlockEvent, OverrideRefusal, ReleaseRefusal } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { InterlockInput, OccupancyChange } from "./input.ts";
import type { InterlockPolicy } from "./policy.ts";
import { dues } from "./rules.ts";
import {
  doorsOf,
  type InterlockState,
  isFreedByEmergency,
  isLockedDown,
  isSecure,
  mostEntered,
} from "./state.ts";

/** More steps of consequences than this can only be rules that undo each other, or one that is due and does nothing: a bug. */
const mostConsequences = 200;

/**
 * What happened: first whatever fell due before the input, then what the input itself means, then what
 * follows from that at once. A late input is judged by its own instant, so nothing depends on promptness.
 */
export function decide(
  state: InterlockState,
  input: InterlockInput,
  policy: InterlockPolicy,
): readonly InterlockEvent[] {
  const before = consequences(state, input.at, policy);
  const current = before.reduce(evolve, state);
  const direct = meaningOf(current, input, policy);
  const following = consequences(direct.reduce(evolve, current), input.at, policy);
  return [...before, ...direct, ...following];
}

/** When to be woken if nothing else happens. */
export function deadline(state: InterlockState, policy: InterlockPolicy): Instant | undefined {
  return earliest(...dues(state, policy).map(({ at }) => at));
}

function consequences(
  state: InterlockState,
  now: Instant,
  policy: InterlockPolicy,
): readonly InterlockEvent[] {
  const events: InterlockEvent[] = [];
  let current = state;
  for (let steps = 0; steps < mostConsequences; steps += 1) {
    const pending = dues(current, policy);
    const first = earliest(...pending.map(({ at }) => at));
    if (first === undefined || first > now) return events;
    const next = pending.find(({ at }) => at === first)?.events(now) ?? [];
    events.push(...next);
    current = next.reduce(evolve, current);
  }
  throw new Error(
    `interlock rules do not come to rest: ${events
      .slice(-6)
      .map(({ type }) => type)
      .join(", ")}`,
  );
}

function meaningOf(
  state: InterlockState,
  input: InterlockInput,
  policy: InterlockPolicy,
): readonly InterlockEvent[] {
  const { at } = input;
  switch (input.type) {
    case "ContactChanged":
      return state.doors[input.door].contact === input.contact
        ? []
        : [{ type: "ContactRead", at, door: input.door, contact: input.contact }];
    case "BoltChanged":
      return state.doors[input.door].bolt === input.bolt
        ? []
        : [{ type: "BoltRead", at, door: input.door, bolt: input.bolt }];
    case "RexPressed":
      return [{ type: "ExitRequested", at, door: input.door }];
    case "ReleaseRequested":
      return onReleaseRequested(state, input, policy);
    case "WithdrawalRequested":
      return onWithdrawalRequested(state, input);
    case "SecureRequested":
      return releasedDoors(state).map((door) => ({ type: "DoorSecured", at, door, cause: "commanded" }));
    case "FireChanged":
      return onFire(state, input.value, at);
    case "EmergencyResetRequested":
      return [onEmergencyReset(state, input.id, at)];
    case "EmergencyRestored":
      return state.emergency ? [] : [{ type: "EmergencyStarted", at, cause: "restored" }];
    case "LockdownChanged":
      if (state.lockdown[input.by] === input.active) return [];
      return [{ type: input.active ? "LockdownStarted" : "LockdownEnded", at, by: input.by }];
    case "OverrideRequested":
      return onOverrideRequested(state, input, policy);
    case "TamperChanged":
      return state.tampered === input.open
        ? []
        : [{ type: input.open ? "TamperDetected" : "TamperEnded", at }];
    case "MainsChanged":
      return state.mains === input.present
        ? []
        : [{ type: input.present ? "MainsRestored" : "MainsLost", at }];
    case "BatteryChanged":
      return state.battery === input.good
        ? []
        : [{ type: input.good ? "BatteryRestored" : "BatteryLow", at }];
    case "OccupancyKnown":
      return state.entered.length > 0 || input.people <= 0
        ? []
        : [{ type: "OccupancyRestored", at, people: input.people }];
    case "OccupancyReset":
      return onOccupancyReset(state, input.change, at);
    case "CommandFailed":
      return onCommandFailed(state, input.door, at);
    case "CommandWorked":
      return state.doors[input.door].lockFault === "line"
        ? [{ type: "LockFaultCleared", at, door: input.door }]
        : [];
    case "HeartbeatReceived":
      return onHeartbeat(state, input.sentAt, at, policy);
    case "ControllerGone":
      return state.controller.phase === "present" ? [{ type: "ControllerLost", at }] : [];
    case "TimePassed":
      return [];
  }
}

/** R15: there are never fewer than nobody between the doors; what is no number of people changes nothing. */
function onOccupancyReset(
  { entered }: InterlockState,
  change: OccupancyChange,
  at: Instant,
): readonly InterlockEvent[] {
  const said = change === "nobody" ? 0 : entered.length + Math.trunc(change);
  const people = Math.min(Math.max(said, 0), mostEntered);
  return people === entered.length || Number.isNaN(people)
    ? []
    : [{ type: "OccupancyCorrected", at, people }];
}

/** R1 and the last of R3's three checks. */
function onReleaseRequested(
  state: InterlockState,
  { door, grant, at, notAfter }: Extract<InterlockInput, { readonly type: "ReleaseRequested" }>,
  policy: InterlockPolicy,
): readonly InterlockEvent[] {
  const { answered, taking } = state.doors[door];
  // The same request delivered twice is one request: what was refused stays refused.
  if (answered.includes(grant.id)) return [];
  // Not `at > notAfter`: a deadline that is no number has passed.
  const reason = at <= notAfter ? refusalOf(state, door, at, policy) : "stale";
  if (reason !== undefined) return [{ type: "ReleaseRefused", at, door, grant, reason }];
  // A release whose end is still being made certain (T27) ends here: each has exactly one end.
  const ended: readonly InterlockEvent[] =
    taking.phase === "awaited" ? [{ type: "AccessNotTaken", at, door, grant: taking.grant }] : [];
  const until = after(at, policy.doors[door].releaseTime);
  return [...ended, { type: "DoorReleased", at, door, grant, until }];
}

function refusalOf(
  state: InterlockState,
  door: DoorName,
  at: Instant,
  policy: InterlockPolicy,
): ReleaseRefusal | undefined {
  const { lock, leaf, contact } = state.doors[door];
  if (state.controller.phase !== "present") return "controllerLost";
  if (isLockedDown(state)) return "lockdown";
  if (!isSecure(state, opposite(door), policy, at)) return "otherNotSecure";
  if (lock.commanded === "released") return "alreadyReleased";
  if (leaf.position === "open" || contact === "open") return "alreadyOpen";
  return undefined;
}

/** A8: what is over, is for somebody else, or has led to an opening is not taken back. */
function onWithdrawalRequested(
  { doors }: InterlockState,
  { at, door, id }: Extract<InterlockInput, { readonly type: "WithdrawalRequested" }>,
): readonly InterlockEvent[] {
  const { lock, taking } = doors[door];
  if (lock.commanded !== "released" || lock.by !== "grant" || lock.grant.id !== id) return [];
  return taking.phase !== "awaited" || lock.withdrawn === true
    ? []
    : [{ type: "ReleaseWithdrawn", at, door, grant: lock.grant }];
}

/** R16: only a heartbeat younger than the lease renews it, and none for longer than the lease. */
function onHeartbeat(
  { controller }: InterlockState,
  claimed: Instant,
  at: Instant,
  policy: InterlockPolicy,
): readonly InterlockEvent[] {
  const sentAt = claimed > at ? at : claimed;
  // Not `<= at`: an instant that is no number must not renew anything.
  if (!(after(sentAt, policy.heartbeatTime) > at)) return [];
  return [{ type: controller.phase === "present" ? "ControllerHeard" : "ControllerReturned", at, sentAt }];
}

function onCommandFailed(state: InterlockState, door: DoorName, at: Instant): readonly InterlockEvent[] {
  const { lock, lockFault } = state.doors[door];
  const events: InterlockEvent[] =
    lockFault === "line" ? [] : [{ type: "LockFault", at, door, fault: "line" }];
  // In an emergency it goes on being tried: the one case in which a door in doubt is to be open.
  if (lock.commanded === "released" && lock.by !== "emergency")
    events.push({ type: "DoorSecured", at, door, cause: "hardwareFault" });
  return events;
}

/** Those that are to be secured on request: not by whom an emergency released (R12). */
function releasedDoors(state: InterlockState): readonly DoorName[] {
  return doorNames.filter((door) => {
    const { lock } = state.doors[door];
    return lock.commanded === "released" && lock.by !== "emergency";
  });
}

/** R12: latched at once; a line that cannot be read starts none, and is said to be at fault. */
function onFire(state: InterlockState, value: FireInput, at: Instant): readonly InterlockEvent[] {
  if (value === state.fire) return [];
  const changed: InterlockEvent = { type: "FireInputChanged", at, value };
  return value === "active" && !state.emergency
    ? [changed, { type: "EmergencyStarted", at, cause: "fire" }]
    : [changed];
}

function onEmergencyReset(state: InterlockState, id: string, at: Instant): InterlockEvent {
  if (!state.emergency) return { type: "EmergencyResetRefused", at, id, reason: "notActive" };
  if (state.fire === "active") return { type: "EmergencyResetRefused", at, id, reason: "stillActive" };
  return { type: "EmergencyReset", at, id };
}

type OverrideRequest = Extract<InterlockInput, { readonly type: "OverrideRequested" }>;

/** R13: the first operator proposes, a different one for the same doors within the window makes it so. */
function onOverrideRequested(
  state: InterlockState,
  request: OverrideRequest,
  policy: InterlockPolicy,
): readonly InterlockEvent[] {
  const { at, id, doors, operator } = request;
  const { proposal } = state;
  if (proposal?.id === id) return [];
  const reason = overrideRefusalOf(state, request);
  if (reason !== undefined) return [{ type: "OverrideRefused", at, id, reason }];
  if (proposal?.doors === doors) {
    const until = after(at, policy.overrideTime);
    return [
      { type: "OverrideStarted", at, id, doors, operators: [proposal.operator, operator], until },
      ...doorsOf(doors)
        .filter((door) => !isFreedByEmergency(state, door, policy))
        .map((door): InterlockEvent => ({ type: "OverrideDoorReleased", at, door, until })),
    ];
  }
  const lapsed: readonly InterlockEvent[] =
    proposal === undefined ? [] : [{ type: "OverrideLapsed", at, id: proposal.id }];
  return [
    ...lapsed,
    { type: "OverrideProposed", at, id, doors, operator, until: after(at, policy.overrideWindow) },
  ];
}

function overrideRefusalOf(
  state: InterlockState,
  { at, notAfter, doors, operator }: OverrideRequest,
): OverrideRefusal | undefined {
  const { proposal, controller } = state;
  // As in a release: an expiry that is no number has passed.
  if (!(at <= notAfter)) return "stale";
  if (controller.phase !== "present") return "controllerLost";
  if (isLockedDown(state)) return "lockdown";
  return proposal?.doors === doors && proposal.operator === operator ? "samePerson" : undefined;
}
