import {
  type AccessPointName,
  type DoorName,
  doorNames,
  type Lock,
  type VestibuleId,
} from "../domain/names.ts";
import type { Instant, Milliseconds } from "../domain/time.ts";
import type { ActionOutcome, BuildingAction, Scene, SwappedWires } from "../ports/building-link.ts";
import type { CardRead, KeysPressed, ReaderStatus } from "../ports/card-reader.ts";
import type { Clock } from "../ports/clock.ts";
import type { Reading } from "../ports/door-hardware.ts";
import { BuildingReaders } from "./building-readers.ts";
import { SeededRandom } from "./seeded-random.ts";
import { type DoorInput, type MoveRefusal, SimulatedDoor, type SimulatedDoorPlan } from "./simulated-door.ts";
import { Wiring } from "./swapped-wires.ts";

/** What stands in the simulated building. */
export interface BuildingPlan {
  readonly vestibules: readonly VestibulePlan[];
  readonly cameras: readonly string[];
  /** What the board has beside the doors' own: a siren, a lamp. */
  readonly outputs?: readonly string[];
  /** A door somebody has opened closes by itself after this. */
  readonly doorCloserTime: Milliseconds;
}

export interface VestibulePlan {
  readonly id: VestibuleId;
  readonly doors: Readonly<Record<DoorName, SimulatedDoorPlan>>;
  /** Access points with a card reader, which has a keypad. */
  readonly readers: readonly AccessPointName[];
}

/** Who is told what happens in the building. */
export interface BuildingListener {
  onReading(reading: Reading, at: Instant): void;
  onCard(read: CardRead): void;
  onKeys(keys: KeysPressed): void;
  onReader(status: ReaderStatus): void;
  onScene(camera: string, scene: Scene): void;
}

const doorInputs = ["contact", "bolt", "rex"] as const;
const boxInputs = ["fire", "lockdown", "tamper", "mains", "battery"] as const;
/** At rest they are true. */
const isPower = (input: BoxInput): boolean => input === "mains" || input === "battery";
type BoxInput = (typeof boxInputs)[number];

/**
 * Door pairs, readers and cameras of a building that exists only here: deterministic for a seed, in the clock's time.
 * Nobody is in it; people act through `act`.
 */
export class Building implements Disposable {
  readonly readers: BuildingReaders;
  readonly #wiring = new Wiring();
  readonly #plan: BuildingPlan;
  readonly #clock: Clock;
  readonly #listener: BuildingListener;
  readonly #doors = new Map<string, SimulatedDoor>();
  readonly #scenes: Map<string, Scene>;
  /** Inputs of each vestibule's box that are not at rest. */
  readonly #stirred = new Set<string>();
  readonly #sounding = new Set<VestibuleId>();
  readonly #driven = new Set<string>();

