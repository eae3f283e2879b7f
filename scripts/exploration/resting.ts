import type { InterlockState } from "../../src/domain/interlock/interlock.ts";
import { type DoorName, doorNames, opposite } from "../../src/domain/names.ts";
import type { Step } from "./outcomes.ts";

type Door = InterlockState["doors"]["outer"];

/** What is wrong with the state the step left: it is at rest, so everything that time demands has been done. */
export function restingFaults(step: Step): readonly string[] {
  const { next, input } = step;
  return [
    ...(next === undefined || next > input.at ? [] : [`something is overdue since ${next}`]),
    ...doorNames.flatMap((door) => [
      ...releasedFaults(step, door),
      ...secureFaults(step, door),
      ...openFaults(step, door),
      ...lineFaults(step, door),
    ]),
    ...pairFaults(step),
  ];
}

const age = (step: Step, since: number): number => step.input.at - since;
const isFree = ({ lock }: Door): boolean => lock.commanded === "released" && lock.by !== "grant";

/** The invariant in a state, and that whatever is released has an end (an emergency's is its reset). */
function releasedFaults({ after, policy, next, input }: Step, name: DoorName): readonly string[] {
  const { lock } = after.doors[name];
  const lockedDown = after.lockdown.order || after.lockdown.input;
  const covered = policy.onFire === "both" || policy.onFire === name;
  const freed = after.emergency && covered && !(policy.priority === "lockdown" && lockedDown);
  if (freed !== (lock.commanded === "released" && lock.by === "emergency"))
    return [`${name} is ${freed ? "not released by the fire" : "released by a fire that is not"}`];
  if (lock.commanded === "secured" || lock.by === "emergency") return [];
  const faults: string[] = [];
  if (!(lock.until > input.at)) faults.push(`${name} is released beyond its time`);
  if (next === undefined || next > lock.until) faults.push(`${name} is released and nobody will be woken`);
  if (after.controller.phase !== "present") faults.push(`${name} is released without a controller`);
  if (lockedDown) faults.push(`${name} is released in a lockdown`);
  if (lock.by === "grant") {
    const { contact, leaf } = after.doors[name];
    if (lock.withdrawn === true && contact !== "open" && leaf.position !== "open")
      faults.push(`${name} stays released though its release was withdrawn`);
    const why = notShut(after, opposite(name), policy.doors[opposite(name)].bolt);
    if (why !== undefined) faults.push(`${name} is released while the other door ${why}`);
  }
  return faults;
}

function notShut(state: InterlockState, name: DoorName, fitted: "fitted" | "unfitted"): string | undefined {
  const { lock, contact, bolt, contactFault, lockFault } = state.doors[name];
  if (lock.commanded === "released") return "is released";
  if (contact !== "closed") return `has its contact ${contact}`;
  if (fitted === "fitted" && bolt !== "thrown") return `has its bolt ${bolt}`;
  return contactFault === undefined && lockFault === undefined ? undefined : "has a fault";
}

/** A door is announced secure exactly while it is (domain.md §1). */
function secureFaults(step: Step, name: DoorName): readonly string[] {
  const { after, policy } = step;
  const { lock, contactSince, leaf, secure } = after.doors[name];
  const is =
    notShut(after, name, policy.doors[name].bolt) === undefined &&
    leaf.position === "closed" &&
    age(step, contactSince) >= policy.settleTime &&
    age(step, lock.since) >= policy.settleTime;
  return secure === is ? [] : [`${name} is ${is ? "" : "not "}secure and announced otherwise`];
}

/** T27, R4–R6: the leaf follows a contact that has been stable; who holds a door open is told in time. */
function openFaults(step: Step, name: DoorName): readonly string[] {
  const { after, policy } = step;
  const rules = policy.doors[name];
  const door = after.doors[name];
  const { contact, contactSince, leaf, contactFault, lock } = door;
  const faults: string[] = [];
  const stable = contactFault !== "flapping" && age(step, contactSince) >= rules.contactDebounce;
  if (stable && (contact === "open" || contact === "closed") && leaf.position !== contact)
    faults.push(`${name} reads ${contact} and is taken for ${leaf.position}`);
  if (leaf.position !== "open") return faults;
  const openFor = age(step, leaf.since);
  const explained = isFree(door) || leaf.cause === "override" || leaf.cause === "emergency";
  if (!explained && openFor >= rules.heldOpenTime && !leaf.held) faults.push(`${name} is held open, unsaid`);
  const warnAfter = rules.heldOpenTime - rules.heldOpenWarning;
  if (!explained && openFor >= warnAfter && !leaf.warned)
    faults.push(`${name} is held open without a warning`);
  if (
    lock.commanded === "released" &&
    lock.by === "grant" &&
    rules.relockOnOpen &&
    openFor >= rules.relockDelay
  )
    faults.push(`${name} is open for ${openFor} ms and not relocked`);
  return faults;
}

/** R8, R9: what a line or a bolt does wrong for long enough is said, and no longer than it is so. */
function lineFaults(step: Step, name: DoorName): readonly string[] {
  const { after, policy } = step;
  const { lock, contact, contactSince, bolt, boltSince, contactFault, lockFault } = after.doors[name];
  const { bolt: fitted, boltTime } = policy.doors[name];
  const faults: string[] = [];
  if ((contact === "fault") !== (contactFault === "line"))
    faults.push(`${name}: contact reads ${contact}, fault ${contactFault ?? "none"}`);
  if (contactFault === "flapping" && age(step, contactSince) >= 1_000)
    faults.push(`${name}: flapping, though quiet for a second`);
  if (fitted === "unfitted") return faults;
  const long = Math.min(age(step, lock.since), age(step, contactSince), age(step, boltSince)) >= boltTime;
  const retracted = bolt === "retracted";
  const wrong = lock.commanded === "released" ? bolt === "thrown" : contact === "closed" && retracted;
  if (bolt === "fault" && lockFault === undefined) faults.push(`${name}: the bolt's sensor fails, unsaid`);
  if (wrong && long && lockFault === undefined) faults.push(`${name}: the bolt does not follow, unsaid`);
  const right = lock.commanded === "secured" && contact === "closed" && bolt === "thrown";
  if (right && lockFault !== undefined && lockFault !== "line") faults.push(`${name}: an old fault stays`);
  return faults;
}

/** R15, R17 and the proposal of R13. */
function pairFaults(step: Step): readonly string[] {
  const { after, policy } = step;
  const { outer, inner } = after.doors;
  const faults: string[] = [];
  const bothOpen = outer.leaf.position === "open" && inner.leaf.position === "open";
  if (after.violated && !bothOpen) faults.push("violated with a door closed");
  if (bothOpen && !after.violated && !isFree(outer) && !isFree(inner)) faults.push("both doors open, unsaid");
  const [oldest] = after.entered;
  if (oldest !== undefined && after.detained === undefined && age(step, oldest) >= policy.dwellTime)
    faults.push("somebody is detained, unsaid");
  if (after.detained !== undefined && oldest === undefined) faults.push("nobody is detained");
  if (after.proposal !== undefined && !(after.proposal.until > step.input.at))
    faults.push("a proposal outlives its window");
  return faults;
}
