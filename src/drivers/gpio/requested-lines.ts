import { closeSync, readSync } from "node:fs";
import { type Instant, instant } from "../../domain/time.ts";
import { HardwareFault } from "../../ports/door-hardware.ts";
import type { EdgeWaiter } from "./edge-waiter.ts";
import { bitsOf, lineEventsOf, lineValues, requests, sizes } from "./gpio-uapi.ts";
import { disobeyed, type EdgeListener, type InputLines, type OutputLines, reasonOf } from "./line-driver.ts";
import type { LineGroup } from "./line-plan.ts";
import { control, type Readiness, SystemCallError } from "./system-calls.ts";

const eventsAtOnce = 64;
/** The kernel keeps 16 events for each line of a request, the oldest of which it forgets first. */
const mostReads = 16;

/** A request for outputs, which have been taken at rest. */
export class KernelOutputs implements OutputLines {
  readonly descriptor: number;
  readonly #group: LineGroup;
  readonly #close: () => void;
  readonly #all: bigint;
  /** A chip without a way to read its outputs says so at once; then its locks' bolts are the only witness. */
  readonly #isReadable: boolean;
  #levels = 0n;

  static owning(group: LineGroup, descriptor: number): KernelOutputs {
    return new KernelOutputs(group, descriptor, () => closeSync(descriptor));
  }

  constructor(group: LineGroup, descriptor: number, close: () => void) {
    this.#group = group;
    this.descriptor = descriptor;
    this.#close = close;
    this.#all = (1n << BigInt(group.lines.length)) - 1n;
    this.#isReadable = this.#readingFails() === undefined;
  }

  set(index: number, active: boolean): void {
    const bit = 1n << BigInt(index);
    this.#levels = active ? this.#levels | bit : this.#levels & ~bit;
    this.#write(bit);
    if (this.strayed().includes(index)) throw disobeyed(this.#namesOf([index]));
  }

  rest(): void {
    this.#levels = 0n;
    this.#write(this.#all);
    const strayed = this.strayed();
    if (strayed.length > 0) throw disobeyed(this.#namesOf(strayed));
  }

  strayed(): readonly number[] {
    if (!this.#isReadable) return [];
    const values = lineValues(0n, this.#all);
    this.#call(requests.getValues, values);
    const wrong = bitsOf(values) ^ this.#levels;
    return [...this.#group.lines.keys()].filter((index) => ((wrong >> BigInt(index)) & 1n) !== 0n);
  }

  /** Whether the chip that granted this request is still there. */
  isThere(): boolean {
    return this.#readingFails() !== "ENODEV";
  }

  [Symbol.dispose](): void {
    this.#close();
  }

  #readingFails(): string | undefined {
    try {
      control(this.descriptor, requests.getValues, lineValues(0n, this.#all));
      return undefined;
    } catch (error) {
      return error instanceof SystemCallError ? error.code : reasonOf(error);
    }
  }

  #write(mask: bigint): void {
    this.#call(requests.setValues, lineValues(this.#levels & mask, mask));
  }

  #namesOf(indices: readonly number[]): string {
    return indices.map((index) => this.#group.lines[index]?.name).join(", ");
  }

  #call(number: number, argument: Buffer): void {
    try {
      control(this.descriptor, number, argument);
    } catch (error) {
      throw new HardwareFault(this.#group.chip, reasonOf(error), { cause: error });
    }
  }
}

/** A request for inputs with both edges. */
export class KernelInputs implements InputLines {
  readonly #group: LineGroup;
  readonly #offsets: readonly number[];
  readonly #descriptor: number;
  readonly #listener: EdgeListener;
  readonly #waiting: Disposable;
  readonly #events = Buffer.alloc(eventsAtOnce * sizes.lineEvent);
  #number = 0;

  constructor(
    group: LineGroup,
    offsets: readonly number[],
    descriptor: number,
    waiter: EdgeWaiter,
    listener: EdgeListener,
  ) {
    this.#group = group;
    this.#offsets = offsets;
    this.#descriptor = descriptor;
    this.#listener = listener;
    this.#waiting = waiter.add(descriptor, (ready) => this.#onReady(ready));
  }

  /** Edges that are waiting to be read come first, with their own instants: what is read now is newer. */
  read(): readonly boolean[] {
    this.#drain();
    const values = lineValues(0n, (1n << BigInt(this.#offsets.length)) - 1n);
    try {
      control(this.#descriptor, requests.getValues, values);
    } catch (error) {
      throw this.#fault(error);
    }
    const bits = bitsOf(values);
    return this.#offsets.map((_, index) => ((bits >> BigInt(index)) & 1n) !== 0n);
  }

  [Symbol.dispose](): void {
    this.#waiting[Symbol.dispose]();
    closeSync(this.#descriptor);
  }

  #onReady({ readable, gone }: Readiness): void {
    if (!readable && gone) return this.#listener.onGone(this.#fault(new Error("the chip was removed")));
    try {
      if (!this.#drain()) this.#listener.onGap();
    } catch (error) {
      if (!(error instanceof HardwareFault)) throw error;
      this.#listener.onGone(error);
    }
  }

  /** Reports the edges that are waiting, at most all that the kernel keeps. False where some were lost. */
  #drain(): boolean {
    let isWhole = true;
    for (let read = 0; read < mostReads; read++) {
      const events = lineEventsOf(this.#events.subarray(0, this.#readBytes()));
      for (const { offset, active, nanoseconds, number } of events) {
        isWhole &&= number === this.#number + 1;
        this.#number = number;
        this.#listener.onEdge(this.#offsets.indexOf(offset), active, instantOf(nanoseconds));
      }
      if (events.length < eventsAtOnce) break;
    }
    return isWhole;
  }

  #readBytes(): number {
    try {
      return readSync(this.#descriptor, this.#events);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EAGAIN") return 0;
      throw this.#fault(error);
    }
  }

  #fault(error: unknown): HardwareFault {
    return new HardwareFault(this.#group.chip, reasonOf(error), { cause: error });
  }
}

const instantOf = (nanoseconds: bigint): Instant => instant(Number(nanoseconds) / 1e6);
