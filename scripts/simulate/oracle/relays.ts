import {
  type Bolt,
  type Contact,
  type DoorName,
  doorNames,
  type Lock,
  opposite,
  type VestibuleId,
} from "../../../src/domain/names.ts";
import { type Instant, instant, type Milliseconds } from "../../../src/domain/time.ts";
import type { Reading } from "../../../src/ports/door-hardware.ts";
import type { VestibuleDrawn } from "../plan.ts";
import type { Findings } from "./findings.ts";
import { OrderOracle } from "./orders.ts";

interface Seen {
  lock: Lock;
  lockSince: Instant;
  contact: Contact | "unread";
  contactSince: Instant;
  bolt: Bolt | "unread";
  /** Why it was released, as far as the wires and the orders tell. */
  by: "grant" | "override" | "emergency";
  /** The line would not take the command to secure: nobody can do more than try again. */
  stuck: boolean;
}

/** A durable record that lets one door be released once. */
interface Permission {
  readonly door: DoorName;
  readonly at: Instant;
  used: boolean;
}

/** A release is acted upon within this of being due; virtual time has no jitter of its own. */
const promptly: Milliseconds = 20;
/** Younger permissions than this are meant; an older one that was never used has lapsed. */
const permissionLife: Milliseconds = 1_000;

/**
 * Watches one door pair's wires, and nothing else: what its sensors showed, what its relays were told. Knows R1, R3,
 * R4 and R16 in its own words and shares no code with the rules.
 */
export class RelayOracle {
  readonly #drawn: VestibuleDrawn;
  readonly #now: () => Instant;
  readonly #findings: Findings;
  readonly #doors: Record<DoorName, Seen>;
  readonly #permissions: Permission[] = [];
  readonly orders: OrderOracle;
  /** From when on the interlock has run without a break; undefined while nobody drives the wires, or who does is stopped. */
  #drivenSince: Instant | undefined;
  /** Since when no controller has been able to send a heartbeat. */
  #silentSince: Instant | undefined;

  readonly #isRefusing: (door: DoorName) => boolean;

  /** `isRefusing`: whether the line takes no commands. */
  constructor(
    drawn: VestibuleDrawn,
    now: () => Instant,
    findings: Findings,
    isRefusing: (door: DoorName) => boolean,
  ) {
    this.#isRefusing = isRefusing;
    this.#drawn = drawn;
    this.#now = now;
    this.orders = new OrderOracle(drawn, now);
    this.#findings = findings;
    this.#doors = { outer: unseen(now()), inner: unseen(now()) };
    this.#silentSince = now();
  }

  get vestibule(): VestibuleId {
    return this.#drawn.id;
  }

  isReleased(door: DoorName): boolean {
    return this.#doors[door].lock === "released";
  }

  /** How long its relay has been told to secure. */
  securedFor(door: DoorName): Milliseconds {
    return this.isReleased(door) ? 0 : this.#now() - this.#doors[door].lockSince;
  }

  /** A new interlock process takes the wires. */
  taken(): void {
    const now = this.#now();
    for (const door of doorNames) this.#doors[door] = unseen(now);
    this.#drivenSince = now;
    this.orders.taken();
  }

