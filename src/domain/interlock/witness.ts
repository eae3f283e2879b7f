import { type Bolt, type Contact, type DoorName, doorNames, opposite } from "../names.ts";
import type { Instant } from "../time.ts";
import type { InterlockEvent, OverriddenDoors } from "./event.ts";
import type { InterlockInput } from "./input.ts";
import type { InterlockPolicy } from "./policy.ts";

const mostPeople = 16;

interface Seen {
  lock: "secured" | "released";
  /** Released by R12 or R13, the invariant's exceptions. */
  freed: "emergency" | "override" | undefined;
  lockSince: Instant;
  contact: Contact | "unread";
  contactSince: Instant;
  bolt: Bolt | "unread";
  readonly faults: Set<"lock" | "contact">;
}

/**
 * For tests: sees the same inputs and the commands that follow, keeps its own account of the doors, and throws when
 * a command breaks the interlock's invariant (domain.md §2). It shares no code with the rules it watches.
 */
export class Witness {
  readonly #policy: InterlockPolicy;
  readonly #doors: Readonly<Record<DoorName, Seen>>;
  /** How often each grant's release has ended. */
  readonly #ends = new Map<string, number>();
  readonly #lockdowns = new Set<string>();
  #people = 0;
  #input: InterlockInput | undefined;
  #emergency = false;
  #overridden: OverriddenDoors | undefined;

  constructor(policy: InterlockPolicy, at: Instant) {
    this.#policy = policy;
    const seen = (): Seen => ({
      lock: "secured",
      freed: undefined,
      lockSince: at,
      contact: "unread",
      contactSince: at,
      bolt: "unread",
      faults: new Set(),
    });
    this.#doors = { outer: seen(), inner: seen() };
  }

