import { after } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { ProcessLink } from "../../src/ports/process-link.ts";
import type {
  CameraHealthEvent,
  FaceRefusalReason,
  FaceVerdict,
  VisionCommand,
  VisionMessage,
} from "../../src/ports/vision-link.ts";
import type { Draw } from "./draw.ts";
import type { Scenes } from "./scenes.ts";

export const simulatedModel = { id: "simulated/faces", hash: "0a0b", dimensions: 2 };

export interface VisionOptions {
  readonly link: ProcessLink;
  readonly clock: Clock;
  readonly cameras: readonly string[];
  readonly scenes: Scenes;
  readonly draw: Draw;
  readonly threshold: number;
  /** Never slower than anybody waits. */
  readonly prompt: boolean;
}

const healthEvents = { lost: "CameraLost", frozen: "CameraFrozen", covered: "CameraCovered" } as const;
const allHealth = ["CameraLost", "CameraFrozen", "CameraCovered"] as const;

/** A vision process that compares numbers instead of faces, and takes its time for it. */
export class SimulatedVision {
  readonly #options: VisionOptions;
  readonly #cancelled = new Set<string>();

  constructor(options: VisionOptions) {
    this.#options = options;
    options.link.onMessage((from, message) => {
      if (from === "controller") this.#onCommand(message as VisionCommand); // only the controller speaks to vision
    });
    this.#report();
  }

  /** The camera's health has changed. */
  look(camera: string): void {
    this.#tellHealth(camera);
  }

  #onCommand(command: VisionCommand): void {
    switch (command.type) {
      case "verify":
        return this.#verify(command);
      case "cancel":
        this.#cancelled.add(command.passage);
        return;
      case "describePhoto":
      case "describeStored":
      case "lookAtPicture":
        return;
      case "snapshot":
        return this.#tell({ type: "snapshot", request: command.request, jpeg: picture });
      case "countFaces":
        return this.#count(command);
      case "recallPreset": {
        const outcome = {
          recalled: false,
          why: "unsupported",
          detail: "a simulated camera stands still",
        } as const;
        return this.#tell({ type: "presetRecalled", request: command.request, outcome });
      }
      case "keepClip": {
        const outcome = { kept: false, detail: "a simulated camera keeps no clips" } as const;
        return this.#tell({ type: "clip", request: command.request, outcome });
      }
      case "showLive":
      case "takeClip":
        return;
      case "report":
        return this.#report();
    }
  }

  #verify({ passage, camera, templates }: Extract<VisionCommand, { readonly type: "verify" }>): void {
    const { clock, draw } = this.#options;
    // Now and then so slowly that the passage has run into its time-out.
    const time =
      !this.#options.prompt && draw.chance(0.01) ? draw.between(2_500, 6_000) : draw.between(250, 1_400);
    clock.wakeAt(after(clock.now(), time), () => {
      if (this.#cancelled.delete(passage)) return;
      this.#tell({ type: "verdict", passage, verdict: this.#judge(camera, templates) });
    });
  }

  #count({ request, camera }: Extract<VisionCommand, { readonly type: "countFaces" }>): void {
    const { scenes } = this.#options;
    const faces = scenes.facesAt(camera).length;
    const count = scenes.healthOf(camera) === "good" ? { faces, frames: 5, jpeg: picture } : undefined;
    this.#tell({ type: "facesCounted", request, count });
  }

  #judge(camera: string, templates: readonly Float32Array[]): FaceVerdict {
    const { scenes } = this.#options;
    if (scenes.healthOf(camera) !== "good") return refused("cameraFault");
    const [face, ...others] = scenes.facesAt(camera);
    if (face === undefined) return refused("noFace");
    if (others.length > 0) return refused("multipleFaces");
    return templates.some((template) => template[0] === face)
      ? { ...measured, accepted: true }
      : refused("faceMismatch");
  }

  /** As the real one: what is so of each camera, faults and their absence. */
  #report(): void {
    this.#tell({
      type: "ready",
      model: simulatedModel,
      backend: "simulated",
      threshold: this.#options.threshold,
      loadedIn: 0,
    });
    for (const camera of this.#options.cameras) this.#tellHealth(camera);
  }

  #tellHealth(camera: string): void {
    const { clock, scenes } = this.#options;
    const health = scenes.healthOf(camera);
    const state =
      health === "lost"
        ? ({
            phase: "lost",
            fault: "unreachable",
            detail: "simulated",
            since: clock.now(),
            attempts: 1,
            nextAttemptAt: clock.now(),
          } as const)
        : ({ phase: "live", width: 640, height: 360, since: clock.now() } as const);
    this.#tell({ type: "cameraState", camera, state });
    for (const from of allHealth) {
      const event: CameraHealthEvent =
        health !== "good" && healthEvents[health] === from
          ? { type: from, detail: "simulated" }
          : { type: "CameraRestored", from };
      this.#tell({ type: "cameraHealth", camera, at: clock.now(), event });
    }
  }

  #tell(message: VisionMessage): void {
    this.#options.link.send("controller", message);
  }
}

const picture = Uint8Array.of(0xff, 0xd8, 1, 0xff, 0xd9);

const measured = {
  distance: 0.03,
  threshold: 0.058,
  model: simulatedModel.id,
  modelHash: simulatedModel.hash,
  framesUsed: 2,
  framesSeen: 3,
  frameTimes: [],
  quality: { eyeDistance: 60 },
  timings: { total: 300 },
} as const;

const refused = (reason: FaceRefusalReason): FaceVerdict => ({
  ...measured,
  accepted: false,
  reason,
  detail: "seen",
});
