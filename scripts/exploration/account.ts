import type {
  InterlockEvent,
  InterlockInput,
  InterlockPolicy,
  InterlockState,
} from "../../src/domain/interlock/interlock.ts";
import { type DoorName, opposite } from "../../src/domain/names.ts";
import type { Instant } from "../../src/domain/time.ts";
import { differencesFrom } from "./account-differences.ts";
import { PeopleAccount } from "./people-account.ts";

/** What somebody in front of one door would write down: commands, readings and announced faults. */
export interface DoorAccount {
  lock: "secured" | "grant" | "override" | "emergency";
  lockSince: Instant;
  contact: string;
  contactSince: Instant;
  bolt: string;
  openSince: Instant | undefined;
  contactFault: boolean;
  lockFault: string | undefined;
  /** A8: the release that stands. */
  withdrawn: boolean;
  /** Grants whose release has begun and not ended. */
  readonly open: Set<string>;
}

/**
 * An account of one step kept from inputs and events alone; `said` collects what must not be. It shares no code
 * with the rules: neither what is secure nor what is permitted is asked of them.
 */
export class StepAccount {
  readonly doors: Readonly<Record<DoorName, DoorAccount>>;
  readonly said: string[] = [];
  emergency: boolean;
  present: boolean;
  lockdown: { order: boolean; input: boolean };
  proposal: InterlockState["proposal"];
  readonly people: PeopleAccount;
  readonly #policy: InterlockPolicy;
  readonly #input: InterlockInput;

  constructor(policy: InterlockPolicy, before: InterlockState, input: InterlockInput) {
    this.#policy = policy;
    this.#input = input;
    const door = (name: DoorName): DoorAccount => {
      const { lock, contact, contactSince, bolt, leaf, taking, contactFault, lockFault } = before.doors[name];
      return {
        lock: lock.commanded === "secured" ? "secured" : lock.by,
        lockSince: lock.since,
        contact,
        contactSince,
        bolt,
        openSince: leaf.position === "open" ? leaf.since : undefined,
        contactFault: contactFault !== undefined,
        lockFault,
        withdrawn: lock.commanded === "released" && lock.by === "grant" && lock.withdrawn === true,
        open: new Set(taking.phase === "none" ? [] : [taking.grant.id]),
      };
    };
    this.doors = { outer: door("outer"), inner: door("inner") };
    this.emergency = before.emergency;
    this.present = before.controller.phase === "present";
    this.lockdown = { ...before.lockdown };
    this.proposal = before.proposal;
    this.people = new PeopleAccount(before, input);
  }

  get lockedDown(): boolean {
    return this.lockdown.order || this.lockdown.input;
  }

  /** R12 and R14 as domain.md has them: fire above lockdown, unless the site has it the other way round. */
  isFreed(door: DoorName): boolean {
    const { onFire, priority } = this.#policy;
    const covered = onFire === "both" || onFire === door;
    return this.emergency && covered && !(priority === "lockdown" && this.lockedDown);
  }

