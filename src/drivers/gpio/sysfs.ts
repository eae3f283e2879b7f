import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Gpio } from "onoff";
import { HardwareFault } from "../../ports/door-hardware.ts";
import {
  disobeyed,
  type EdgeListener,
  type InputLines,
  type LineDriver,
  type OutputLines,
  reasonOf,
  throwFirst,
} from "./line-driver.ts";
import type { LineGroup, LinePlan } from "./line-plan.ts";
import { isExported, lineNumbers, sysfsFolder } from "./sysfs-chips.ts";

type GpioClass = typeof Gpio;
type Direction = "in" | "out";

/**
 * Lines through /sys/class/gpio, with onoff. A line stays exported, and keeps its level, when its process dies; and a
 * pull is whatever the firmware or the wiring made it.
 */
export class Sysfs implements LineDriver {
  readonly kind = "sysfs";
  readonly #gpioClass: GpioClass;
  readonly #lines = new Map<string, SysfsLine>();

  /** Throws HardwareFault where onoff's native part cannot be loaded. */
  static async load(): Promise<Sysfs> {
    try {
      return new Sysfs((await import("onoff")).Gpio);
    } catch (error) {
      throw new HardwareFault(
        sysfsFolder,
        `the package onoff or its native part is not there (${reasonOf(error)}): npm rebuild epoll, which takes a compiler`,
        { cause: error },
      );
    }
  }

  private constructor(gpioClass: GpioClass) {
    this.#gpioClass = gpioClass;
  }

  takeOutputs(group: LineGroup): OutputLines {
    return new SysfsOutputs(this.#take(group, "out"));
  }

  takeInputs(group: LineGroup, listener: EdgeListener): InputLines {
    return new SysfsInputs(this.#take(group, "in"), listener);
  }

  /** Inputs are given back, so that another interface may take them; outputs stay, for nothing else holds their level. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const line of this.#lines.values()) line.giveBack();
    this.#lines.clear();
  }

  #take(group: LineGroup, direction: Direction): SysfsLine[] {
    const numbers = lineNumbers(group);
    return group.lines.map((plan, index) => this.#line(plan, numbers[index] ?? -1, direction));
  }

  /** A line is opened anew only when its chip was gone: onoff closes a line by nothing but letting go of it. */
  #line(plan: LinePlan, number: number, direction: Direction): SysfsLine {
    let line = this.#lines.get(plan.name);
    if (line !== undefined && !line.isThere(number)) {
      line.forget();
      line = undefined;
    }
    if (line === undefined) {
      line = new SysfsLine(this.#gpioClass, plan, number, direction);
      this.#lines.set(plan.name, line);
    }
    line.configure();
    return line;
  }
}

/** One exported line. Levels are logical here, and physical for onoff: polarity is ours, see the constructor. */
class SysfsLine {
  readonly plan: LinePlan;
  readonly #number: number;
  readonly #direction: Direction;
  readonly #wasExported: boolean;
  readonly #gpio: Gpio;

  constructor(gpioClass: GpioClass, plan: LinePlan, number: number, direction: Direction) {
    this.plan = plan;
    this.#number = number;
    this.#direction = direction;
    this.#wasExported = isExported(number);
    try {
      // The kernel's active_low is not heeded by `high` and `low`: an active-low lock would begin released.
      const edge = direction === "in" ? "both" : "none";
      this.#gpio = new gpioClass(number, this.#initial(), edge, { activeLow: false });
    } catch (error) {
      throw this.#fault(error);
    }
  }

  isThere(number: number): boolean {
    try {
      this.#gpio.readSync();
      return number === this.#number;
    } catch {
      return false;
    }
  }

  /** onoff swallows whatever goes wrong with a line that was exported before, by an earlier run or by somebody else. */
  configure(): void {
    const settings: [string, string, string][] = [
      ["active_low", "0", "0"],
      ["direction", this.#initial(), this.#direction],
    ];
    if (this.#direction === "in") settings.push(["edge", "both", "both"]);
    for (const [file, written, expected] of settings) {
      const path = join(sysfsFolder, `gpio${this.#number}`, file);
      try {
        writeFileSync(path, written);
        const found = readFileSync(path, "utf8").trim();
        if (found !== expected) throw new Error(`${path} is ${found}, and does not become ${expected}`);
      } catch (error) {
        throw this.#fault(error);
      }
    }
  }

  read(): boolean {
    try {
      return (this.#gpio.readSync() === 1) !== this.plan.activeLow;
    } catch (error) {
      throw this.#fault(error);
    }
  }

  /** Synchronous: writes that overlap may overtake each other. */
  write(active: boolean): void {
    try {
      this.#gpio.writeSync(active !== this.plan.activeLow ? 1 : 0);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  watch(onEdge: (active: boolean) => void): Disposable {
    this.#gpio.watch((_error, value) => onEdge((value === 1) !== this.plan.activeLow));
    return { [Symbol.dispose]: () => this.#gpio.unwatchAll() };
  }

  giveBack(): void {
    if (this.#direction === "in" && !this.#wasExported) this.forget();
  }

  forget(): void {
    this.#gpio.unexport();
  }

  /** `high` and `low` set direction and level in one step, physically; `out` would drive the line low first. */
  #initial(): "in" | "high" | "low" {
    return this.#direction === "in" ? "in" : this.plan.activeLow ? "high" : "low";
  }

  #fault(error: unknown): HardwareFault {
    const text = `line ${this.#number} of sysfs: ${explained(error)}`;
    return new HardwareFault(this.plan.name, text, { cause: error });
  }
}

class SysfsOutputs implements OutputLines {
  readonly #lines: readonly SysfsLine[];
  readonly #levels: boolean[];

  constructor(lines: readonly SysfsLine[]) {
    this.#lines = lines;
    this.#levels = lines.map(() => false);
  }

  set(index: number, active: boolean): void {
    const line = this.#lines[index];
    if (line === undefined) throw new RangeError(`no line ${index}`);
    this.#levels[index] = active;
    line.write(active);
    if (line.read() !== active) throw disobeyed(line.plan.name);
  }

  rest(): void {
    throwFirst([...this.#lines.keys()].map((index) => () => this.set(index, false)));
  }

  strayed(): readonly number[] {
    return [...this.#lines.keys()].filter((index) => this.#lines[index]?.read() !== this.#levels[index]);
  }

  [Symbol.dispose](): void {}
}

class SysfsInputs implements InputLines {
  readonly #lines: readonly SysfsLine[];
  readonly #watching: readonly Disposable[];

  constructor(lines: readonly SysfsLine[], listener: EdgeListener) {
    this.#lines = lines;
    this.#watching = lines.map((line, index) =>
      line.watch((active) => listener.onEdge(index, active, undefined)),
    );
  }

  read(): readonly boolean[] {
    return this.#lines.map((line) => line.read());
  }

  [Symbol.dispose](): void {
    for (const watching of this.#watching) watching[Symbol.dispose]();
  }
}

const meanings: Readonly<Record<string, string>> = {
  EBUSY: "another program or the kernel holds it",
  EINVAL: "there is no such line",
  ENODEV: "the chip was removed",
  EACCES: "this user may not use it",
  EPERM: "this user may not use it",
};

function explained(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const meaning = meanings[code];
  return meaning === undefined ? reasonOf(error) : `${meaning} (${code})`;
}
