import type { CameraDeviceEvent } from "../ports/vision-link.ts";
import type { Chronicle } from "./chronicle.ts";

/** What cameras do besides being compared with: what they notice themselves, and who looks on. */
export class SiteCameras {
  readonly #chronicle: Chronicle;
  readonly #watchers = new Map<string, Set<(jpeg: Uint8Array) => void>>();

  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  onDevice(camera: string, { type, ...facts }: CameraDeviceEvent): void {
    this.#chronicle.note(type, { camera, ...facts });
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