  /** It is gone, and with it what it drove. */
  dropped(): void {
    for (const door of doorNames)
      Object.assign(this.#doors[door], { lock: "secured", lockSince: this.#now(), stuck: false });
    this.#drivenSince = undefined;
  }

  interlockStopped(): void {
    this.#drivenSince = undefined;
  }

  interlockResumed(): void {
    this.#drivenSince = this.#now();
  }

  controllerSilent(silent: boolean): void {
    if (!silent) this.#silentSince = undefined;
    else this.#silentSince ??= this.#now();
  }

  permitted(door: DoorName): void {
    this.#permissions.push({ door, at: this.#now(), used: false });
    if (this.#permissions.length > 16) this.#permissions.shift();
  }

  onReading(reading: Reading): void {
    if (!("door" in reading)) return this.orders.onReading(reading);
    const seen = this.#doors[reading.door];
    if (reading.input === "contact" && reading.value !== seen.contact)
      Object.assign(seen, { contact: reading.value, contactSince: this.#now() });
    if (reading.input === "bolt") seen.bolt = reading.value;
  }

  /** The line did not take it. */
  onRefused(door: DoorName, lock: Lock): void {
    if (lock === "secured") this.#doors[door].stuck = true;
  }

  onCommand(door: DoorName, lock: Lock): void {
    const seen = this.#doors[door];
    seen.stuck = false;
    if (lock === "released") {
      if (this.orders.mayBeFreed(door)) seen.by = "emergency";
      else if (seen.lock === "released" || this.orders.mayBeOverridden(door)) this.#onOverridden(door);
      else this.#onReleased(door);
    }
    if (lock === seen.lock) return;
    Object.assign(seen, { lock, lockSince: this.#now() });
  }

  /** After each thing the interlock process has done: what it has seen must be answered by now. */
  afterStep(): void {
    for (const door of doorNames) {
      const { lock, stuck, by } = this.#doors[door];
      if (lock === "secured" || stuck) continue;
      if (by === "emergency") {
        if (!this.orders.mayBeFreed(door))
          this.#violated("R12", `${door} stays released although no emergency frees it`);
        continue;
      }
      if (this.orders.isLockedDown) this.#violated("R14", `${door} stays released in a lockdown`);
      const why = by === "grant" ? this.#notShut(opposite(door)) : undefined;
      if (why !== undefined) this.#violated("R4", `${door} stays released although the other door ${why}`);
    }
  }

  /** Whenever time has passed. */
  look(): void {
    if (this.#drivenSince === undefined) return;
    const now = this.#now();
    this.#lookForFire(this.#drivenSince, now);
    for (const door of doorNames) this.#lookAtRelease(door, this.#drivenSince, now);
  }

  #lookAtRelease(door: DoorName, drivenSince: Instant, now: Instant): void {
    const { lock, lockSince, by, stuck } = this.#doors[door];
    if (lock === "secured" || stuck || by === "emergency") return;
    const { policy } = this.#drawn;
    const ends = lockSince + (by === "grant" ? policy.doors[door].releaseTime : policy.overrideTime);
    if (now > Math.max(ends, drivenSince) + promptly)
      this.#violated(
        by === "grant" ? "R4" : "R13",
        `${door} is released since ${lockSince}, longer than its time`,
      );
    if (this.#silentSince === undefined) return;
    const lapses = this.#silentSince + policy.heartbeatTime;
    if (now > Math.max(lapses, drivenSince) + promptly)
      this.#violated("R16", `${door} is released although no controller is there since ${this.#silentSince}`);
  }

  /** R12: the software follows the input at once. */
  #lookForFire(drivenSince: Instant, now: Instant): void {
    const { fireSeenAt } = this.orders;
    if (fireSeenAt === undefined || now <= Math.max(fireSeenAt, drivenSince) + promptly) return;
    this.orders.fireSeenAt = undefined;
    for (const door of doorNames)
      if (this.orders.mayBeFreed(door) && !this.isReleased(door) && !this.#isRefusing(door))
        this.#violated("R12", `${door} is not released although there is a fire since ${fireSeenAt}`);
  }

  /** R13: against R1, for two operators; never in a lockdown (R14). */
  #onOverridden(door: DoorName): void {
    const seen = this.#doors[door];
    if (!this.orders.mayBeOverridden(door)) return;
    if (this.orders.isLockedDown) this.#violated("R14", `${door} is released by operators in a lockdown`);
    Object.assign(seen, { by: "override", lockSince: this.#now() });
  }

  #onReleased(door: DoorName): void {
    const now = this.#now();
    this.#doors[door].by = "grant";
    if (this.orders.isLockedDown) this.#violated("R14", `${door} is released in a lockdown`);
    const settle = this.#drawn.policy.settleTime;
    const other = this.#doors[opposite(door)];
    const why =
      this.#notShut(opposite(door)) ??
      (now - other.contactSince < settle ? "closed only just now" : undefined) ??
      (now - other.lockSince < settle ? "was locked only just now" : undefined);
    if (why !== undefined)
      this.#violated("R1", `${door} is commanded released although the other door ${why}`);
    const permission = this.#permissions.find(
      (one) => one.door === door && !one.used && now - one.at <= permissionLife,
    );
    if (permission === undefined)
      this.#violated("§3.4", `${door} is commanded released without a durable record of why`);
    else permission.used = true;
  }

  #notShut(door: DoorName): string | undefined {
    const { lock, contact, bolt } = this.#doors[door];
    if (lock !== "secured") return "is released";
    if (contact !== "closed") return `has its contact ${contact}`;
    if (this.#drawn.policy.doors[door].bolt === "fitted" && bolt !== "thrown") return `has its bolt ${bolt}`;
    return undefined;
  }

  #violated(rule: string, what: string): void {
    this.#findings.violated(rule, this.#now(), `${this.vestibule}: ${what}`);
  }
}

const unseen = (at: Instant): Seen => ({
  lock: "secured",
  lockSince: at,
  contact: "unread",
  contactSince: instant(at),
  bolt: "unread",
  by: "grant",
  stuck: false,
});
