import type { Instant } from "../domain/time.ts";

/**
 * Controller → interlock, which has the board's lines: these of its further outputs are driven, the others are at rest.
 * Whatever was driven falls to rest at `notAfter` unless it is said again: nobody is there any more to end it.
 */
export interface OutputsCommand {
  readonly type: "driveOutputs";
  readonly outputs: readonly string[];
  readonly notAfter: Instant;
}

/** Interlock → controller: a line that does not do what it is told. Said once until it works again. */
export interface OutputFault {
  readonly type: "outputFault";
  readonly output: string;
  readonly detail: string;
}
