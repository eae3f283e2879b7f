import type { DoorName } from "../../../src/domain/names.ts";
import type { Instant, Milliseconds } from "../../../src/domain/time.ts";
import type { VestibuleReading } from "../../../src/ports/door-hardware.ts";
import type { JournalRecord } from "../../../src/ports/journal.ts";
import type { VestibuleDrawn } from "../plan.ts";

/** A part in an override reaches the interlock this much later at most, or not at all. */
const validity: Milliseconds = 1_500;

interface OverridePart {
  readonly doors: DoorName | "both";
  readonly operator: string;
  readonly at: Instant;
}

/** What R12 to R14 are about at one door pair: fire, lockdown, and what operators have asked for. */
export class OrderOracle {
  readonly #drawn: VestibuleDrawn;
  readonly #now: () => Instant;
  readonly #parts: OverridePart[] = [];
  /** There was a fire, and no reset is on record since. */
  emergency = false;
  /** When the present interlock saw the fire, until that has been looked at. */
  fireSeenAt: Instant | undefined;
  #lockdownInput = false;
  #lockdownOrder = false;
  #ordered = false;

  constructor(drawn: VestibuleDrawn, now: () => Instant) {
    this.#drawn = drawn;
    this.#now = now;
  }

  get isLockedDown(): boolean {
    return this.#lockdownInput || (this.#ordered && this.#lockdownOrder);
  }

  /** R12, under the site's priority. */
  mayBeFreed(door: DoorName): boolean {
    const { onFire, priority } = this.#drawn.policy;
    if (!this.emergency || onFire === "none" || (onFire === "outer" && door === "inner")) return false;
    return priority === "fire" || !this.isLockedDown;
  }

  /** R13: whether two different operators have asked for this door within the window. */
  mayBeOverridden(door: DoorName): boolean {
    const { overrideWindow } = this.#drawn.policy;
    const last = this.#parts.at(-1);
    if (last === undefined || this.#now() - last.at > validity || !covers(last, door)) return false;
    return this.#parts.some(
      (part) =>
        part.operator !== last.operator &&
        part.doors === last.doors &&
        last.at - part.at <= overrideWindow + validity,
    );
  }

  overrideAsked(doors: DoorName | "both", operator: string): void {
    this.#parts.push({ doors, operator, at: this.#now() });
    if (this.#parts.length > 16) this.#parts.shift();
  }

  onReading({ input, value }: VestibuleReading): void {
    if (input === "lockdown") this.#lockdownInput = value;
    if (input !== "fire" || value !== "active") return;
    this.emergency = true;
    this.fireSeenAt ??= this.#now();
  }

  onRecord({ type, payload }: JournalRecord): void {
    if (type === "EmergencyReset" || (type === "EmergencyResetRefused" && payload.reason === "notActive"))
      this.emergency = false;
    // What the interlock says of an order may come late, or from one that has died since: the order itself counts too.
    if (type === "LockdownOrdered" || type === "LockdownLiftOrdered")
      this.#ordered = type === "LockdownOrdered";
    if ((type === "LockdownStarted" || type === "LockdownEnded") && payload.by === "order")
      this.#lockdownOrder = type === "LockdownStarted";
  }

  /** A new interlock knows of no order until it is told again. */
  taken(): void {
    this.#lockdownOrder = false;
    this.#lockdownInput = false;
    this.fireSeenAt = undefined;
  }
}

const covers = ({ doors }: OverridePart, door: DoorName): boolean => doors === "both" || doors === door;
