import type { CameraControl } from "../ports/camera-control.ts";
import type { CameraDeviceEvent, PresetOutcome } from "../ports/vision-link.ts";

/** A camera that turns at a word, and notices what it is told to. */
export class SimulatedCameraControl implements CameraControl {
  readonly cameraId: string;
  readonly #presets: readonly string[];
  readonly #listeners = new Set<(event: CameraDeviceEvent) => void>();
  /** Where it looks; undefined: where it was put. */
  preset: string | undefined;
  #noticed: CameraDeviceEvent | undefined;
  #isOver = false;

  constructor(cameraId: string, presets: readonly string[] = ["Door", "Overview"]) {
    this.cameraId = cameraId;
    this.#presets = presets;
  }

  async recallPreset(preset: string): Promise<PresetOutcome> {
    if (this.#isOver) return { recalled: false, why: "failed", detail: "the camera is gone" };
    if (!this.#presets.includes(preset)) {
      const detail = `it has no preset ${preset}; it has: ${this.#presets.join(", ") || "none"}`;
      return { recalled: false, why: "failed", detail };
    }
    this.preset = preset;
    return { recalled: true };
  }

  listen(onEvent: (event: CameraDeviceEvent) => void): Disposable {
    const told = (event: CameraDeviceEvent): void => onEvent(event);
    this.#listeners.add(told);
    return { [Symbol.dispose]: () => void this.#listeners.delete(told) };
  }

  report(): void {
    if (this.#noticed !== undefined) this.#tell(this.#noticed);
  }

  notice(event: CameraDeviceEvent): void {
    this.#noticed = event;
    this.#tell(event);
  }

  #tell(event: CameraDeviceEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.#listeners.clear();
  }
}
