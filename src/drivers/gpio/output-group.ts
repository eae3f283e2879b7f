import { HardwareFault } from "../../ports/door-hardware.ts";
import { BoardMismatch, type LineDriver, type OutputLines, reasonOf } from "./line-driver.ts";
import type { LineGroup, LinePlan } from "./line-plan.ts";

/** Outputs of one chip: taken at rest, lost with the chip, taken at rest again when it is back. */
export class OutputGroup {
  readonly #group: LineGroup;
  readonly #driver: LineDriver;
  readonly #log: (text: string) => void;
  /** Lines of which the log knows already that they do not obey. */
  readonly #stuck = new Set<number>();
  #lines: OutputLines | undefined;
  #fault = "not taken yet";

  constructor(group: LineGroup, driver: LineDriver, log: (text: string) => void) {
    this.#group = group;
    this.#driver = driver;
    this.#log = log;
  }

  has(line: LinePlan): boolean {
    return this.#indexOf(line) !== -1;
  }

  takeFirst(): void {
    try {
      this.#lines = this.#driver.takeOutputs(this.#group);
    } catch (error) {
      if (error instanceof BoardMismatch || !(error instanceof HardwareFault)) throw error;
      this.#lose(error);
    }
  }

  /** Throws HardwareFault; the line may then be at either level. */
  set(line: LinePlan, active: boolean): void {
    if (this.#lines === undefined) throw new HardwareFault(this.#group.chip, this.#fault);
    this.#lines.set(this.#indexOf(line), active);
  }

  /** Whether every line is at the level it was set to, and the chip is there. */
  look(): void {
    try {
      if (this.#lines === undefined) {
        this.#lines = this.#driver.takeOutputs(this.#group);
        this.#log(`${this.#names()}: there again, at rest`);
        this.#fault = "";
      } else for (const index of this.#lines.strayed()) this.#recover(this.#lines, index);
    } catch (error) {
      if (!(error instanceof HardwareFault)) throw error;
      this.#lose(error);
    }
  }

  release(): void {
    try {
      this.#lines?.rest();
    } catch (error) {
      this.#log(`${this.#names()}: could not be set to rest: ${reasonOf(error)}`);
    }
    this.#lines?.[Symbol.dispose]();
    this.#lines = undefined;
    this.#fault = "the lines have been given back";
  }

  /** Something else moved the line, or holds it: at rest it does no harm. The others are left as they are. */
  #recover(lines: OutputLines, index: number): void {
    const name = this.#group.lines[index]?.name ?? "";
    try {
      lines.set(index, false);
      this.#log(`${name}: was at another level than it was set to; now at rest`);
      this.#stuck.delete(index);
    } catch (error) {
      if (!this.#stuck.has(index)) this.#log(reasonOf(error));
      this.#stuck.add(index);
    }
  }

  #lose(fault: HardwareFault): void {
    if (this.#fault !== fault.message) this.#log(`${this.#names()}: lost: ${fault.message}`);
    this.#fault = fault.message;
    const lines = this.#lines;
    this.#lines = undefined;
    try {
      lines?.rest();
    } catch {
      // That is why they are lost.
    }
    lines?.[Symbol.dispose]();
  }

  #indexOf(line: LinePlan): number {
    return this.#group.lines.findIndex(({ name }) => name === line.name);
  }

  #names(): string {
    return this.#group.lines.map(({ name }) => name).join(", ");
  }
}
