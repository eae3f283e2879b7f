import type { Clock } from "../ports/clock.ts";
import type { CameraClockView } from "../ports/controller-services.ts";
import type { CameraDeviceEvent } from "../ports/vision-link.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import { CameraDevices } from "./camera-devices.ts";
import type { Chronicle } from "./chronicle.ts";

/** What cameras do besides being compared with: what they notice themselves, and who looks on. */
export class SiteCameras implements Disposable {
  readonly #devices: CameraDevices;
  readonly #watchers = new Map<string, Set<(jpeg: Uint8Array) => void>>();

  constructor(
    clock: Clock,
    chronicle: Chronicle,
    alarms: Pick<AlarmDesk, "find">,
    feed: { changed(): void },
  ) {
    this.#devices = new CameraDevices(clock, chronicle, alarms, () => feed.changed());
  }

  [Symbol.dispose](): void {
    this.#devices[Symbol.dispose]();
  }

  onDevice(camera: string, event: CameraDeviceEvent): void {
    this.#devices.take(camera, event);
  }

  clockOf(camera: string): CameraClockView | null {
    return this.#devices.clockOf(camera) ?? null;
  }

  onLivePicture(camera: string, jpeg: Uint8Array): void {
    for (const watcher of this.#watchers.get(camera) ?? []) watcher(jpeg);
  }

  watch(camera: string, watcher: (jpeg: Uint8Array) => void): Disposable {
    const watchers = this.#watchers.get(camera) ?? new Set();
    this.#watchers.set(camera, watchers.add(watcher));
    return { [Symbol.dispose]: () => void watchers.delete(watcher) };
  }
}
