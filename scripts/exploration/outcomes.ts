import type {
  InterlockEvent,
  InterlockInput,
  InterlockPolicy,
  InterlockState,
} from "../../src/domain/interlock/interlock.ts";
import { doorNames, opposite } from "../../src/domain/names.ts";
import { StepAccount } from "./account.ts";
import { restingFaults } from "./resting.ts";

/** One step of the rules, as carried out. */
export interface Step {
  readonly policy: InterlockPolicy;
  readonly before: InterlockState;
  readonly input: InterlockInput;
  readonly events: readonly InterlockEvent[];
  readonly after: InterlockState;
  /** When the rules want to be woken. */
  readonly next: number | undefined;
}

/**
 * Everything about the step that must not be. `rests`: the input's instant is the present, so that the state must be
 * as it has to be at that instant; after one whose report was held up it need not.
 */
export function faultsOf(step: Step, rests: boolean): readonly string[] {
  const account = new StepAccount(step.policy, step.before, step.input);
  for (const event of step.events) account.follow(event);
  account.compare(step.after);
  account.said.push(...outcomeFaults(step, account));
  if (rests) account.said.push(...restingFaults(step));
  return account.said;
}

/** What the input must have led to, whatever the state. */
function outcomeFaults(step: Step, account: StepAccount): readonly string[] {
  const { input, after, events } = step;
  switch (input.type) {
    case "ContactChanged":
      return after.doors[input.door].contact === input.contact
        ? []
        : ["a reading of a contact went unnoticed"];
    case "BoltChanged":
      return after.doors[input.door].bolt === input.bolt ? [] : ["a reading of a bolt went unnoticed"];
    case "ReleaseRequested":
      return releaseFaults(step, input);
    case "OverrideRequested":
      return overrideFaults(step, input);
    case "WithdrawalRequested":
      return withdrawalFaults(step, input);
    case "SecureRequested":
      return stillReleased(account, "ordered secured");
    case "ControllerGone":
      return account.present
        ? ["the controller is gone and counts as present"]
        : stillReleased(account, "the controller gone");
    case "LockdownChanged":
      if (after.lockdown[input.by] !== input.active) return ["a change of the lockdown went unnoticed"];
      return input.active ? stillReleased(account, "locked down") : [];
    case "FireChanged":
      return [
        ...(after.fire === input.value ? [] : ["a reading of the fire input went unnoticed"]),
        ...(input.value === "active" && !after.emergency ? ["a fire is no emergency"] : []),
      ];
    case "EmergencyRestored":
      return after.emergency ? [] : ["the emergency is not restored"];
    case "EmergencyResetRequested":
      return resetFaults(step, events);
    case "HeartbeatReceived":
      return heartbeatFaults(step, input.sentAt);
    case "CommandFailed": {
      const { lock, lockFault } = after.doors[input.door];
      const held = lock.commanded === "released" && lock.by !== "emergency";
      return [
        ...(held ? ["stays released on a line that fails"] : []),
        ...(lockFault === "line" ? [] : ["no lock fault"]),
      ];
    }
    case "CommandWorked":
      return after.doors[input.door].lockFault === "line" ? ["the line works and is still at fault"] : [];
    case "TamperChanged":
      return after.tampered === input.open ? [] : ["the housing went unnoticed"];
    case "MainsChanged":
      return after.mains === input.present ? [] : ["the mains went unnoticed"];
    case "BatteryChanged":
      return after.battery === input.good ? [] : ["the battery went unnoticed"];
    case "RexPressed":
      return events.some(({ type }) => type === "ExitRequested")
        ? []
        : ["a press of the button went unnoticed"];
    case "OccupancyReset":
      return resetPeopleFaults(step);
    case "OccupancyKnown":
    case "TimePassed":
      return [];
  }
}

/** A8: what was asked for is done, unless the door is being opened; and of nobody else's release. */
function withdrawalFaults(
  { before, after, events }: Step,
  { door, id }: Extract<InterlockInput, { readonly type: "WithdrawalRequested" }>,
): readonly string[] {
  const { lock, contact, leaf } = after.doors[door];
  const stands = lock.commanded === "released" && lock.by === "grant";
  if (stands && lock.grant.id === id && contact !== "open" && leaf.position !== "open")
    return [`the release for ${id} was to be withdrawn and stands`];
  const was = before.doors[door].lock;
  const isAnothers = was.commanded === "released" && was.by === "grant" && was.grant.id !== id;
  return isAnothers && events.some(({ type }) => type === "ReleaseWithdrawn")
    ? [`the release for ${was.grant.id} was withdrawn in place of another`]
    : [];
}

/** Orders, lockdown and the controller's loss secure whatever is not released by a fire. */
function stillReleased({ doors }: StepAccount, when: string): readonly string[] {
  return doorNames
    .filter((door) => doors[door].lock === "grant" || doors[door].lock === "override")
    .map((door) => `${door} stays released, ${when}`);
}

