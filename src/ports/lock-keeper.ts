/**
 * Holds the locks' lines for a process that may die: whoever commands them inherits the descriptors, and the parent
 * that keeps them can secure every lock without it. Held by both, a line is never let go of while either lives.
 */
export interface LockKeeper extends Disposable {
  /**
   * Descriptors that the next process inherits, in this order from `firstInherited` on. Undefined stands in the place
   * of lines that could not be taken, or have no descriptor: whoever commands them takes them itself.
   */
  inheritedDescriptors(): readonly (number | undefined)[];
  /** Sets every lock to its secured level, at once and synchronously. Throws HardwareFault, having tried them all. */
  park(): void;
}

/** The number of the first inherited descriptor in the child: after input, output, errors and the parent's connection. */
export const firstInherited = 4;
