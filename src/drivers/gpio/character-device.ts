import { closeSync, readFileSync } from "node:fs";
import { HardwareFault } from "../../ports/door-hardware.ts";
import { type ChipDevice, openChip } from "./chip-devices.ts";
import { EdgeWaiter } from "./edge-waiter.ts";
import { offsetsOf } from "./found-lines.ts";
import { descriptorOf, flag, lineRequest, requests } from "./gpio-uapi.ts";
import {
  BoardMismatch,
  type EdgeListener,
  type InputLines,
  type LineDriver,
  reasonOf,
} from "./line-driver.ts";
import type { LineGroup, LinePlan } from "./line-plan.ts";
import { KernelInputs, KernelOutputs } from "./requested-lines.ts";
import { control, SystemCallError, setNonBlocking } from "./system-calls.ts";

/** Who the lines are said to be held by, for people who look with gpioinfo. */
const consumer = "vestibule";

/** Lines through /dev/gpiochip*. */
export class CharacterDevice implements LineDriver {
  readonly kind = "character-device";
  readonly #waiter = new EdgeWaiter();
  /** Requests that our parent made and still holds, by their lines. */
  readonly #inherited: Map<string, number>;

  /** `inherited`: for each of `outputs`, in their order, the descriptor of a request for just these lines, if any. */
  constructor(outputs: readonly LineGroup[] = [], inherited: readonly (number | undefined)[] = []) {
    this.#inherited = new Map(
      outputs.flatMap((group, index) => {
        const descriptor = inherited[index];
        return descriptor === undefined ? [] : [[keyOf(group), descriptor]];
      }),
    );
  }

  takeOutputs(group: LineGroup): KernelOutputs {
    using chip = openChip(group.chip);
    const offsets = offsetsIn(chip, group);
    const inherited = this.#inherited.get(keyOf(group));
    if (inherited !== undefined) {
      const adopted = new KernelOutputs(group, inherited, () => {});
      if (adopted.isThere()) {
        // Only now: one of a chip that is gone names that chip, and the one that came may have another number.
        requireSame(inherited, chip, offsets);
        adopted.rest();
        return adopted;
      }
      // The chip went and came back: this request is dead for good, and we make one ourselves.
      this.#inherited.delete(keyOf(group));
      closeSync(inherited);
    }
    const descriptor = request(chip, group, offsets, (line) => flag.output | wiring(line));
    return KernelOutputs.owning(group, descriptor);
  }

  takeInputs(group: LineGroup, listener: EdgeListener): InputLines {
    using chip = openChip(group.chip);
    const offsets = offsetsIn(chip, group);
    // No debounce of the kernel's: safety goes by the raw edge, and the rules settle contacts themselves.
    const both = flag.input | flag.edgeRising | flag.edgeFalling;
    const descriptor = request(chip, group, offsets, (line) => both | wiring(line));
    setNonBlocking(descriptor);
    return new KernelInputs(group, offsets, descriptor, this.#waiter, listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#waiter[Symbol.asyncDispose]();
    for (const descriptor of this.#inherited.values()) closeSync(descriptor);
    this.#inherited.clear();
  }
}

const keyOf = ({ lines }: LineGroup): string => lines.map(({ name }) => name).join(" ");

function wiring({ activeLow, pull }: LinePlan): bigint {
  // A chip that has no such resistors ignores the wish: the wiring has to do it, which only its README can say.
  const bias = { up: flag.pullUp, down: flag.pullDown, external: flag.noPull }[pull];
  return activeLow ? bias | flag.activeLow : bias;
}

/** A chip that went between two calls is as gone as one that was never there. */
function offsetsIn(chip: ChipDevice, group: LineGroup): readonly number[] {
  try {
    return offsetsOf(group, chip, (offset) => chip.lineInfo(offset).name);
  } catch (error) {
    if (error instanceof SystemCallError) throw new HardwareFault(group.chip, error.message);
    throw error;
  }
}

/** The lines' descriptor. */
function request(
  chip: ChipDevice,
  group: LineGroup,
  offsets: readonly number[],
  flagsOf: (line: LinePlan) => bigint,
): number {
  const wanted = group.lines.map((line, index) => ({ offset: offsets[index] ?? 0, flags: flagsOf(line) }));
  const bytes = lineRequest(wanted, consumer);
  try {
    control(chip.descriptor, requests.getLine, bytes);
  } catch (error) {
    throw new HardwareFault(
      group.chip,
      `its lines were refused: ${reasonOf(error)}${holders(chip, group, offsets)}`,
    );
  }
  return descriptorOf(bytes);
}

function holders(chip: ChipDevice, { lines }: LineGroup, offsets: readonly number[]): string {
  try {
    return lines
      .map((line, index) => ({ line, info: chip.lineInfo(offsets[index] ?? 0) }))
      .filter(({ info }) => (info.flags & flag.used) !== 0n)
      .map(({ line, info }) => `; ${line.name} is held by "${info.consumer}"`)
      .join("");
  } catch {
    return ""; // the refusal itself says enough
  }
}

/** Newer kernels tell what a request is for; a descriptor of anything else must never be taken for the locks'. */
function requireSame(descriptor: number, chip: ChipDevice, offsets: readonly number[]): void {
  const lines = readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8").split("\n");
  const values = (key: string): string[] =>
    lines.filter((line) => line.startsWith(`${key}:`)).map((line) => line.slice(key.length + 1).trim());
  const [name] = values("gpio-chip");
  if (name === undefined) return;
  const held = values("gpio-line").map(Number);
  if (
    name === chip.name &&
    held.length === offsets.length &&
    held.every((line, index) => line === offsets[index])
  )
    return;
  throw new BoardMismatch(
    chip.label,
    `descriptor ${descriptor} is for lines ${held.join(", ")} of ${name}, not ${offsets.join(", ")} of ${chip.name}`,
  );
}