  /** `input` and everything that came of it, in order. */
  watch(input: InterlockInput, events: readonly InterlockEvent[]): void {
    this.#input = input;
    for (const event of events) this.#follow(event);
    if (input.type === "ContactChanged" && this.#doors[input.door].contact !== input.contact)
      throw new Error(`${input.door}: the contact reads ${input.contact}, unnoticed`);
    const released = doorNames.filter((door) => {
      const { lock, freed } = this.#doors[door];
      return lock === "released" && freed === undefined;
    });
    this.#watchLockdown(input.at);
    if (released.length > 1) throw new Error("both doors are released");
    for (const door of released) {
      const why = this.#notShut(opposite(door));
      if (why !== undefined) throw new Error(`${door} stays released although the other door ${why}`);
    }
  }

  /** R14: whoever is under a released door in lockdown is there for a fire, where fire goes first. */
  #watchLockdown(at: Instant): void {
    if (this.#lockdowns.size === 0) return;
    for (const door of doorNames) {
      if (this.#doors[door].lock === "secured") continue;
      if (this.#doors[door].freed !== "emergency" || this.#policy.priority === "lockdown")
        throw new Error(`${door} is released in lockdown at ${at}`);
    }
  }

  /** R15: between the doors, by its own count. */
  get people(): number {
    return this.#people;
  }

  /** Grants whose release has not ended exactly once. */
  unended(): readonly string[] {
    return [...this.#ends].filter(([, ends]) => ends !== 1).map(([grant, ends]) => `${grant}: ${ends} ends`);
  }

  #follow(event: InterlockEvent): void {
    switch (event.type) {
      case "ContactRead":
        Object.assign(this.#doors[event.door], { contact: event.contact, contactSince: event.at });
        return;
      case "BoltRead":
        this.#doors[event.door].bolt = event.bolt;
        return;
      case "LockFault":
      case "LockFaultCleared":
        return this.#fault(event.door, "lock", event.type === "LockFault");
      case "ContactFault":
      case "ContactFaultCleared":
        return this.#fault(event.door, "contact", event.type === "ContactFault");
      case "DoorReleased":
        return this.#released(event);
      case "DoorSecured":
        Object.assign(this.#doors[event.door], { lock: "secured", freed: undefined, lockSince: event.at });
        return;
      case "EmergencyDoorReleased":
      case "OverrideDoorReleased":
        return this.#freed(event);
      case "EmergencyStarted":
        this.#emergency = true;
        return;
      case "EmergencyReset":
        this.#emergency = false;
        return;
      case "OverrideStarted":
        if (event.operators[0] === event.operators[1]) throw new Error("one operator overrides alone");
        this.#overridden = event.doors;
        return;
      case "OverrideEnded":
        this.#overridden = undefined;
        return;
      case "AccessTaken":
        this.#passed(event);
        this.#ends.set(event.grant.id, (this.#ends.get(event.grant.id) ?? 0) + 1);
        return;
      case "AccessNotTaken":
        this.#ends.set(event.grant.id, (this.#ends.get(event.grant.id) ?? 0) + 1);
        return;
      case "LockdownStarted":
        this.#lockdowns.add(event.by);
        return;
      case "LockdownEnded":
        this.#lockdowns.delete(event.by);
        return;
      case "PersonDetained":
        if (this.#people === 0) throw new Error("nobody is there who could be detained");
        return;
      case "OccupancyRestored":
        this.#people = Math.min(event.people, mostPeople);
        return;
      case "OccupancyCorrected":
        return this.#corrected(event.people);
      case "DoorOpened":
        // Everybody can leave through it, uncounted.
        if (event.cause === "emergency" || event.cause === "override") this.#people = 0;
        return;
      case "FireInputChanged":
      case "EmergencyResetRefused":
      case "OverrideProposed":
      case "OverrideLapsed":
      case "OverrideRefused":
      case "DetentionEnded":
      case "TamperDetected":
      case "TamperEnded":
      case "MainsLost":
      case "MainsRestored":
      case "BatteryLow":
      case "BatteryRestored":
      case "DoorClosed":
      case "ReleaseWithdrawn":
      case "ReleaseRefused":
      case "DoorBecameSecure":
      case "DoorBecameInsecure":
      case "ExitRequested":
      case "DoorHeldOpenWarning":
      case "DoorHeldOpen":
      case "DoorForcedOpen":
      case "DoorFoundOpen":
      case "InterlockViolated":
      case "InterlockRestored":
      case "ControllerHeard":
      case "ControllerLost":
      case "ControllerReturned":
        return;
    }
  }

  /** R12 and R13 release without R1, but never without their reason. */
  #freed(
    event: Extract<InterlockEvent, { readonly type: "EmergencyDoorReleased" | "OverrideDoorReleased" }>,
  ): void {
    const { door, at, type } = event;
    const { onFire } = this.#policy;
    const may =
      type === "EmergencyDoorReleased"
        ? this.#emergency && (onFire === "both" || onFire === door)
        : this.#overridden === "both" || this.#overridden === door;
    if (!may) throw new Error(`${door}: ${type} without a reason`);
    Object.assign(this.#doors[door], {
      lock: "released",
      freed: type === "EmergencyDoorReleased" ? "emergency" : "override",
      lockSince: at,
    });
  }

  #passed({ grant }: Extract<InterlockEvent, { readonly type: "AccessTaken" }>): void {
    const people = Number.isNaN(grant.people) ? 1 : Math.max(1, Math.floor(grant.people ?? 1));
    const now = grant.enters ? this.#people + people : this.#people - people;
    this.#people = Math.min(Math.max(now, 0), mostPeople);
  }

  #corrected(people: number): void {
    const input = this.#input;
    if (input?.type !== "OccupancyReset") throw new Error("somebody is forgotten and nobody said so");
    const said = input.change === "nobody" ? -mostPeople : input.change;
    this.#people = Math.min(Math.max(this.#people + Math.trunc(said), 0), mostPeople);
    if (this.#people !== people) throw new Error(`${people} are left of whom ${said} were said to be gone`);
  }

  #fault(door: DoorName, of: "lock" | "contact", present: boolean): void {
    if (present) this.#doors[door].faults.add(of);
    else this.#doors[door].faults.delete(of);
  }

  #released({ door, at, grant }: Extract<InterlockEvent, { readonly type: "DoorReleased" }>): void {
    const other = this.#doors[opposite(door)];
    const settled = this.#policy.settleTime;
    const why =
      this.#notShut(opposite(door)) ??
      (at - other.contactSince < settled ? "closed only just now" : undefined) ??
      (at - other.lockSince < settled ? "was locked only just now" : undefined);
    if (why !== undefined) throw new Error(`${door} released at ${at} although the other door ${why}`);
    if (this.#ends.has(grant.id)) throw new Error(`${door} released twice for ${grant.id}`);
    this.#ends.set(grant.id, 0);
    Object.assign(this.#doors[door], { lock: "released", freed: undefined, lockSince: at });
  }

  #notShut(door: DoorName): string | undefined {
    const { lock, contact, bolt, faults } = this.#doors[door];
    if (lock !== "secured") return "is released";
    if (contact !== "closed") return `has its contact ${contact}`;
    if (this.#policy.doors[door].bolt === "fitted" && bolt !== "thrown") return `has its bolt ${bolt}`;
    return faults.size > 0 ? `has a fault of its ${[...faults].join(" and ")}` : undefined;
  }
}
