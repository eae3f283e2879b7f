import type { Bolt, Contact, Lock, LockKind } from "../domain/names.ts";
import { after, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { SeededRandom } from "./seeded-random.ts";

export interface SimulatedDoorPlan {
  readonly lock: LockKind;
  readonly bolt: "fitted" | "unfitted";
  readonly rex: "fitted" | "unfitted";
}

export type DoorInput = "contact" | "bolt" | "rex";
export type MoveRefusal = "locked" | "alreadyOpen" | "alreadyClosed";

/** How long a motor lock takes to draw or throw its bolt. */
const boltTravel = { shortest: 40, longest: 90 } as const;
/** A reed contact chatters when the leaf leaves or reaches the frame. */
const bounce = { mostOnOpening: 1, mostOnClosing: 2, shortest: 1, longest: 3 } as const;

/**
 * One door leaf with its closer, lock, bolt and sensors. What its sensors show may differ from what is so: while a
 * contact bounces, and where a sensor is overridden to simulate its fault.
 */
export class SimulatedDoor implements Disposable {
  readonly #plan: SimulatedDoorPlan;
  readonly #closerTime: Milliseconds;
  readonly #clock: Clock;
  readonly #random: SeededRandom;
  readonly #onEdge: (input: DoorInput) => void;
  readonly #overrides = new Map<DoorInput, boolean | "fault">();
  /** What the interlock's line says; undefined without power. */
  #wire: Lock | undefined;
  #open = false;
  #propped = false;
  /** Somebody leans on the closed leaf and gets through as soon as the bolt is out; `propped` if they hold it then. */
  #pushing: { readonly propped: boolean } | undefined;
  #thrown: boolean;
  /** A relay whose contacts are welded, or whose wire is cut: the lock does this whatever the line says. */
  #welded: Lock | undefined;
  /** A bolt that does not move, whatever drives it. */
  #jammed = false;
  #contactOpen = false;
  #travel: { readonly target: boolean; readonly timer: Disposable } | undefined;
  #closer: Disposable | undefined;
  #bouncing: Disposable | undefined;

  constructor(
    plan: SimulatedDoorPlan,
    closerTime: Milliseconds,
    clock: Clock,
    random: SeededRandom,
    onEdge: (input: DoorInput) => void,
  ) {
    this.#plan = plan;
    this.#closerTime = closerTime;
    this.#clock = clock;
    this.#random = random;
    this.#onEdge = onEdge;
    this.#thrown = this.lock() === "secured";
  }

  /** What the lock does: without power a fail-secure one secures and a fail-safe one releases, as in real life. */
  lock(): Lock {
    return this.#welded ?? this.#wire ?? (this.#plan.lock === "fail-secure" ? "secured" : "released");
  }

  isOpen(): boolean {
    return this.#open;
  }

  isThrown(): boolean {
    return this.#thrown;
  }

  isFitted(input: DoorInput): boolean {
    return input === "contact" || this.#plan[input] === "fitted";
  }

  contact(): Contact {
    const shown = this.#overrides.get("contact") ?? this.#contactOpen;
    if (shown === "fault") return "fault";
    return shown ? "open" : "closed";
  }

  bolt(): Bolt {
    if (this.#plan.bolt === "unfitted") return "unfitted";
    const shown = this.#overrides.get("bolt") ?? !this.#thrown;
    if (shown === "fault") return "fault";
    return shown ? "retracted" : "thrown";
  }

  rex(): boolean {
    return this.#overrides.get("rex") === true;
  }

  command(lock: Lock): void {
    this.#wire = lock;
    this.#driveBolt();
  }

  losePower(): void {
    this.#wire = undefined;
    this.#driveBolt();
  }

  /** A person pushes, and walks through; the closer shuts the door behind them. */
  push(): MoveRefusal | undefined {
    return this.#lean(false);
  }

  /** Keeps the door open until somebody closes it; opens it first if need be. */
  prop(): MoveRefusal | undefined {
    if (!this.#open) return this.#lean(true);
    if (this.#propped) return "alreadyOpen";
    this.#propped = true;
    this.#closer?.[Symbol.dispose]();
    return undefined;
  }

  /** Opens it whatever the lock says: the bolt is torn out of the frame while it stands open. */
  force(): MoveRefusal | undefined {
    if (this.#open) return "alreadyOpen";
    this.#swingOpen(false);
    return undefined;
  }

  /** Shuts it; whoever only leans on it gives up. */
  close(): MoveRefusal | undefined {
    this.#pushing = undefined;
    if (!this.#open) return "alreadyClosed";
    this.#open = false;
    this.#propped = false;
    this.#closer?.[Symbol.dispose]();
    this.#bounceTo(false, bounce.mostOnClosing);
    this.#driveBolt();
    return undefined;
  }

  /** The lock does `lock` whatever is commanded; undefined: what is commanded. */
  weld(lock: Lock | undefined): void {
    this.#welded = lock;
    this.#driveBolt();
  }

  /** The bolt stays where it is until freed. */
  jam(jammed: boolean): void {
    this.#jammed = jammed;
    this.#driveBolt();
  }

  /** Makes a sensor say `active`, or read short or cut (`fault`), whatever is so; null: what is so. */
  override(input: DoorInput, active: boolean | "fault" | null): void {
    const before = this.#shown(input);
    if (active === null) this.#overrides.delete(input);
    else this.#overrides.set(input, active);
    if (this.#shown(input) !== before) this.#onEdge(input);
  }

  /** Everything that moves stops where it is. */
  [Symbol.dispose](): void {
    for (const timer of [this.#travel?.timer, this.#closer, this.#bouncing]) timer?.[Symbol.dispose]();
  }

  #lean(propped: boolean): MoveRefusal | undefined {
    if (this.#open) return "alreadyOpen";
    // A lock blocks the handle with the command already, before its bolt has travelled.
    if (this.lock() === "secured") return "locked";
    if (this.#thrown) this.#pushing = { propped };
    else this.#swingOpen(propped);
    return undefined;
  }

  #swingOpen(propped: boolean): void {
    this.#pushing = undefined;
    this.#open = true;
    this.#propped = propped;
    this.#setThrown(false);
    this.#driveBolt();
    this.#bounceTo(true, bounce.mostOnOpening);
    if (!propped)
      this.#closer = this.#clock.wakeAt(after(this.#clock.now(), this.#closerTime), () => this.close());
  }

  /** A bolt can only be thrown into the frame: it waits until the leaf is there. */
  #driveBolt(): void {
    const throwIt = this.lock() === "secured";
    if (throwIt) this.#pushing = undefined;
    const target = throwIt && !this.#open;
    if (this.#jammed) {
      this.#travel?.timer[Symbol.dispose]();
      this.#travel = undefined;
      return;
    }
    // On its way there already: a repeated command does not start it anew.
    if (this.#travel?.target === target) return;
    this.#travel?.timer[Symbol.dispose]();
    this.#travel = undefined;
    if (target === this.#thrown || (throwIt && this.#open)) return;
    const time = this.#random.between(boltTravel.shortest, boltTravel.longest);
    this.#travel = {
      target,
      timer: this.#clock.wakeAt(after(this.#clock.now(), time), () => this.#arrive(target)),
    };
  }

  #arrive(thrown: boolean): void {
    this.#travel = undefined;
    this.#setThrown(thrown);
    if (this.#pushing !== undefined) this.#swingOpen(this.#pushing.propped);
  }

  #setThrown(thrown: boolean): void {
    const before = this.bolt();
    this.#thrown = thrown;
    if (this.bolt() !== before) this.#onEdge("bolt");
  }

  #bounceTo(open: boolean, most: number): void {
    this.#bouncing?.[Symbol.dispose]();
    this.#chatter(open, 2 * this.#random.between(0, most));
  }

  /** Shows `open`, and `left` further edges after it, the last of which shows `open` again. */
  #chatter(open: boolean, left: number): void {
    const before = this.contact();
    this.#contactOpen = left % 2 === 0 ? open : !open;
    if (this.contact() !== before) this.#onEdge("contact");
    if (left === 0) return;
    const pause = this.#random.between(bounce.shortest, bounce.longest);
    this.#bouncing = this.#clock.wakeAt(after(this.#clock.now(), pause), () => this.#chatter(open, left - 1));
  }

  #shown(input: DoorInput): Contact | Bolt | boolean {
    switch (input) {
      case "contact":
        return this.contact();
      case "bolt":
        return this.bolt();
      case "rex":
        return this.rex();
    }
  }
}
