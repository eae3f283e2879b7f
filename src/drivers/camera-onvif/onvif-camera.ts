import { after, type Milliseconds, since } from "../../domain/time.ts";
import type { CameraControl } from "../../ports/camera-control.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CameraFault } from "../../ports/frame-source.ts";
import type { CameraDeviceEvent, PresetOutcome } from "../../ports/vision-link.ts";
import type { DeviceAddress } from "./bounded-request.ts";
import { asDeviceFault, type DeviceFault, type DeviceFaultKind } from "./device-fault.ts";
import { pullEvents } from "./event-pull.ts";
import type { DeviceLogin } from "./guarded-cam.ts";
import type { DeviceLimits } from "./limits.ts";
import { type Expected, type MetDevice, meetDevice, shownAddress } from "./met-device.ts";
import { OnvifSession } from "./onvif-session.ts";

export interface OnvifCameraOptions extends Expected {
  readonly cameraId: string;
  readonly address: DeviceAddress;
  readonly login?: DeviceLogin | undefined;
  readonly limits?: DeviceLimits;
  /** Between asking for events again after a failure; the first and the longest pause. */
  readonly retry?: { readonly first: Milliseconds; readonly longest: Milliseconds };
}

export type Meeting =
  | { readonly met: true; readonly device: MetDevice }
  | { readonly met: false; readonly fault: CameraFault; readonly detail: string };

/** Clocks drift by seconds a day at the most, and people set them. */
const clockInterval: Milliseconds = 3_600_000;
const mostRemembered = 32;
/** More of them pause no longer. */
const mostFailures = 16;
const defaultRetry = { first: 5_000, longest: 300_000 };

/** What an ONVIF camera does besides sending its stream: presets, events, its clock. Nothing of it throws. */
export class OnvifCamera implements CameraControl {
  readonly cameraId: string;
  readonly #options: OnvifCameraOptions;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #listeners = new Set<(event: CameraDeviceEvent) => void>();
  #session: OnvifSession;
  #met: MetDevice | undefined;
  /** What was told last of each thing that can be so. */
  readonly #last = new Map<string, CameraDeviceEvent>();
  #isExchanged: boolean | undefined;
  #isOver = false;
  #waking: Disposable | undefined;

  constructor(options: OnvifCameraOptions, clock: Clock, random: () => number) {
    this.cameraId = options.cameraId;
    this.#options = options;
    this.#clock = clock;
    this.#random = random;
    this.#session = this.#newSession();
  }

  /** Whether who answers at the address can be told from another. */
  get isPinned(): boolean {
    const { serialNumber, address } = this.#options;
    return serialNumber !== undefined || address.tls !== undefined;
  }

  /** Follows its events and its clock from now on. */
  begin(): void {
    void this.#follow(0);
  }

