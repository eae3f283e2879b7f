import { type Bolt, type Contact, type DoorName, doorNames, opposite } from "../names.ts";
import type { Instant } from "../time.ts";
import type { InterlockEvent } from "./event.ts";
import type { InterlockInput } from "./input.ts";
import type { InterlockPolicy } from "./policy.ts";

interface Seen {
  lock: "secured" | "released";
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

  constructor(policy: InterlockPolicy, at: Instant) {
    this.#policy = policy;
    const seen = (): Seen => ({
      lock: "secured",
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
    for (const event of events) this.#follow(event);
    if (input.type === "ContactChanged" && this.#doors[input.door].contact !== input.contact)
      throw new Error(`${input.door}: the contact reads ${input.contact}, unnoticed`);
    const released = doorNames.filter((door) => this.#doors[door].lock === "released");
    if (released.length > 1) throw new Error("both doors are released");
    for (const door of released) {
      const why = this.#notShut(opposite(door));
      if (why !== undefined) throw new Error(`${door} stays released although the other door ${why}`);
    }
  }

  isReleased(door: DoorName): boolean {
    return this.#doors[door].lock === "released";
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
        Object.assign(this.#doors[event.door], { lock: "secured", lockSince: event.at });
        return;
      case "AccessTaken":
      case "AccessNotTaken":
        this.#ends.set(event.grant.id, (this.#ends.get(event.grant.id) ?? 0) + 1);
        return;
      case "DoorOpened":
      case "DoorClosed":
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
    Object.assign(this.#doors[door], { lock: "released", lockSince: at });
  }

  #notShut(door: DoorName): string | undefined {
    const { lock, contact, bolt, faults } = this.#doors[door];
    if (lock !== "secured") return "is released";
    if (contact !== "closed") return `has its contact ${contact}`;
    if (this.#policy.doors[door].bolt === "fitted" && bolt !== "thrown") return `has its bolt ${bolt}`;
    return faults.size > 0 ? `has a fault of its ${[...faults].join(" and ")}` : undefined;
  }
}
