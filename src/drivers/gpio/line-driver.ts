import type { Instant } from "../../domain/time.ts";
import { HardwareFault } from "../../ports/door-hardware.ts";
import type { LineGroup } from "./line-plan.ts";

/**
 * What is configured is not so on this machine, or could be understood in two ways. Unlike a chip that is away this
 * does not heal by waiting: somebody has to correct the configuration or the machine.
 */
export class BoardMismatch extends HardwareFault {}

/** Outputs of one group, in its order. Levels are logical: active is what the line's meaning says. */
export interface OutputLines extends Disposable {
  /** Sets one line and reads it back. Throws HardwareFault. */
  set(index: number, active: boolean): void;
  /** Sets every line to rest, whatever became of the others. Throws HardwareFault, having tried them all. */
  rest(): void;
  /** Which lines are not at the level they were set to. Throws HardwareFault where that cannot be read. */
  strayed(): readonly number[];
}

/** Inputs of one group, in its order; logical levels too. */
export interface InputLines extends Disposable {
  /** Reads all of them now. Throws HardwareFault. */
  read(): readonly boolean[];
}

export interface EdgeListener {
  /** `at`: the kernel's own time of the edge, where it gives one. */
  onEdge(index: number, active: boolean, at: Instant | undefined): void;
  /** Edges were lost: what is so has to be read. */
  onGap(): void;
  onGone(fault: HardwareFault): void;
}

/** One interface of the kernel's to lines. Taking throws HardwareFault, and BoardMismatch where waiting is no use. */
export interface LineDriver extends AsyncDisposable {
  readonly kind: "character-device" | "sysfs";
  /** Takes lines as outputs that are at rest from the first instant (R10). */
  takeOutputs(group: LineGroup): OutputLines;
  /** Takes lines as inputs and reports every edge, undebounced, not before this call has returned. */
  takeInputs(group: LineGroup, listener: EdgeListener): InputLines;
}

/** What a system call failed with, in words for the log. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The level that was set is not the one on the line. */
export const disobeyed = (lines: string): HardwareFault =>
  new HardwareFault(lines, "reads otherwise than it was set: a short, an overload, or the chip was reset");

/** Does all of them, whatever becomes of one; then throws the first one's fault. */
export function throwFirst(steps: readonly (() => void)[]): void {
  const faults: unknown[] = [];
  for (const step of steps) {
    try {
      step();
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
}
