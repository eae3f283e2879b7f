/** One interlock process on scripted lines and virtual time, with the controller played by the test. */
import type { InterlockEvent } from "../../src/domain/interlock/event.ts";
import { policyWith } from "../../src/domain/interlock/given.ts";
import type { Bolt, Contact, DoorName, Lock, VestibuleId } from "../../src/domain/names.ts";
import { after, type Instant, type Milliseconds } from "../../src/domain/time.ts";
import { InterlockProcess } from "../../src/interlock/interlock-process.ts";
import {
  type DoorHardware,
  HardwareFault,
  type Reading,
  type ReadingListener,
} from "../../src/ports/door-hardware.ts";
import type { InterlockCommand, InterlockMessage } from "../../src/ports/interlock-link.ts";
import type { ProcessLink } from "../../src/ports/process-link.ts";
import { ProcessHub } from "../../src/simulation/process-hub.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";

export const vestibulePolicyForTests = policyWith({ bolt: "fitted" });

/** Lines that say what they are told to, and write down what is asked of them, in order. */
export class ScriptedDoorHardware implements DoorHardware {
  readonly log: string[] = [];
  readonly inputs: Record<DoorName, { contact: Contact; bolt: Bolt }> = {
    outer: { contact: "closed", bolt: "thrown" },
    inner: { contact: "closed", bolt: "thrown" },
  };
  /** Buttons that are found pressed at the start. */
  readonly wedged = new Set<DoorName>();
  failing: Lock | "both" | undefined;
  isBuzzerBroken = false;
  onCommand: (door: DoorName, lock: Lock) => void = () => {};
  beforeFirstReadings: () => void = () => {};
  #listener: ReadingListener = () => {};

  open(listener: ReadingListener): Promise<readonly Reading[]> {
    this.log.push("secure all", "read all");
    this.#listener = listener;
    const first = (["outer", "inner"] as const).flatMap((name): Reading[] => [
      { vestibule: "v1", door: name, input: "contact", value: this.inputs[name].contact },
      { vestibule: "v1", door: name, input: "bolt", value: this.inputs[name].bolt },
      { vestibule: "v1", door: name, input: "rex", value: this.wedged.has(name) },
    ]);
    this.beforeFirstReadings();
    return Promise.resolve(first);
  }

  command(_vestibule: VestibuleId, name: DoorName, lock: Lock): void {
    this.log.push(`${name} ${lock}`);
    if (this.failing === "both" || this.failing === lock) throw new HardwareFault(`v1.${name}.lock`, "EIO");
    this.onCommand(name, lock);
  }

  sound(_vestibule: VestibuleId, on: boolean): void {
    if (this.isBuzzerBroken) throw new HardwareFault("v1.buzzer", "EIO");
    this.log.push(on ? "sound" : "silence");
  }

  drive(output: string, on: boolean): void {
    this.log.push(`${output} ${on ? "on" : "off"}`);
  }

  read(vestibule: VestibuleId, name: DoorName): { readonly contact: Contact; readonly bolt: Bolt } {
    if (vestibule !== "v1") throw new Error(`no vestibule ${vestibule}`);
    this.log.push(`read ${name}`);
    return this.inputs[name];
  }

  /** The door moves, and its edge is reported. */
  reports(name: DoorName, contact: Contact, at: Instant): void {
    this.inputs[name].contact = contact;
    this.#listener({ vestibule: "v1", door: name, input: "contact", value: contact }, at);
  }

  /** An input of the whole vestibule changes. */
  says(reading: Reading, at: Instant): void {
    this.#listener(reading, at);
  }

  pressRex(name: DoorName, pressed: boolean, at: Instant): void {
    this.#listener({ vestibule: "v1", door: name, input: "rex", value: pressed }, at);
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

type EventMessage = Extract<InterlockMessage, { readonly type: "event" }>;

export let clock: VirtualClock;
export let hardware: ScriptedDoorHardware;
export let hub: ProcessHub;
export let controller: ProcessLink;
export let heard: InterlockMessage[];
export let interlock: InterlockProcess;

export function connectController(): void {
  controller = hub.start("controller");
  controller.onMessage((_from, message) => heard.push(message as InterlockMessage)); // the interlock's, see setUp
}

export const send = (command: InterlockCommand): void => controller.send("interlock", command);
export const beat = (): void => send({ type: "heartbeat", sentAt: clock.now() });
export const release = (name: DoorName, id: string, validFor: Milliseconds = 1_000): void =>
  send({
    type: "releaseDoor",
    vestibule: "v1",
    door: name,
    grant: { id, kind: "access", enters: true },
    notAfter: after(clock.now(), validFor),
  });
export const events = (): readonly InterlockEvent[] =>
  heard.flatMap((message) => (message.type === "event" ? [message.event] : []));
export const told = (type: InterlockEvent["type"]): readonly InterlockEvent[] =>
  events().filter((event) => event.type === type);
export const messages = (): readonly EventMessage[] =>
  heard.filter((message): message is EventMessage => message.type === "event");
export function passWithHeartbeats(length: Milliseconds): void {
  for (let passed = 0; passed < length; passed += 250) {
    clock.advance(250);
    beat();
  }
}

/** Before each test: everything closed and settled, the controller beating, nothing logged yet. */
export async function setUp(): Promise<void> {
  clock = new VirtualClock();
  hardware = new ScriptedDoorHardware();
  hub = new ProcessHub();
  heard = [];
  connectController();
  interlock = new InterlockProcess({
    vestibules: [{ id: "v1", policy: vestibulePolicyForTests }],
    hardware,
    clock,
    link: hub.start("interlock"),
    run: "run-1",
  });
  await interlock.start();
  beat();
  passWithHeartbeats(1_000);
  hardware.log.length = 0;
}

export async function freshProcess(own: ScriptedDoorHardware): Promise<InterlockProcess> {
  const process = new InterlockProcess({
    vestibules: [{ id: "v1", policy: vestibulePolicyForTests }],
    hardware: own,
    clock,
    link: hub.start("interlock"),
    run: "run-2",
  });
  await process.start();
  return process;
}
