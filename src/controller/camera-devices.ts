import type { Condition } from "../domain/alarm/conditions.ts";
import { alarmIdOf } from "../domain/alarm/life-cycle.ts";
import { after, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { CameraClockView } from "../ports/controller-services.ts";
import type { JsonObject } from "../ports/journal.ts";
import type { CameraDeviceEvent } from "../ports/vision-link.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import type { Chronicle } from "./chronicle.ts";
import { isActive } from "./standing-conditions.ts";

/** Further off than that, what a camera writes into its own pictures is no evidence of when. */
const clockLimit: Milliseconds = 5_000;
/** It tells whole seconds: one that stands at the limit must not come and go. */
const clockMargin: Milliseconds = 1_500;
/** What one camera may write into the record in an hour; a broken or hostile one would fill it. */
const mostRecords = 60;
const window: Milliseconds = 3_600_000;
const mostInputs = 16;

interface Device {
  /** As it was last recorded. */
  tampered: boolean;
  clockIsWrong: boolean;
  readonly inputs: Map<string, boolean>;
  clock: CameraClockView | undefined;
  records: number;
  suppressed: number;
  /** What it said last of being tampered with, while nothing more was recorded. */
  unrecorded: boolean | undefined;
}

/** What cameras notice themselves: changes are recorded, some are alarms, and none fills the record. */
export class CameraDevices implements Disposable {
  readonly #clock: Clock;
  readonly #chronicle: Chronicle;
  readonly #alarms: Pick<AlarmDesk, "find">;
  readonly #onChange: () => void;
  readonly #devices = new Map<string, Device>();
  readonly #windows = new Map<string, Disposable>();

  constructor(clock: Clock, chronicle: Chronicle, alarms: Pick<AlarmDesk, "find">, onChange: () => void) {
    this.#clock = clock;
    this.#chronicle = chronicle;
    this.#alarms = alarms;
    this.#onChange = onChange;
  }

  [Symbol.dispose](): void {
    for (const timer of this.#windows.values()) timer[Symbol.dispose]();
  }

  /** How far its clock is off, as last measured. */
  clockOf(camera: string): CameraClockView | undefined {
    return this.#devices.get(camera)?.clock;
  }

  take(camera: string, event: CameraDeviceEvent): void {
    const device = this.#device(camera);
    switch (event.type) {
      case "CameraTampered":
        return this.#tampered(camera, device, event.detail);
      case "CameraTamperEnded":
        return this.#tampered(camera, device, undefined);
      case "CameraInputChanged":
        return this.#input(camera, device, event.input, event.active);
      case "CameraClockMeasured":
        return this.#measured(camera, device, event.offset);
    }
  }

  /** `detail`: what it noticed; undefined: it is over. */
  #tampered(camera: string, device: Device, detail: string | undefined): void {
    const is = detail !== undefined;
    device.unrecorded = undefined;
    if (device.tampered === is) return;
    if (!this.#mayRecord(camera, device)) {
      device.unrecorded = is;
      return;
    }
    device.tampered = is;
    if (detail === undefined) this.#keep("CameraTamperEnded", { camera }, gone("Tampered", camera));
    else this.#keep("CameraTampered", { camera, detail }, seen("Tampered", camera, detail));
  }

  #input(camera: string, device: Device, input: string, active: boolean): void {
    if (device.inputs.get(input) === active) return;
    const isKnown = device.inputs.has(input);
    if ((!isKnown && device.inputs.size >= mostInputs) || !this.#mayRecord(camera, device)) return;
    device.inputs.set(input, active);
    this.#chronicle.note("CameraInputChanged", { camera, input, active });
  }

  #measured(camera: string, device: Device, offset: Milliseconds): void {
    const seconds = Math.round(offset / 1000);
    const before = device.clock;
    device.clock = { offset: seconds, measured: new Date(this.#clock.wall()).toISOString() };
    if (before?.offset !== seconds) this.#onChange();
    const distance = Math.abs(offset);
    const limit = device.clockIsWrong ? clockLimit - clockMargin : clockLimit;
    const isWrong = distance > limit;
    if (isWrong === device.clockIsWrong || !this.#mayRecord(camera, device)) return;
    device.clockIsWrong = isWrong;
    if (isWrong)
      this.#keep(
        "CameraClockDrifted",
        { camera, seconds },
        seen("CameraClockDrift", camera, `by ${seconds} s`),
      );
    else this.#keep("CameraClockRight", { camera, seconds }, gone("CameraClockDrift", camera));
  }

  #keep(type: string, payload: JsonObject, condition: Condition): void {
    this.#chronicle.keep([this.#chronicle.entry(type, payload)], [condition]);
  }

  /** Counts it; the first one of an hour begins that hour. */
  #mayRecord(camera: string, device: Device): boolean {
    if (device.records === 0) {
      const end = after(this.#clock.now(), window);
      this.#windows.set(
        camera,
        this.#clock.wakeAt(end, () => this.#endWindow(camera, device)),
      );
    }
    if (device.records < mostRecords) {
      device.records += 1;
      return true;
    }
    device.suppressed += 1;
    return false;
  }

  #endWindow(camera: string, device: Device): void {
    const { suppressed: count, unrecorded } = device;
    device.records = 0;
    device.suppressed = 0;
    if (count > 0) this.#chronicle.note("CameraEventsSuppressed", { camera, count });
    if (unrecorded !== undefined) this.#tampered(camera, device, unrecorded ? "since some time" : undefined);
  }

  #device(camera: string): Device {
    const known = this.#devices.get(camera);
    if (known !== undefined) return known;
    const wasActive = (alarm: "Tampered" | "CameraClockDrift"): boolean =>
      isActive(this.#alarms.find(alarmIdOf(alarm, { camera })));
    const device: Device = {
      ...{ tampered: wasActive("Tampered"), clockIsWrong: wasActive("CameraClockDrift") },
      ...{ inputs: new Map(), clock: undefined, records: 0, suppressed: 0, unrecorded: undefined },
    };
    this.#devices.set(camera, device);
    return device;
  }
}

type Told = "Tampered" | "CameraClockDrift";

const seen = (alarm: Told, camera: string, detail: string): Condition => ({
  ...{ is: "seen", alarm, place: { camera }, detail },
});
const gone = (alarm: Told, camera: string): Condition => ({
  ...{ is: "gone", alarm, place: { camera }, detail: null },
});
