import type { DoorName, Lock, VestibuleId } from "../domain/names.ts";
import {
  type DoorHardware,
  HardwareFault,
  type Reading,
  type ReadingListener,
} from "../ports/door-hardware.ts";

/** `outer.lock`, `outer.contact`, `outer.bolt` of any vestibule. */
export type FaultyLine = `${DoorName}.${"lock" | "contact" | "bolt"}`;

/** Door hardware of which single lines fail on demand (T32): a write that is refused, an input that cannot be read. */
export class FaultyDoorHardware implements DoorHardware {
  readonly #hardware: DoorHardware;
  readonly #failing = new Set<FaultyLine>();

  constructor(hardware: DoorHardware) {
    this.#hardware = hardware;
  }

  fail(line: FaultyLine): void {
    this.#failing.add(line);
  }

  mend(line: FaultyLine): void {
    this.#failing.delete(line);
  }

  open(listener: ReadingListener): Promise<readonly Reading[]> {
    return this.#hardware.open((reading, at) => {
      if (!this.#isLost(reading)) listener(reading, at);
    });
  }

  command(vestibule: VestibuleId, door: DoorName, lock: Lock): void {
    if (this.#failing.has(`${door}.lock`))
      throw new HardwareFault(`${vestibule}.${door}.lock`, "write refused");
    this.#hardware.command(vestibule, door, lock);
  }

  sound(vestibule: VestibuleId, on: boolean): void {
    this.#hardware.sound(vestibule, on);
  }

  drive(output: string, on: boolean): void {
    this.#hardware.drive(output, on);
  }

  read(vestibule: VestibuleId, door: DoorName): ReturnType<DoorHardware["read"]> {
    const { contact, bolt } = this.#hardware.read(vestibule, door);
    return {
      contact: this.#failing.has(`${door}.contact`) ? "fault" : contact,
      bolt: bolt !== "unfitted" && this.#failing.has(`${door}.bolt`) ? "fault" : bolt,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#hardware[Symbol.asyncDispose]();
  }

  /** A line that is lost gives no edge either: that is what makes the last check's own reading (R3) matter. */
  #isLost(reading: Reading): boolean {
    if (reading.input !== "contact" && reading.input !== "bolt") return false;
    return this.#failing.has(`${reading.door}.${reading.input}`);
  }
}
