import type { Bolt, Contact, DoorName, Lock, VestibuleId } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";

/** One line in of one vestibule, with what it reads; polarity and supervision are the driver's business. */
export type Reading =
  | {
      readonly vestibule: VestibuleId;
      readonly door: DoorName;
      readonly input: "contact";
      readonly value: Contact;
    }
  | { readonly vestibule: VestibuleId; readonly door: DoorName; readonly input: "bolt"; readonly value: Bolt }
  | {
      readonly vestibule: VestibuleId;
      readonly door: DoorName;
      readonly input: "rex";
      readonly value: boolean;
    };

/** Called at each raw edge, undebounced, with the instant the edge was seen. */
export type ReadingListener = (reading: Reading, at: Instant) => void;

/** A lock that could not be commanded, or a line that could not be read. */
export class HardwareFault extends Error {
  override readonly name = "HardwareFault";
  readonly line: string;
  constructor(line: string, message: string, options?: ErrorOptions) {
    super(`${line}: ${message}`, options);
    this.line = line;
  }
}

/**
 * The lines of the door pairs. Levels are logical: the driver knows polarity and lock kind, so that
 * `secured` is always the level that keeps the door shut.
 */
export interface DoorHardware extends AsyncDisposable {
  /**
   * Sets every lock to `secured`, without a glitch, before anything else (R10); then starts listening and
   * returns the first reading of every fitted input.
   */
  open(listener: ReadingListener): Promise<readonly Reading[]>;
  /** Commands a lock; synchronous, so that the last check (R3) and the switch are one step. Throws HardwareFault. */
  command(vestibule: VestibuleId, door: DoorName, lock: Lock): void;
  /** Reads one door's inputs now, for the last check (R3). A line that cannot be read is `fault`. */
  read(vestibule: VestibuleId, door: DoorName): { readonly contact: Contact; readonly bolt: Bolt };
}