/** R15: what an operator says of people is heard, and whoever stays is measured from when they came in. */
function resetPeopleFaults({ before, after, input, events }: Step): readonly string[] {
  if (input.type !== "OccupancyReset" || Number.isNaN(input.change)) return [];
  const { change } = input;
  const [oldest] = after.entered;
  if (change === "nobody" && oldest !== undefined)
    return ["somebody is counted of whom it was said otherwise"];
  const moved = events.some(({ type }) => type === "AccessTaken" || type === "DoorOpened");
  if (moved || change === "nobody") return [];
  const faults: string[] = [];
  if (after.entered.length !== Math.max(0, before.entered.length + change))
    faults.push("what an operator said of people went unnoticed");
  if (before.entered.length > 0 && oldest !== undefined && oldest !== before.entered[0])
    faults.push("who stays between the doors is measured anew");
  return faults;
}

/** Every request has one answer with its reason, and none is refused that R1, R14 and R16 permit. */
function releaseFaults(
  step: Step,
  { door, grant, at, notAfter }: Extract<InterlockInput, { readonly type: "ReleaseRequested" }>,
): readonly string[] {
  const answers = step.events.filter(
    (event) =>
      (event.type === "DoorReleased" || event.type === "ReleaseRefused") &&
      event.door === door &&
      event.grant.id === grant.id,
  );
  if (step.before.doors[door].answered.includes(grant.id))
    return answers.length === 0 ? [] : ["a request is answered twice"];
  const [answer] = answers;
  if (answers.length !== 1 || answer === undefined) return ["a request has no single answer"];
  if (answer.type !== "ReleaseRefused") return [];
  const ground = groundToRefuse(step, door, at, notAfter);
  if (ground === undefined) return [`refused as ${answer.reason} without a ground`];
  return ground.includes(answer.reason) ? [] : [`refused as ${answer.reason}, for ${ground.join(", ")}`];
}

/** The reasons that hold, by what was so when the input came: the state before it with what fell due by then. */
function groundToRefuse(
  step: Step,
  door: "outer" | "inner",
  at: number,
  notAfter: number,
): readonly string[] | undefined {
  const account = new StepAccount(step.policy, step.before, step.input);
  for (const event of step.events) if (event.type !== "ReleaseRefused") account.follow(event);
  const own = account.doors[door];
  const other = account.doors[opposite(door)];
  const settled = at - step.policy.settleTime;
  const leaf = (name: "outer" | "inner"): string => step.after.doors[name].leaf.position;
  const unsettled =
    other.contactSince > settled || other.lockSince > settled || leaf(opposite(door)) !== "closed";
  const grounds = [
    ...(at <= notAfter ? [] : ["stale"]),
    ...(account.present ? [] : ["controllerLost"]),
    ...(account.lockedDown ? ["lockdown"] : []),
    ...(account.notShut(opposite(door)) !== undefined || unsettled ? ["otherNotSecure"] : []),
    ...(own.lock === "secured" ? [] : ["alreadyReleased"]),
    ...(own.contact === "open" || leaf(door) === "open" ? ["alreadyOpen"] : []),
  ];
  return grounds.length > 0 ? grounds : undefined;
}

function overrideFaults(
  step: Step,
  input: Extract<InterlockInput, { readonly type: "OverrideRequested" }>,
): readonly string[] {
  const { before, after, events } = step;
  const answer = events.find(
    (event) =>
      (event.type === "OverrideProposed" ||
        event.type === "OverrideStarted" ||
        event.type === "OverrideRefused") &&
      event.id === input.id,
  );
  if (answer === undefined) return before.proposal?.id === input.id ? [] : ["an operator has no answer"];
  if (answer.type === "OverrideStarted") {
    return doorNames
      .filter((door) => input.doors === "both" || input.doors === door)
      .filter((door) => after.doors[door].lock.commanded !== "released")
      .map((door) => `${door} is overridden and stays secured`);
  }
  if (answer.type !== "OverrideRefused") return [];
  const permitted =
    input.at <= input.notAfter &&
    after.controller.phase === "present" &&
    !after.lockdown.order &&
    !after.lockdown.input &&
    before.proposal?.operator !== input.operator;
  return permitted ? [`an override is refused as ${answer.reason} without a ground`] : [];
}

function resetFaults({ before, after }: Step, events: readonly InterlockEvent[]): readonly string[] {
  const [answer, ...more] = events.filter(
    ({ type }) => type === "EmergencyReset" || type === "EmergencyResetRefused",
  );
  if (answer === undefined || more.length > 0) return ["a reset has no single answer"];
  const due = before.emergency && before.fire !== "active";
  if (answer.type === "EmergencyReset")
    return due && !after.emergency ? [] : ["an emergency is reset against R12"];
  return due ? ["a reset is refused without a ground"] : [];
}

/** R16: a heartbeat counts exactly if it is younger than the lease; one from the future counts as of now. */
function heartbeatFaults({ policy, before, after, input, events }: Step, sentAt: number): readonly string[] {
  const counts = input.at - sentAt < policy.heartbeatTime;
  const present = after.controller.phase === "present";
  if (counts) {
    const { controller } = after;
    const kept = controller.phase === "present" && controller.heardAt === Math.min(sentAt, input.at);
    return kept ? [] : ["a heartbeat went unnoticed"];
  }
  const lost = events.some(({ type }) => type === "ControllerLost");
  return present && (before.controller.phase !== "present" || lost)
    ? ["an old heartbeat renews the lease"]
    : [];
}
