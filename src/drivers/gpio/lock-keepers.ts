import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { HardwareFault } from "../../ports/door-hardware.ts";
import type { LockKeeper } from "../../ports/lock-keeper.ts";
import { CharacterDevice } from "./character-device.ts";
import { BoardMismatch, reasonOf, throwFirst } from "./line-driver.ts";
import { type GpioPlan, type LineGroup, type LinePlan, outputGroups } from "./line-plan.ts";
import type { KernelOutputs } from "./requested-lines.ts";
import { isExported, lineNumbers, sysfsFolder } from "./sysfs-chips.ts";

/** The parent's side of /dev/gpiochip*: it makes the requests, and the interlock works with the same ones. */
export class CharacterDeviceLockKeeper implements LockKeeper {
  readonly #driver = new CharacterDevice();
  readonly #log: (text: string) => void;
  readonly #kept: readonly { readonly group: LineGroup; outputs: KernelOutputs | undefined }[];

  /** Takes every lock and buzzer, at rest; those of a chip that is away later. Throws BoardMismatch. */
  constructor(plan: GpioPlan, log: (text: string) => void) {
    this.#log = log;
    this.#kept = outputGroups(plan).map((group) => ({ group, outputs: undefined }));
    try {
      for (const kept of this.#kept) orLog(log, () => this.#putToRest(kept));
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  inheritedDescriptors(): readonly (number | undefined)[] {
    // What was not there, or still held by a former run that was just ending, may be to be had by now.
    for (const kept of this.#kept)
      if (kept.outputs === undefined) orLog(this.#log, () => this.#putToRest(kept));
    return this.#kept.map(({ outputs }) => outputs?.descriptor);
  }

  park(): void {
    throwFirst(this.#kept.map((kept) => () => this.#putToRest(kept)));
  }

  [Symbol.dispose](): void {
    for (const { outputs } of this.#kept) outputs?.[Symbol.dispose]();
  }

  #putToRest(kept: { readonly group: LineGroup; outputs: KernelOutputs | undefined }): void {
    if (kept.outputs?.isThere() === true) return kept.outputs.rest();
    // The chip has been away. Whoever took its lines when it came back holds them until they end.
    kept.outputs?.[Symbol.dispose]();
    kept.outputs = undefined;
    kept.outputs = this.#driver.takeOutputs(kept.group);
  }
}

/** The parent's side of sysfs: an exported line belongs to nobody, so that there is nothing to inherit. */
export class SysfsLockKeeper implements LockKeeper {
  readonly #groups: readonly LineGroup[];

  /** Exports every lock and buzzer, at rest; those of a chip that is away later. Throws BoardMismatch. */
  constructor(plan: GpioPlan, log: (text: string) => void) {
    this.#groups = outputGroups(plan);
    for (const group of this.#groups) orLog(log, () => putGroupToRest(group));
  }

  inheritedDescriptors(): readonly number[] {
    return [];
  }

  /** The numbers are looked up each time: they are others when the chip has been away. */
  park(): void {
    throwFirst(this.#groups.map((group) => () => putGroupToRest(group)));
  }

  [Symbol.dispose](): void {}
}

function putGroupToRest(group: LineGroup): void {
  const numbers = lineNumbers(group);
  throwFirst(group.lines.map((line, index) => () => putToRest(line, numbers[index] ?? -1)));
}

/** `high` and `low` are physical and set direction and level in one step, whatever the line was before. */
function putToRest({ name, activeLow }: LinePlan, number: number): void {
  try {
    if (!isExported(number)) writeFileSync(join(sysfsFolder, "export"), String(number));
    writeFileSync(join(sysfsFolder, `gpio${number}`, "direction"), activeLow ? "high" : "low");
  } catch (error) {
    throw new HardwareFault(name, reasonOf(error), { cause: error });
  }
}

/** A chip that is away is no reason not to start; a configuration that does not fit is. */
function orLog(log: (text: string) => void, step: () => void): void {
  try {
    step();
  } catch (error) {
    if (error instanceof BoardMismatch || !(error instanceof HardwareFault)) throw error;
    log(error.message);
  }
}
