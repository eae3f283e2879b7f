import type { SitePlan } from "../../src/controller/controller-options.ts";
import type { AccessPointName } from "../../src/domain/names.ts";

export type CameraHealth = "good" | "lost" | "frozen" | "covered";

/** What each camera has before it, and whether it shows it. */
export class Scenes {
  readonly #cameraOf: SitePlan["cameraOf"];
  readonly #onHealth: (camera: string) => void;
  readonly #faces = new Map<string, Set<number>>();
  readonly #health = new Map<string, CameraHealth>();

  constructor(cameraOf: SitePlan["cameraOf"], onHealth: (camera: string) => void) {
    this.#cameraOf = cameraOf;
    this.#onHealth = onHealth;
  }

  /** Somebody's face is before the camera of this access point, or no longer. */
  stand(vestibule: string, accessPoint: AccessPointName, face: number, there: boolean): void {
    const camera = this.#cameraOf({ vestibule, accessPoint });
    if (camera === undefined) return;
    const faces = this.#faces.get(camera) ?? new Set();
    this.#faces.set(camera, faces);
    if (there) faces.add(face);
    else faces.delete(face);
  }

  facesAt(camera: string): readonly number[] {
    return [...(this.#faces.get(camera) ?? [])];
  }

  healthOf(camera: string): CameraHealth {
    return this.#health.get(camera) ?? "good";
  }

  setHealth(camera: string, health: CameraHealth): void {
    this.#health.set(camera, health);
    this.#onHealth(camera);
  }
}