  listen(onEvent: (event: CameraDeviceEvent) => void): Disposable {
    const told = (event: CameraDeviceEvent): void => onEvent(event);
    this.#listeners.add(told);
    return { [Symbol.dispose]: () => void this.#listeners.delete(told) };
  }

  report(): void {
    for (const event of this.#last.values()) this.#send(event);
  }

  /** Who is there now, and where its stream is. */
  async meet(): Promise<Meeting> {
    try {
      const device = await meetDevice(this.#session, this.#options);
      this.#met = device;
      this.#tellClock();
      this.#tellExchanged(undefined);
      return { met: true, device };
    } catch (error) {
      const fault = asDeviceFault(error);
      const detail = this.#detail(fault);
      if (cameraFaultOf[fault.kind] === "otherCamera") this.#tellExchanged(detail);
      return { met: false, fault: cameraFaultOf[fault.kind], detail };
    }
  }

  async recallPreset(wanted: string): Promise<PresetOutcome> {
    try {
      const { profiles, profile } = this.#met ?? (await meetDevice(this.#session, this.#options));
      const moving = profile.hasPtz ? profile : profiles.find(({ hasPtz }) => hasPtz);
      if (moving === undefined) return notRecalled("unsupported", "the camera does not move");
      const presets = await this.#session.presets(moving);
      const preset =
        presets.find(({ name }) => name === wanted) ?? presets.find(({ token }) => token === wanted);
      if (preset === undefined) {
        const names = presets.map(({ name }) => name).slice(0, 16);
        return notRecalled("failed", `it has no preset ${wanted}; it has: ${names.join(", ") || "none"}`);
      }
      await this.#session.gotoPreset(moving, preset);
      return { recalled: true };
    } catch (error) {
      const fault = asDeviceFault(error);
      return notRecalled(fault.kind === "unsupported" ? "unsupported" : "failed", this.#detail(fault));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.#listeners.clear();
    this.#waking?.[Symbol.dispose]();
    this.#session[Symbol.dispose]();
  }

  #newSession(): OnvifSession {
    const { address, login, limits } = this.#options;
    return new OnvifSession({ address, login, clock: this.#clock, ...(limits && { limits }) });
  }

  /** Its time, hourly and after each failure; its events, as long as it sends any. */
  async #follow(failures: number): Promise<void> {
    if (this.#isOver) return;
    const startedAt = this.#clock.now();
    let failed: DeviceFaultKind | undefined;
    try {
      await this.#measure();
      const until = after(this.#clock.now(), clockInterval);
      const isOver = (): boolean => this.#isOver || this.#clock.now() >= until;
      await pullEvents(this.#session, (event) => this.#tell(event), isOver);
    } catch (error) {
      failed = asDeviceFault(error).kind;
      // It may have another time, other services or another subscription by now: nothing of the old is kept.
      this.#session[Symbol.dispose]();
      this.#session = this.#newSession();
    }
    if (this.#isOver) return;
    const lived = since(startedAt, this.#clock.now());
    // Cameras lock an account after a few wrong passwords.
    const tries = failed === "unauthorised" ? mostFailures : failures;
    const pause = failed === undefined ? Math.max(0, clockInterval - lived) : this.#pause(tries);
    const next = failed !== undefined && lived < this.#retry.longest ? failures + 1 : 0;
    this.#waking = this.#clock.wakeAt(after(this.#clock.now(), pause), () => void this.#follow(next));
  }

  get #retry(): { readonly first: Milliseconds; readonly longest: Milliseconds } {
    return this.#options.retry ?? defaultRetry;
  }

  #pause(failures: number): Milliseconds {
    const { first, longest } = this.#retry;
    return Math.min(longest, first * 2 ** Math.min(failures, mostFailures)) * (0.75 + this.#random() / 2);
  }

  async #measure(): Promise<void> {
    const { information } = await this.#introduced();
    const { serialNumber } = this.#options;
    // Nothing that another one says is of this camera.
    if (serialNumber !== undefined && serialNumber !== information.serialNumber)
      throw new Error("another device");
    this.#tellClock();
  }

  async #introduced(): Promise<Pick<MetDevice, "information">> {
    await this.#session.measureClock();
    return { information: await this.#session.information() };
  }

  #tellClock(): void {
    const { offset } = this.#session;
    if (offset === undefined) return;
    this.#tell({ type: "CameraClockMeasured", offset });
  }

  /**
   * T20: whoever exchanged a camera was at it. `detail`: who is there now; undefined: the right one, which is told once
   * after each start too, as whoever listens may remember another.
   */
  #tellExchanged(detail: string | undefined): void {
    const isExchanged = detail !== undefined;
    if (this.#isExchanged === isExchanged) return;
    this.#isExchanged = isExchanged;
    this.#tell(isExchanged ? { type: "CameraTampered", detail } : { type: "CameraTamperEnded" });
  }

  #tell(event: CameraDeviceEvent): void {
    const about = subjectOf(event);
    if (this.#last.has(about) || this.#last.size < mostRemembered) this.#last.set(about, event);
    this.#send(event);
  }

  #send(event: CameraDeviceEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  #detail({ message }: DeviceFault): string {
    const said = `${shownAddress(this.#options.address)}: ${message}`;
    const password = this.#options.login?.password ?? "";
    return password === "" ? said : said.replaceAll(password, "***");
  }
}

/** What an event replaces what was known of. */
function subjectOf(event: CameraDeviceEvent): string {
  switch (event.type) {
    case "CameraTampered":
    case "CameraTamperEnded":
      return "tampering";
    case "CameraInputChanged":
      return `input ${event.input}`;
    case "CameraClockMeasured":
      return "clock";
  }
}

const notRecalled = (why: "unsupported" | "failed", detail: string): PresetOutcome => ({
  ...{ recalled: false, why, detail },
});

const cameraFaultOf: Readonly<Record<DeviceFaultKind, CameraFault>> = {
  unreachable: "unreachable",
  unauthorised: "unauthorised",
  unsupported: "notOnvif",
  refused: "notOnvif",
  hostile: "notOnvif",
  notTrusted: "otherCamera",
  otherDevice: "otherCamera",
};
