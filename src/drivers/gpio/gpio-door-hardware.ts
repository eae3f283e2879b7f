import type { Bolt, Contact, DoorName, Lock, VestibuleId } from "../../domain/names.ts";
import { after, type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import {
  type DoorHardware,
  HardwareFault,
  type Reading,
  type ReadingListener,
} from "../../ports/door-hardware.ts";
import { InputGroup } from "./input-group.ts";
import { meaningsOf } from "./inputs.ts";
import { type LineDriver, reasonOf } from "./line-driver.ts";
import { type GpioPlan, inputGroups, type LinePlan, outputGroups } from "./line-plan.ts";
import { OutputGroup } from "./output-group.ts";

/**
 * How often all lines are read besides their edges: an edge that the kernel lost, a chip that went without a word and an
 * output that something else changed are known after this at the latest, and lines that are gone are asked for again.
 */
const lookInterval: Milliseconds = 100;
/** The kernel's time of an edge is believed up to this age: whoever was away longer has let timers run meanwhile. */
const longestAge: Milliseconds = 1_000;

export interface GpioDoorHardwareOptions {
  readonly plan: GpioPlan;
  /** Disposed together with the hardware. */
  readonly driver: LineDriver;
  readonly clock: Clock;
  /** Told when lines are lost and when they are there again. */
  readonly log: (text: string) => void;
}

/** The lines of a GPIO board, whatever interface of the kernel's they are reached by. */
export class GpioDoorHardware implements DoorHardware {
  readonly #plan: GpioPlan;
  readonly #driver: LineDriver;
  readonly #clock: Clock;
  readonly #outputs: readonly OutputGroup[];
  readonly #inputs: readonly InputGroup[];
  #listener: ReadingListener | undefined;
  #lastAt: Instant;
  #looking: Disposable | undefined;

  constructor({ plan, driver, clock, log }: GpioDoorHardwareOptions) {
    this.#plan = plan;
    this.#driver = driver;
    this.#clock = clock;
    this.#lastAt = clock.now();
    this.#outputs = outputGroups(plan).map((group) => new OutputGroup(group, driver, log));
    const meanings = meaningsOf(plan);
    this.#inputs = inputGroups(plan).map(
      (group) =>
        new InputGroup({ group, meanings, driver, log, report: (reading, at) => this.#report(reading, at) }),
    );
  }

  /** Throws BoardMismatch where waiting is no use; a chip that is away reads as faulty until it is there. */
  async open(listener: ReadingListener): Promise<readonly Reading[]> {
    for (const group of this.#outputs) group.takeFirst();
    for (const group of this.#inputs) group.takeFirst();
    this.#listener = listener;
    this.#lookLater();
    return this.#inputs.flatMap((group) => group.readings());
  }

  command(vestibule: VestibuleId, door: DoorName, lock: Lock): void {
    const line = this.#plan.get(vestibule)?.doors[door].lock;
    this.#set(`${vestibule}.${door}.lock`, line, lock === "released");
  }

  sound(vestibule: VestibuleId, on: boolean): void {
    const line = this.#plan.get(vestibule)?.buzzer;
    if (line !== undefined) this.#set(`${vestibule}.buzzer`, line, on);
  }

  drive(output: string, on: boolean): void {
    const lines = [...this.#plan.values()].flatMap(({ outputs }) => outputs?.[output] ?? []);
    this.#set(`output.${output}`, lines[0], on);
  }

  read(vestibule: VestibuleId, door: DoorName): { readonly contact: Contact; readonly bolt: Bolt } {
    const lines = this.#plan.get(vestibule)?.doors[door];
    const contact = this.#levelOf(lines?.contact);
    const bolt = this.#levelOf(lines?.bolt);
    return {
      contact: contact === undefined ? "fault" : contact ? "open" : "closed",
      bolt:
        lines?.bolt === undefined ? "unfitted" : bolt === undefined ? "fault" : bolt ? "retracted" : "thrown",
    };
  }

  /** Parks the lines: every lock secured, nothing more reported. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener = undefined;
    this.#looking?.[Symbol.dispose]();
    for (const group of this.#outputs) group.release();
    for (const group of this.#inputs) group.release();
    await this.#driver[Symbol.asyncDispose]();
  }

  #set(name: string, line: LinePlan | undefined, active: boolean): void {
    if (line === undefined) throw new HardwareFault(name, "no such line");
    const group = this.#outputs.find((each) => each.has(line));
    try {
      if (group === undefined) throw new Error("no such line");
      group.set(line, active);
    } catch (error) {
      throw new HardwareFault(name, reasonOf(error), { cause: error });
    }
  }

  #levelOf(line: LinePlan | undefined): boolean | undefined {
    return line === undefined ? undefined : this.#inputs.find((group) => group.has(line))?.levelNow(line);
  }

  #lookLater(): void {
    this.#looking = this.#clock.wakeAt(after(this.#clock.now(), lookInterval), () => {
      for (const group of [...this.#outputs, ...this.#inputs]) group.look();
      if (this.#listener !== undefined) this.#lookLater();
    });
  }

  /** Instants never run backwards, nor ahead of now. */
  #report(reading: Reading, at: Instant | undefined): void {
    const now = this.#clock.now();
    const isBelievable = at !== undefined && at <= now && since(at, now) <= longestAge;
    const seen = isBelievable ? at : now;
    if (seen > this.#lastAt) this.#lastAt = seen;
    this.#listener?.(reading, this.#lastAt);
  }
}
