import type { Bolt, Contact, DoorName, FireInput, Lock, VestibuleId } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";

/** An input of one door, with what it reads; polarity and supervision are the driver's business. */
export type DoorReading =
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

/**
 * An input of the whole vestibule. Of one that cannot be read fire says `fault`, and the others what errs on the safe
 * side and is an alarm: locked down, tampered with, without mains, the battery low.
 */
export type VestibuleReading =
  /** R12: the fire panel's contact and the break-glasses. */
  | { readonly vestibule: VestibuleId; readonly input: "fire"; readonly value: FireInput }
  | {
      readonly vestibule: VestibuleId;
      /** `lockdown`: the key switch or button of R14 is on. `tamper`: the housing is open. `mains`: power is there.
       * `battery`: it is good. */
      readonly input: "lockdown" | "tamper" | "mains" | "battery";
      readonly value: boolean;
    };

export type Reading = DoorReading | VestibuleReading;

/** The input's outside name with its vestibule's id: `v1.outer.contact`, `v1.fire`. */
export const lineOf = (reading: Reading): string =>
  "door" in reading
    ? `${reading.vestibule}.${reading.door}.${reading.input}`
    : `${reading.vestibule}.${reading.input}`;

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
  /** Drives the vestibule's buzzer where one is fitted: the local warning of R6. Throws HardwareFault. */
  sound(vestibule: VestibuleId, on: boolean): void;
  /** Drives one of the board's further outputs by its name; no lock is among them. Throws HardwareFault. */
  drive(output: string, on: boolean): void;
  /** Reads one door's inputs now, for the last check (R3). A line that cannot be read is `fault`. */
  read(vestibule: VestibuleId, door: DoorName): { readonly contact: Contact; readonly bolt: Bolt };
}
