import type { JsonObject } from "../../src/ports/journal.ts";
import type { CameraServices } from "../../src/ports/services/camera-services.ts";

/** Cameras that show what a test gives them. */
export class FakeCameras implements CameraServices {
  /** Who looks now. */
  readonly views = new Set<{ readonly camera: string; readonly show: (jpeg: Uint8Array) => void }>();
  readonly #services: { happen(type: string, payload: JsonObject): unknown };

  constructor(services: { happen(type: string, payload: JsonObject): unknown }) {
    this.#services = services;
  }

  concerned({ accessPoint }: Parameters<CameraServices["concerned"]>[0]): readonly string[] {
    return accessPoint === undefined ? [] : [accessPoint];
  }

  watch(camera: string, operator: string, show: (jpeg: Uint8Array) => void): Disposable {
    this.#services.happen("CameraWatched", { operator, camera });
    const view = { camera, show };
    this.views.add(view);
    return { [Symbol.dispose]: () => void this.views.delete(view) };
  }
}