  constructor(plan: BuildingPlan, seed: number, clock: Clock, listener: BuildingListener) {
    this.#plan = plan;
    this.#clock = clock;
    this.#listener = listener;
    this.readers = new BuildingReaders(plan.vestibules, clock, listener);
    const random = new SeededRandom(seed);
    for (const { id, doors } of plan.vestibules) {
      for (const name of doorNames) {
        const onEdge = (input: DoorInput): void => this.#onEdge(id, name, input);
        this.#doors.set(
          `${id}.${name}`,
          new SimulatedDoor(doors[name], plan.doorCloserTime, clock, random, onEdge),
        );
      }
    }
    this.#scenes = new Map(plan.cameras.map((camera) => [camera, { kind: "empty" }]));
  }

  /** The interlock takes the lines: every lock is powered, and secured, before the first reading (R10). */
  powerLocks(): readonly Reading[] {
    for (const door of this.#doors.values()) door.command("secured");
    return this.readings();
  }

  /** Nobody drives the lines any more: fail-secure locks secure, fail-safe ones release, and no buzzer sounds. */
  unpowerLocks(): void {
    this.#sounding.clear();
    this.#driven.clear();
    for (const door of this.#doors.values()) door.losePower();
  }

  /** False where there is no such door. */
  commandLock(vestibule: VestibuleId, door: DoorName, lock: Lock): boolean {
    const found = this.door(vestibule, this.#wiring.ofLock(door));
    found?.command(lock);
    return found !== undefined;
  }

  sound(vestibule: VestibuleId, on: boolean): void {
    if (on) this.#sounding.add(vestibule);
    else this.#sounding.delete(vestibule);
  }

  drive(output: string, on: boolean): void {
    if (this.#plan.outputs?.includes(output) !== true) return;
    this.#driven[on ? "add" : "delete"](output);
  }

  isDriven(output: string): boolean {
    return this.#driven.has(output);
  }

  isSounding(vestibule: VestibuleId): boolean {
    return this.#sounding.has(vestibule);
  }

  /** Every fitted input, as it reads now. */
  readings(): readonly Reading[] {
    return this.#plan.vestibules.flatMap(({ id }) => [
      ...doorNames.flatMap((door) => doorInputs.flatMap((input) => this.#readingOf(id, door, input) ?? [])),
      ...boxInputs.map((input) => this.#boxReadingOf(id, input)),
    ]);
  }

  scenes(): ReadonlyMap<string, Scene> {
    return this.#scenes;
  }

  door(vestibule: VestibuleId, door: DoorName): SimulatedDoor | undefined {
    return this.#doors.get(`${vestibule}.${door}`);
  }

  act(action: BuildingAction): ActionOutcome {
    switch (action.type) {
      case "presentCard":
        return this.readers.present(action, action.number);
      case "pressKeys":
        return this.readers.press(action, action.keys);
      case "moveDoor":
        return this.#moveDoor(action.vestibule, action.door, action.action);
      case "setInput":
        return this.#setInput(action.name, action.active);
      case "swapWires":
        return this.#swapWires(action.swapped);
      case "setScene":
        return this.#setScene(action.camera, action.scene);
      case "readOutputs":
        return { done: true, outputs: this.#outputs() };
    }
  }

  [Symbol.dispose](): void {
    for (const door of this.#doors.values()) door[Symbol.dispose]();
  }

  #moveDoor(
    vestibule: VestibuleId,
    name: DoorName,
    action: Extract<BuildingAction, { readonly type: "moveDoor" }>["action"],
  ): ActionOutcome {
    const door = this.door(vestibule, name);
    if (door === undefined) return unknownName(`no door ${vestibule}.${name}`);
    const moves = {
      open: () => door.push(),
      prop: () => door.prop(),
      force: () => door.force(),
      close: () => door.close(),
    };
    const refusal = moves[action]();
    return refusal === undefined
      ? { done: true }
      : { done: false, reason: refusal, detail: `${vestibule}.${name} ${refusalText[refusal]}` };
  }

  #setInput(name: string, active: boolean | null): ActionOutcome {
    const inputs = this.#inputs();
    const set = inputs.get(name);
    if (set === undefined) return unknownName(`no input ${name}; there are ${[...inputs.keys()].join(", ")}`);
    set(active);
    return { done: true };
  }

  /** What hangs on the wires is told at once, and each lock gets what the other one had. */
  #swapWires(swapped: readonly SwappedWires[]): ActionOutcome {
    const locksMove = this.#wiring.change(swapped);
    for (const { id } of this.#plan.vestibules) {
      const [outer, inner] = [this.door(id, "outer"), this.door(id, "inner")];
      const [ofOuter, ofInner] = [outer?.lock(), inner?.lock()];
      if (locksMove && ofInner !== undefined) outer?.command(ofInner);
      if (locksMove && ofOuter !== undefined) inner?.command(ofOuter);
      for (const door of doorNames)
        for (const input of ["contact", "bolt"] as const) this.#onEdge(id, door, input);
    }
    return { done: true };
  }

  #setBoxInput(vestibule: VestibuleId, input: BoxInput, active: boolean | null): void {
    const line = `${vestibule}.${input}`;
    const rests = active === null || active === isPower(input);
    if (rests !== this.#stirred.has(line)) return;
    if (rests) this.#stirred.delete(line);
    else this.#stirred.add(line);
    this.#listener.onReading(this.#boxReadingOf(vestibule, input), this.#clock.now());
  }

  #boxReadingOf(vestibule: VestibuleId, input: BoxInput): Reading {
    const stirred = this.#stirred.has(`${vestibule}.${input}`);
    if (input === "fire") return { vestibule, input, value: stirred ? "active" : "inactive" };
    return { vestibule, input, value: isPower(input) ? !stirred : stirred };
  }

  #setScene(camera: string, scene: Scene): ActionOutcome {
    if (!this.#scenes.has(camera))
      return unknownName(
        `no simulated camera ${camera}; there are ${[...this.#scenes.keys()].join(", ") || "none"}`,
      );
    this.#scenes.set(camera, scene);
    this.#listener.onScene(camera, scene);
    return { done: true };
  }

  /** Inputs by their outside names: `outer.contact`; with several vestibules only with the id in front. */
  #inputs(): ReadonlyMap<string, (active: boolean | null) => void> {
    const inputs = new Map<string, (active: boolean | null) => void>();
    for (const [fullName, door] of this.#doors) {
      for (const input of doorInputs.filter((each) => door.isFitted(each))) {
        for (const name of this.#namesOf(`${fullName}.${input}`))
          inputs.set(name, (active) => door.override(input, active));
      }
    }
    for (const { id } of this.#plan.vestibules) {
      for (const input of boxInputs) {
        for (const name of this.#namesOf(`${id}.${input}`))
          inputs.set(name, (active) => this.#setBoxInput(id, input, active));
      }
    }
    for (const [fullName, set] of this.readers.inputs())
      for (const name of this.#namesOf(fullName)) inputs.set(name, set);
    return inputs;
  }

  #outputs(): Readonly<Record<string, string>> {
    const outputs: Record<string, string> = {};
    for (const [fullName, door] of this.#doors) {
      const [name = fullName] = this.#namesOf(fullName);
      outputs[`${name}.lock`] = door.lock();
      outputs[`${name}.lamp`] = door.lock() === "released" ? "green" : "red";
    }
    for (const { id } of this.#plan.vestibules) {
      const [name = id] = this.#namesOf(`${id}.buzzer`);
      outputs[name] = this.#sounding.has(id) ? "on" : "off";
    }
    for (const output of this.#plan.outputs ?? [])
      outputs[`output.${output}`] = this.#driven.has(output) ? "on" : "off";
    for (const [fullName, signal] of this.readers.signals()) {
      const [name = fullName] = this.#namesOf(fullName);
      outputs[name] = signal;
    }
    return outputs;
  }

  #namesOf(fullName: string): readonly string[] {
    return this.#plan.vestibules.length === 1
      ? [fullName.slice(fullName.indexOf(".") + 1), fullName]
      : [fullName];
  }

  #onEdge(vestibule: VestibuleId, door: DoorName, input: DoorInput): void {
    const reading = this.#readingOf(vestibule, this.#wiring.ofInput(door, input), input);
    if (reading !== undefined) this.#listener.onReading(reading, this.#clock.now());
  }

  #readingOf(vestibule: VestibuleId, door: DoorName, input: DoorInput): Reading | undefined {
    const found = this.door(vestibule, this.#wiring.ofInput(door, input));
    if (found?.isFitted(input) !== true) return undefined;
    switch (input) {
      case "contact":
        return { vestibule, door, input, value: found.contact() };
      case "bolt":
        return { vestibule, door, input, value: found.bolt() };
      case "rex":
        return { vestibule, door, input, value: found.rex() };
    }
  }
}

const refusalText: Readonly<Record<MoveRefusal, string>> = {
  locked: "is locked",
  alreadyOpen: "is open already",
  alreadyClosed: "is closed already",
};

const unknownName = (detail: string): ActionOutcome => ({ done: false, reason: "unknownName", detail });