  /** Why the door is not shut for certain; undefined where it is. */
  notShut(name: DoorName): string | undefined {
    const { lock, contact, bolt, contactFault, lockFault } = this.doors[name];
    if (lock !== "secured") return `is released by ${lock}`;
    if (contact !== "closed") return `has its contact ${contact}`;
    if (this.#policy.doors[name].bolt === "fitted" && bolt !== "thrown") return `has its bolt ${bolt}`;
    return contactFault || lockFault !== undefined ? "has a fault" : undefined;
  }

  follow(event: InterlockEvent): void {
    if (event.at !== this.#input.at) this.said.push(`${event.type} is dated ${event.at}`);
    switch (event.type) {
      case "ContactRead":
        Object.assign(this.doors[event.door], { contact: event.contact, contactSince: event.at });
        return;
      case "BoltRead":
        this.doors[event.door].bolt = event.bolt;
        return;
      case "ContactFault":
      case "ContactFaultCleared":
        this.doors[event.door].contactFault = event.type === "ContactFault";
        return;
      case "LockFault":
      case "LockFaultCleared":
        return this.#lockFault(event);
      case "DoorReleased":
        return this.#granted(event);
      case "OverrideStarted":
        return this.#overrideStarted(event);
      case "OverrideDoorReleased":
        return this.#overridden(event);
      case "EmergencyDoorReleased":
        if (!this.isFreed(event.door)) this.said.push(`${event.door} is released as if there were a fire`);
        return this.#switched(event.door, "emergency", event.at);
      case "ReleaseWithdrawn":
        return this.#withdrawn(event);
      case "DoorSecured":
        this.#ended(event);
        return this.#switched(event.door, "secured", event.at);
      case "AccessTaken":
      case "AccessNotTaken":
        if (!this.doors[event.door].open.delete(event.grant.id))
          this.said.push(
            `the release for ${event.grant.id} ends at the ${event.door} door, again or never begun`,
          );
        if (event.type === "AccessTaken") this.people.passed(event);
        return;
      case "EmergencyStarted":
        return this.#emergencyStarted();
      case "EmergencyReset":
        if (this.#input.type !== "EmergencyResetRequested") this.said.push("an emergency is reset by nobody");
        this.emergency = false;
        return;
      case "LockdownStarted":
      case "LockdownEnded":
        this.lockdown[event.by] = event.type === "LockdownStarted";
        if (this.#input.type !== "LockdownChanged" || this.#input.by !== event.by)
          this.said.push(`${event.type} by nobody`);
        return;
      case "OverrideProposed":
        this.proposal = event;
        return;
      case "OverrideLapsed":
        this.proposal = undefined;
        return;
      case "ControllerHeard":
      case "ControllerReturned":
        if (this.#input.type !== "HeartbeatReceived") this.said.push(`${event.type} without a heartbeat`);
        this.present = true;
        return;
      case "ControllerLost":
        this.present = false;
        return;
      case "DoorHeldOpen":
        return this.#heldOpen(event);
      case "DoorOpened":
        this.doors[event.door].openSince = event.edgeAt;
        return this.people.opened(event);
      case "OccupancyRestored":
      case "OccupancyCorrected":
        return void this.said.push(...this.people.counted(event));
      case "DoorClosed":
        this.doors[event.door].openSince = undefined;
        return;
      case "ReleaseRefused":
      case "DoorBecameSecure":
      case "DoorBecameInsecure":
      case "ExitRequested":
      case "DoorHeldOpenWarning":
      case "DoorForcedOpen":
      case "DoorFoundOpen":
      case "FireInputChanged":
      case "EmergencyResetRefused":
      case "OverrideRefused":
      case "OverrideEnded":
      case "PersonDetained":
      case "DetentionEnded":
      case "TamperDetected":
      case "TamperEnded":
      case "MainsLost":
      case "MainsRestored":
      case "BatteryLow":
      case "BatteryRestored":
      case "InterlockViolated":
      case "InterlockRestored":
        return;
    }
  }

  /** A line that would not switch secures its lock only when it does. */
  #lockFault(event: Extract<InterlockEvent, { readonly type: "LockFault" | "LockFaultCleared" }>): void {
    const account = this.doors[event.door];
    const switches = event.type === "LockFaultCleared" && account.lockFault === "line";
    if (switches && account.lock === "secured") account.lockSince = event.at;
    account.lockFault = event.type === "LockFault" ? event.fault : undefined;
  }

  /** A8: only what is asked for, of a release that nobody has used. */
  #withdrawn({ door, grant }: Extract<InterlockEvent, { readonly type: "ReleaseWithdrawn" }>): void {
    const input = this.#input;
    if (input.type !== "WithdrawalRequested" || input.door !== door || input.id !== grant.id)
      this.said.push(`the release for ${grant.id} is withdrawn and nobody asked`);
    if (this.doors[door].lock !== "grant" || !this.doors[door].open.has(grant.id))
      this.said.push(`the release for ${grant.id} is withdrawn and does not stand`);
    this.doors[door].withdrawn = true;
  }

  /** A8: nobody's bolt is thrown because somebody else's release was taken back, nor while the door is open. */
  #ended({ door, cause }: Extract<InterlockEvent, { readonly type: "DoorSecured" }>): void {
    const account = this.doors[door];
    if (cause === "withdrawn" && !account.withdrawn)
      this.said.push(`${door} is secured and nothing withdrawn`);
    if (cause === "withdrawn" && (account.contact === "open" || account.openSince !== undefined))
      this.said.push(`${door} is secured as withdrawn while it is open`);
    account.withdrawn = false;
  }

  #switched(door: DoorName, lock: DoorAccount["lock"], at: Instant): void {
    Object.assign(this.doors[door], { lock, lockSince: at });
  }

  /** The invariant itself: R1, with the settle time, and what else a release takes. */
  #granted({ door, at, grant, until }: Extract<InterlockEvent, { readonly type: "DoorReleased" }>): void {
    const other = this.doors[opposite(door)];
    const settled = at - this.#policy.settleTime;
    const input = this.#input;
    const asked =
      input.type === "ReleaseRequested" && input.door === door && input.grant.id === grant.id
        ? input
        : undefined;
    const why =
      this.notShut(opposite(door)) ??
      (other.contactSince > settled ? "closed only just now" : undefined) ??
      (other.lockSince > settled ? "was locked only just now" : undefined);
    if (why !== undefined) this.said.push(`${door} is released although the other door ${why}`);
    if (asked === undefined) this.said.push(`${door} is released and nobody asked`);
    else if (!(asked.notAfter >= at)) this.said.push(`${door} is released for a request that is stale`);
    if (!this.present) this.said.push(`${door} is released without a controller`);
    if (this.lockedDown) this.said.push(`${door} is released in a lockdown`);
    if (this.doors[door].lock !== "secured") this.said.push(`${door} is released twice`);
    if (until !== at + this.#policy.doors[door].releaseTime)
      this.said.push(`${door} is released until ${until}`);
    this.doors[door].open.add(grant.id);
    this.#switched(door, "grant", at);
  }

  /** R13: two different operators, for the same doors, the first no longer ago than the window. */
  #overrideStarted({
    at,
    doors,
    until,
  }: Extract<InterlockEvent, { readonly type: "OverrideStarted" }>): void {
    const input = this.#input;
    if (input.type !== "OverrideRequested") this.said.push("an override starts and nobody asked");
    else if (!(input.notAfter >= at)) this.said.push("an override starts for a request that is stale");
    else if (this.proposal === undefined) this.said.push("an override starts with one operator");
    else if (this.proposal.operator === input.operator)
      this.said.push("the same operator twice is an override");
    else if (this.proposal.doors !== doors || input.doors !== doors) this.said.push("two overrides make one");
    else if (this.proposal.until <= at) this.said.push("the second operator came too late and still counts");
    if (this.lockedDown) this.said.push("an override starts in a lockdown");
    if (!this.present) this.said.push("an override starts without a controller");
    if (until !== at + this.#policy.overrideTime) this.said.push(`an override lasts until ${until}`);
    this.proposal = undefined;
  }

  #overridden({ door, at, until }: Extract<InterlockEvent, { readonly type: "OverrideDoorReleased" }>): void {
    const input = this.#input;
    const meant =
      input.type === "OverrideRequested" &&
      (input.doors === "both" || input.doors === door) &&
      !this.lockedDown;
    if (!meant || this.proposal !== undefined)
      this.said.push(`${door} is released by an override nobody made`);
    if (until !== at + this.#policy.overrideTime) this.said.push(`${door} is overridden until ${until}`);
    this.#switched(door, "override", at);
  }

  /** R6: not before its time. */
  #heldOpen({ door, at }: Extract<InterlockEvent, { readonly type: "DoorHeldOpen" }>): void {
    const { openSince } = this.doors[door];
    if (openSince === undefined || at - openSince < this.#policy.doors[door].heldOpenTime)
      this.said.push(`${door} is called held open too early`);
  }

  #emergencyStarted(): void {
    const input = this.#input;
    const real =
      input.type === "EmergencyRestored" || (input.type === "FireChanged" && input.value === "active");
    if (!real) this.said.push("an emergency starts without a fire");
    this.emergency = true;
  }

  /** After the step: the rules' own state says the same as this account. */
  compare(after: InterlockState): void {
    this.said.push(...differencesFrom(this, after));
  }
}
