import type { Instant } from "../../domain/time.ts";
import { HardwareFault, type Reading } from "../../ports/door-hardware.ts";
import { type Meaning, readingOf } from "./inputs.ts";
import { BoardMismatch, type InputLines, type LineDriver } from "./line-driver.ts";
import type { LineGroup, LinePlan } from "./line-plan.ts";

export interface InputGroupOptions {
  readonly group: LineGroup;
  readonly meanings: readonly { readonly line: LinePlan; readonly meaning: Meaning }[];
  readonly driver: LineDriver;
  readonly log: (text: string) => void;
  /** `at` is undefined where the kernel said nothing of the time. */
  readonly report: (reading: Reading, at: Instant | undefined) => void;
}

interface Input {
  readonly meanings: readonly Meaning[];
  /** As last reported; undefined while it cannot be read. */
  level: boolean | undefined;
  /** As last told to whoever asked, until it is reported: he knows by now otherwise than by `level`. */
  asked: boolean | undefined;
  /** As the last edge left it, which may be older than `level`. */
  lastEdge: boolean | undefined;
}

/** Inputs of one chip: faulty while the chip is away, read anew when it is back. */
export class InputGroup {
  readonly #group: LineGroup;
  readonly #driver: LineDriver;
  readonly #log: (text: string) => void;
  readonly #report: InputGroupOptions["report"];
  readonly #inputs: readonly Input[];
  #lines: InputLines | undefined;
  #fault = "";

  constructor({ group, meanings, driver, log, report }: InputGroupOptions) {
    this.#group = group;
    this.#driver = driver;
    this.#log = log;
    this.#report = report;
    this.#inputs = group.lines.map(({ name }) => ({
      meanings: meanings.filter(({ line }) => line.name === name).map(({ meaning }) => meaning),
      level: undefined,
      asked: undefined,
      lastEdge: undefined,
    }));
  }

  has(line: LinePlan): boolean {
    return this.#indexOf(line) !== -1;
  }

  takeFirst(): void {
    try {
      this.#take();
    } catch (error) {
      if (error instanceof BoardMismatch || !(error instanceof HardwareFault)) throw error;
      this.#lose(error);
    }
  }

  readings(): readonly Reading[] {
    return this.#inputs.flatMap(({ meanings, level }) =>
      meanings.map((meaning) => readingOf(meaning, level)),
    );
  }

  /**
   * Reads the line itself; what it says is not taken for an edge, which is still to come with its own time. By sysfs it
   * may not: there whoever reads a line takes away the edges that nobody has heard of yet.
   */
  levelNow(line: LinePlan): boolean | undefined {
    const index = this.#indexOf(line);
    try {
      const level = this.#lines?.read()[index];
      const input = this.#inputs[index];
      if (input !== undefined) input.asked = level;
      return level;
    } catch (error) {
      if (!(error instanceof HardwareFault)) throw error;
      this.#lose(error);
      return undefined;
    }
  }

  /** Whether the lines are as their edges said; where they are gone, whether they are back. */
  look(): void {
    try {
      if (this.#lines === undefined) {
        this.#take();
        this.#log(`${this.#names()}: there again`);
        this.#fault = "";
      } else this.#compare(this.#lines.read());
    } catch (error) {
      if (!(error instanceof HardwareFault)) throw error;
      this.#lose(error);
    }
  }

  release(): void {
    this.#lines?.[Symbol.dispose]();
    this.#lines = undefined;
    for (const input of this.#inputs) input.level = undefined;
  }

  #take(): void {
    const lines = this.#driver.takeInputs(this.#group, {
      onEdge: (index, active, at) => this.#onEdge(index, active, at),
      onGap: () => this.look(),
      onGone: (fault) => this.#lose(fault),
    });
    try {
      const levels = lines.read();
      for (const input of this.#inputs) input.lastEdge = undefined;
      this.#lines = lines;
      for (const [index, active] of levels.entries()) this.#begin(index, active);
    } catch (error) {
      lines[Symbol.dispose]();
      throw error;
    }
  }

  /** A button that is pressed already when the lines come is no press: that was before, or never (R11). */
  #begin(index: number, active: boolean): void {
    const input = this.#inputs[index];
    if (input === undefined) return;
    const others = input.meanings.filter((meaning) => meaning.input !== "rex");
    this.#tell(others, input.level, active, undefined);
    input.level = active;
  }

  /**
   * The kernel reads the level after the edge: one that ends where the last one ended moved away in between, faster than
   * anybody looked.
   */
  #onEdge(index: number, active: boolean, at: Instant | undefined): void {
    const input = this.#inputs[index];
    if (input === undefined || this.#lines === undefined) return;
    if (input.lastEdge === active) this.#set(input, !active, at);
    input.lastEdge = active;
    this.#set(input, active, at);
  }

  #compare(levels: readonly boolean[]): void {
    for (const [index, input] of this.#inputs.entries()) this.#set(input, levels[index], undefined);
  }

  #set(input: Input, level: boolean | undefined, at: Instant | undefined): void {
    const { level: before, asked } = input;
    input.level = level;
    input.asked = undefined;
    // Told otherwise when he asked, he has to hear of it though it was reported before.
    const isNews = before !== level || asked === undefined || asked === level;
    this.#tell(input.meanings, isNews ? before : asked, level, at);
  }

  #tell(
    meanings: readonly Meaning[],
    before: boolean | undefined,
    now: boolean | undefined,
    at: Instant | undefined,
  ): void {
    for (const meaning of meanings) {
      const reading = readingOf(meaning, now);
      if (reading.value !== readingOf(meaning, before).value) this.#report(reading, at);
    }
  }

  #lose(fault: HardwareFault): void {
    if (this.#fault !== fault.message) this.#log(`${this.#names()}: lost: ${fault.message}`);
    this.#fault = fault.message;
    this.#lines?.[Symbol.dispose]();
    this.#lines = undefined;
    for (const input of this.#inputs) this.#set(input, undefined, undefined);
  }

  #indexOf(line: LinePlan): number {
    return this.#group.lines.findIndex(({ name }) => name === line.name);
  }

  #names(): string {
    return this.#group.lines.map(({ name }) => name).join(", ");
  }
}
