import {
  type Bolt,
  type Contact,
  type DoorName,
  doorNames,
  type Lock,
  type VestibuleId,
} from "../domain/names.ts";
import { after, type Instant, type Milliseconds } from "../domain/time.ts";
import type { BuildingMessage } from "../ports/building-link.ts";
import type { Clock } from "../ports/clock.ts";
import {
  type DoorHardware,
  HardwareFault,
  lineOf,
  type Reading,
  type ReadingListener,
} from "../ports/door-hardware.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import type { VestibulePlan } from "./building.ts";
import type { SimulatedDoorPlan } from "./simulated-door.ts";

/** Between two tries to get the lines, while the building starts. */
const attachInterval: Milliseconds = 100;
/** After this the interlock starts without them: every line reads as faulty until the building is there. */
const attachLimit: Milliseconds = 3_000;

/** The lines of the simulated building. While it is gone every input reads `fault` and no lock can be commanded. */
export class SimulatedDoorHardware implements DoorHardware {
  readonly #vestibules: readonly VestibulePlan[];
  readonly #link: ProcessLink;
  readonly #clock: Clock;
  readonly #readings = new Map<string, Reading>();
  readonly #driven = new Set<string>();
  #listener: ReadingListener | undefined;
  #attached = false;
  #disposed = false;
  #attempt: Disposable | undefined;
  #settleOpening: (() => void) | undefined;

  constructor(vestibules: readonly VestibulePlan[], link: ProcessLink, clock: Clock) {
    this.#vestibules = vestibules;
    this.#link = link;
    this.#clock = clock;
    for (const reading of this.#faults()) this.#readings.set(lineOf(reading), reading);
  }

  async open(listener: ReadingListener): Promise<readonly Reading[]> {
    const opened = new Promise<void>((resolve) => {
      this.#settleOpening = resolve;
    });
    using _limit = this.#clock.wakeAt(after(this.#clock.now(), attachLimit), () => this.#settleOpening?.());
    this.#link.onMessage((from, message) => {
      if (from === "building") this.#onMessage(message as BuildingMessage); // only our own processes share the link
    });
    this.#link.onPeer((role, state) => {
      if (role === "building" && state === "down") this.#lose();
      if (role === "building" && state === "up") this.#attach();
    });
    // Without waiting to be told that the building is there: a restarted interlock must have its doors at once.
    this.#attach();
    await opened;
    this.#settleOpening = undefined;
    this.#listener = listener;
    return [...this.#readings.values()];
  }

  command(vestibule: VestibuleId, door: DoorName, lock: Lock): void {
    const line = `${vestibule}.${door}.lock`;
    if (!this.#vestibules.some(({ id }) => id === vestibule)) throw new HardwareFault(line, "no such line");
    if (!this.#attached) throw new HardwareFault(line, "the simulated building is gone");
    this.#link.send("building", { type: "commandLock", vestibule, door, lock });
  }

  sound(vestibule: VestibuleId, on: boolean): void {
    if (!this.#attached) throw new HardwareFault(`${vestibule}.buzzer`, "the simulated building is gone");
    this.#link.send("building", { type: "sound", vestibule, on });
  }

  drive(output: string, on: boolean): void {
    if (!this.#attached) throw new HardwareFault(`output.${output}`, "the simulated building is gone");
    this.#driven[on ? "add" : "delete"](output);
    this.#link.send("building", { type: "drive", output, on });
  }

  read(vestibule: VestibuleId, door: DoorName): { readonly contact: Contact; readonly bolt: Bolt } {
    const contact = this.#readings.get(`${vestibule}.${door}.contact`);
    const bolt = this.#readings.get(`${vestibule}.${door}.bolt`);
    const fitted = this.#vestibules.find(({ id }) => id === vestibule)?.doors[door].bolt === "fitted";
    return {
      contact: contact?.input === "contact" ? contact.value : "fault",
      bolt: bolt?.input === "bolt" ? bolt.value : fitted ? "fault" : "unfitted",
    };
  }

  /** Parks the lines: every lock secured, nothing more reported. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#attached) {
      for (const { id } of this.#vestibules) {
        for (const door of doorNames) this.command(id, door, "secured");
        this.sound(id, false);
      }
      for (const output of this.#driven) this.drive(output, false);
    }
    this.#attached = false;
    this.#listener = undefined;
    this.#attempt?.[Symbol.dispose]();
    this.#settleOpening?.();
    for (const reading of this.#faults()) this.#readings.set(lineOf(reading), reading);
    this.#disposed = true;
  }

  #attach(): void {
    this.#attempt?.[Symbol.dispose]();
    if (this.#attached || this.#disposed) return;
    this.#link.send("building", { type: "attachLines" });
    this.#attempt = this.#clock.wakeAt(after(this.#clock.now(), attachInterval), () => this.#attach());
  }

  #onMessage(message: BuildingMessage): void {
    if (this.#disposed) return;
    switch (message.type) {
      case "linesAttached":
        this.#attempt?.[Symbol.dispose]();
        this.#attached = true;
        for (const reading of message.readings) this.#attachTo(reading);
        return this.#settleOpening?.();
      case "reading":
        if (this.#attached) this.#take(message.reading, message.at);
        return;
      case "card":
      case "keys":
      case "reader":
      case "scene":
      case "acted":
        return; // other cables of the building, in the same process
    }
  }

  #lose(): void {
    this.#attempt?.[Symbol.dispose]();
    this.#attached = false;
    for (const reading of this.#faults()) this.#take(reading, this.#clock.now());
  }

  /** A button pressed already when the lines come back is no press: that was before, or never. */
  #attachTo(reading: Reading): void {
    if (reading.input === "rex") this.#readings.set(lineOf(reading), reading);
    else this.#take(reading, this.#clock.now());
  }

  #take(reading: Reading, at: Instant): void {
    const name = lineOf(reading);
    if (this.#readings.get(name)?.value === reading.value) return;
    this.#readings.set(name, reading);
    this.#listener?.(reading, at);
  }

  /** What the fitted inputs read while nothing is known of them; nobody is known to press a button. */
  #faults(): Reading[] {
    return this.#vestibules.flatMap(({ id, doors }) => [
      ...doorNames.flatMap((door) => doorFaults(id, door, doors[door])),
      { vestibule: id, input: "fire", value: "fault" } as const,
      { vestibule: id, input: "lockdown", value: true } as const,
      { vestibule: id, input: "tamper", value: true } as const,
      { vestibule: id, input: "mains", value: false } as const,
      { vestibule: id, input: "battery", value: false } as const,
    ]);
  }
}

function doorFaults(vestibule: VestibuleId, door: DoorName, { bolt, rex }: SimulatedDoorPlan): Reading[] {
  const readings: Reading[] = [{ vestibule, door, input: "contact", value: "fault" }];
  if (bolt === "fitted") readings.push({ vestibule, door, input: "bolt", value: "fault" });
  if (rex === "fitted") readings.push({ vestibule, door, input: "rex", value: false });
  return readings;
}
