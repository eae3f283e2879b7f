import type { LivenessAssessment } from "../../src/domain/biometric/liveness/track.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { FrameSourceState } from "../../src/ports/frame-source.ts";
import type { ProcessLink } from "../../src/ports/process-link.ts";
import type {
  CameraHealthEvent,
  FaceRefusalReason,
  FaceVerdict,
  PhotoOutcome,
  PictureLook,
  StoredPhotoOutcome,
  VisionCommand,
  VisionMessage,
} from "../../src/ports/vision-link.ts";
import type { ProcessHub } from "../../src/simulation/process-hub.ts";

export const modelForTests = { id: "test/model", hash: "0a0b", dimensions: 4 };

type Verify = Extract<VisionCommand, { readonly type: "verify" }>;

/** A vision process that says what a test tells it to, and keeps what it was asked. */
export class ScriptedVision {
  readonly asked: VisionCommand[] = [];
  /** What an uploaded photo comes to; undefined leaves the question open. */
  photo: PhotoOutcome | undefined = goodPhoto;
  /** What a picture of a guide comes to. */
  look: PictureLook = { is: "busy" };
  /** What a stored photo comes to; undefined leaves the question open. */
  stored: StoredPhotoOutcome | undefined = {
    usable: true,
    templates: [{ model: modelForTests.id, descriptor: Float32Array.of(1, 0, 0, 0) }],
  };
  /** What every camera shows; undefined: no picture. */
  picture: Uint8Array | undefined = Uint8Array.of(0xff, 0xd8, 1, 0xff, 0xd9);
  answersSnapshots = true;
  readonly #link: ProcessLink;
  readonly #clock: Clock;
  readonly #cameras: readonly string[];
  readonly #health = new Map<string, CameraHealthEvent>();

  constructor(hub: ProcessHub, clock: Clock, cameras: readonly string[]) {
    this.#link = hub.start("vision");
    this.#clock = clock;
    this.#cameras = cameras;
    this.#link.onMessage((from, message) => {
      if (from === "controller") this.#onCommand(message as VisionCommand); // only the controller speaks to vision
    });
    this.#report();
  }

  verifications(): readonly Verify[] {
    return this.asked.filter((command) => command.type === "verify");
  }

  /** Judges the newest verification, or `passage`. */
  accept(passage = this.#newest(), evidence?: Uint8Array): void {
    this.tell({ type: "verdict", passage, verdict: accepted(evidence) });
  }

  /** A5: with the gesture that was agreed on. */
  acceptForced(): void {
    this.tell({
      type: "verdict",
      passage: this.#newest(),
      verdict: { ...measured, accepted: true, duress: true },
    });
  }

  /** At this distance from the template. */
  acceptAt(distance: number): void {
    this.tell({
      type: "verdict",
      passage: this.#newest(),
      verdict: { ...measured, distance, accepted: true },
    });
  }

  refuse(reason: FaceRefusalReason, passage = this.#newest()): void {
    this.tell({
      type: "verdict",
      passage,
      verdict: { ...measured, accepted: false, reason, detail: "seen" },
    });
  }

  /** A picture was held before the camera. */
  attack(
    attackFrames: readonly Uint8Array[],
    liveness: LivenessAssessment,
    detail = "raster: peak 14.2",
  ): void {
    this.tell({
      type: "verdict",
      passage: this.#newest(),
      verdict: {
        ...{ ...measured, margin: 0.028, liveness, attackFrames },
        ...{ accepted: false, reason: "notLive", detail },
      },
    });
  }

  health(camera: string, event: CameraHealthEvent): void {
    if (event.type === "CameraRestored") this.#health.delete(`${camera}/${event.from}`);
    else this.#health.set(`${camera}/${event.type}`, event);
    this.tell({ type: "cameraHealth", camera, at: this.#clock.now(), event });
  }

  cameraState(camera: string, state: FrameSourceState): void {
    this.tell({ type: "cameraState", camera, state });
  }

  tell(message: VisionMessage): void {
    this.#link.send("controller", message);
  }

  #newest(): string {
    const verification = this.verifications().at(-1);
    if (verification === undefined) throw new Error("no verification was asked for");
    return verification.passage;
  }

  #onCommand(command: VisionCommand): void {
    this.asked.push(command);
    if (command.type === "report") this.#report();
    if (command.type === "describePhoto" && this.photo !== undefined)
      this.tell({ type: "photoDescribed", request: command.request, outcome: this.photo });
    if (command.type === "lookAtPicture")
      this.tell({ type: "pictureLookedAt", request: command.request, outcome: this.look });
    if (command.type === "describeStored" && this.stored !== undefined)
      this.tell({ type: "storedDescribed", request: command.request, outcome: this.stored });
    if (command.type === "snapshot" && this.answersSnapshots)
      this.tell({ type: "snapshot", request: command.request, jpeg: this.picture });
  }

  /** As the real one: what is so of each camera, faults and their absence. */
  #report(): void {
    this.tell({ type: "ready", model: modelForTests, backend: "scripted", threshold: 0.058, loadedIn: 0 });
    for (const camera of this.#cameras) {
      this.cameraState(camera, { phase: "live", width: 640, height: 360, since: this.#clock.now() });
      for (const from of ["CameraLost", "CameraFrozen", "CameraCovered"] as const) {
        const event = this.#health.get(`${camera}/${from}`) ?? { type: "CameraRestored", from };
        this.tell({ type: "cameraHealth", camera, at: this.#clock.now(), event });
      }
    }
  }
}

const measured = {
  distance: 0.03,
  threshold: 0.058,
  model: modelForTests.id,
  modelHash: modelForTests.hash,
  framesUsed: 2,
  framesSeen: 3,
  frameTimes: [],
  quality: { eyeDistance: 60 },
  timings: { total: 300 },
} as const;

const accepted = (evidence: Uint8Array | undefined): FaceVerdict => ({
  ...measured,
  accepted: true,
  ...(evidence === undefined ? {} : { evidence }),
});

const goodPhoto: PhotoOutcome = {
  usable: true,
  model: modelForTests.id,
  descriptor: Float32Array.of(1, 0, 0, 0),
  quality: { eyeDistance: 80 },
  jpeg: Uint8Array.of(0xff, 0xd8, 2, 0xff, 0xd9),
  box: { x: 0, y: 0, width: 100, height: 100 },
};
