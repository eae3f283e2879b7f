import type { ChallengeStep } from "../domain/biometric/challenge.ts";
import type { LivenessLevel } from "../domain/biometric/liveness/track.ts";
import type { AccessPointRef } from "../domain/names.ts";
import { after, type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Template } from "../ports/directory.ts";
import type { FaceModel, PassedOver } from "../ports/face-engine.ts";
import type { FrameSourceState } from "../ports/frame-source.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import type {
  CameraDeviceEvent,
  CameraHealthEvent,
  ClipOutcome,
  FaceCount,
  FaceVerdict,
  PhotoOutcome,
  PictureLook,
  PresetOutcome,
  StoredPhotoOutcome,
  VisionCommand,
  VisionMessage,
} from "../ports/vision-link.ts";

export interface VisionReady {
  readonly model: FaceModel;
  readonly second?: FaceModel | undefined;
  readonly backend: string;
  readonly passedOver?: readonly PassedOver[];
  readonly threshold: number;
}

export interface VisionListener {
  onChallenge(passage: string, step: ChallengeStep | undefined): void;
  onVerdict(passage: string, verdict: FaceVerdict): void;
  onCameraHealth(camera: string, event: CameraHealthEvent): void;
  onReady(ready: VisionReady): void;
  onLost(): void;
  onCameraState(): void;
  /** What the camera itself has noticed. */
  onCameraDevice(camera: string, event: CameraDeviceEvent): void;
  /** For whoever looks on. */
  onLivePicture(camera: string, jpeg: Uint8Array): void;
}

export interface CameraView {
  readonly state: FrameSourceState["phase"];
  readonly detail: string | null;
  readonly health: readonly string[];
}

export type LastingHealth = Exclude<CameraHealthEvent["type"], "CameraRestored">;
type Ready = Extract<VisionMessage, { readonly type: "ready" }>;

const photoPatience: Milliseconds = 30_000;
const lookPatience: Milliseconds = 3_000;
const snapshotPatience: Milliseconds = 2_000;
const presetPatience: Milliseconds = 10_000;
/** Beyond the clip's own end: putting it together. */
const clipPatience: Milliseconds = 15_000;
const piecePatience: Milliseconds = 5_000;
const silent = "the vision process does not answer";
/** Questions under way at once; a flood of uploads waits outside. */
const mostQuestions = 32;

/** The vision process as the controller sees it. Every question has an end, whatever becomes of the process. */
export class VisionClient {
  readonly #link: ProcessLink;
  readonly #clock: Clock;
  readonly #listener: VisionListener;
  readonly #cameras = new Map<string, { state: FrameSourceState; readonly health: Set<LastingHealth> }>();
  readonly #questions = new Map<string, (answer: VisionMessage | undefined) => void>();
  #ready: Ready | undefined;
  #asked = 0;

  /** `cameras`: with the faults last known of them; vision says which of them still are. */
  constructor(
    link: ProcessLink,
    clock: Clock,
    cameras: ReadonlyMap<string, readonly LastingHealth[]>,
    listener: VisionListener,
  ) {
    this.#link = link;
    this.#clock = clock;
    this.#listener = listener;
    for (const [camera, health] of cameras)
      this.#cameras.set(camera, { state: { phase: "starting" }, health: new Set(health) });
    link.onMessage((from, message) => {
      if (from === "vision") this.#onMessage(message as VisionMessage); // carried by the supervisor, sent by our own vision process
    });
    link.onPeer((role, presence) => {
      if (role !== "vision") return;
      if (presence === "up") this.#send({ type: "report" });
      else this.#onGone();
    });
  }

  ready(): VisionReady | undefined {
    return this.#ready;
  }

  camera(id: string): CameraView | undefined {
    const camera = this.#cameras.get(id);
    if (camera === undefined) return undefined;
    const { state, health } = camera;
    const phase = this.#ready === undefined ? "lost" : state.phase;
    const detail =
      this.#ready === undefined
        ? "the vision process is not running"
        : state.phase === "lost"
          ? state.detail
          : null;
    return { state: phase, detail, health: [...health] };
  }

  verify(
    passage: string,
    where: AccessPointRef,
    camera: string,
    presentedAt: Instant,
    templatesOf: (model: string) => readonly Pick<Template, "descriptor" | "appearance">[],
    liveness: LivenessLevel,
  ): void {
    if (this.#ready === undefined) return;
    const { model, second } = this.#ready;
    this.#send({
      type: "verify",
      ...{ passage, where, camera, presentedAt, liveness },
      model: model.id,
      ...inParallel(templatesOf(model.id)),
      second: second && { model: second.id, ...inParallel(templatesOf(second.id)) },
    });
  }

  cancel(passage: string): void {
    this.#send({ type: "cancel", passage });
  }

  async describePhoto(image: Uint8Array): Promise<PhotoOutcome> {
    const answer = await this.#ask((request) => ({ type: "describePhoto", request, image }), photoPatience);
    if (answer?.type === "photoDescribed") return answer.outcome;
    return {
      usable: false,
      reason: "engineFault",
      detail: "the vision process does not answer; try again in a moment",
    };
  }

  /** Undefined where nobody answered in time: the next picture is half a second away. */
  async lookAtPicture(image: Uint8Array): Promise<PictureLook | undefined> {
    const answer = await this.#ask((request) => ({ type: "lookAtPicture", request, image }), lookPatience);
    return answer?.type === "pictureLookedAt" ? answer.outcome : undefined;
  }

  async describeStored(image: Uint8Array): Promise<StoredPhotoOutcome> {
    const answer = await this.#ask((request) => ({ type: "describeStored", request, image }), photoPatience);
    if (answer?.type === "storedDescribed") return answer.outcome;
    return { usable: false, reason: "engineFault", detail: "the vision process does not answer" };
  }

  async snapshot(camera: string): Promise<Uint8Array | undefined> {
    const answer = await this.#ask((request) => ({ type: "snapshot", request, camera }), snapshotPatience);
    return answer?.type === "snapshot" ? answer.jpeg : undefined;
  }

  /** A4; undefined where it could not be counted in time. */
  async countFaces(camera: string, patience: Milliseconds): Promise<FaceCount | undefined> {
    const answer = await this.#ask((request) => ({ type: "countFaces", request, camera }), patience);
    return answer?.type === "facesCounted" ? answer.count : undefined;
  }

  /** At the camera itself. */
  async recallPreset(camera: string, preset: string): Promise<PresetOutcome> {
    const ask = (request: string) => ({ type: "recallPreset", request, camera, preset }) as const;
    const answer = await this.#ask(ask, presetPatience);
    return answer?.type === "presetRecalled"
      ? answer.outcome
      : { recalled: false, why: "failed", detail: silent };
  }

  /** Settles some time after `until`. */
  async keepClip(camera: string, from: Instant, until: Instant): Promise<ClipOutcome> {
    const ask = (request: string) => ({ type: "keepClip", request, camera, from, until }) as const;
    const patience = Math.max(0, since(this.#clock.now(), until)) + clipPatience;
    const answer = await this.#ask(ask, patience);
    return answer?.type === "clip" ? answer.outcome : { kept: false, detail: silent };
  }

  /** Of a clip that was kept ready; undefined where it is not any more. */
  async takeClip(clip: string, offset: number): Promise<Uint8Array | undefined> {
    const ask = (request: string) => ({ type: "takeClip", request, clip, offset }) as const;
    const answer = await this.#ask(ask, piecePatience);
    return answer?.type === "clipPiece" ? answer.bytes : undefined;
  }

  /** Pictures come to the listener until then. */
  showLive(camera: string, interval: Milliseconds, until: Instant): void {
    this.#send({ type: "showLive", camera, interval, until });
  }

  #ask(
    command: (request: string) => VisionCommand,
    patience: Milliseconds,
  ): Promise<VisionMessage | undefined> {
    if (this.#ready === undefined || this.#questions.size >= mostQuestions) return Promise.resolve(undefined);
    this.#asked += 1;
    const request = `q${this.#asked}`;
    const { promise, resolve } = Promise.withResolvers<VisionMessage | undefined>();
    const limit = this.#clock.wakeAt(after(this.#clock.now(), patience), () =>
      this.#answer(request, undefined),
    );
    this.#questions.set(request, (answer) => {
      limit[Symbol.dispose]();
      resolve(answer);
    });
    this.#send(command(request));
    return promise;
  }

  #answer(request: string, answer: VisionMessage | undefined): void {
    const resolve = this.#questions.get(request);
    this.#questions.delete(request);
    resolve?.(answer);
  }

  #onMessage(message: VisionMessage): void {
    switch (message.type) {
      case "ready":
        return this.#onReady(message);
      case "cameraState":
        this.#camera(message.camera).state = message.state;
        return this.#listener.onCameraState();
      case "cameraHealth":
        return this.#onHealth(message.camera, message.event);
      case "challenge":
        return this.#listener.onChallenge(message.passage, message.step);
      case "verdict":
        return this.#listener.onVerdict(message.passage, message.verdict);
      case "photoDescribed":
      case "pictureLookedAt":
      case "storedDescribed":
      case "snapshot":
      case "facesCounted":
      case "presetRecalled":
      case "clip":
      case "clipPiece":
        return this.#answer(message.request, message);
      case "livePicture":
        return this.#listener.onLivePicture(message.camera, message.jpeg);
      case "cameraDevice":
        return this.#listener.onCameraDevice(message.camera, message.event);
    }
  }

  #onHealth(id: string, event: CameraHealthEvent): void {
    const { health } = this.#camera(id);
    const name = event.type === "CameraRestored" ? event.from : event.type;
    const known = health.has(name);
    if (event.type === "CameraRestored") health.delete(name);
    else health.add(name);
    // Asked for a report, vision says of each camera what is so and what is not: most of it is known.
    if (known !== (event.type === "CameraRestored")) return;
    this.#listener.onCameraHealth(id, event);
  }

  /** Said at its start, and again when it is asked. */
  #onReady(message: Ready): void {
    const known = this.#ready !== undefined;
    this.#ready = message;
    if (!known) this.#listener.onReady(message);
  }

  #onGone(): void {
    this.#ready = undefined;
    for (const request of [...this.#questions.keys()]) this.#answer(request, undefined);
    this.#listener.onLost();
  }

  #camera(id: string): { state: FrameSourceState; readonly health: Set<LastingHealth> } {
    const camera = this.#cameras.get(id) ?? {
      state: { phase: "starting" },
      health: new Set<LastingHealth>(),
    };
    this.#cameras.set(id, camera);
    return camera;
  }

  #send(command: VisionCommand): void {
    this.#link.send("vision", command);
  }
}

const inParallel = (templates: readonly Pick<Template, "descriptor" | "appearance">[]) => ({
  templates: templates.map(({ descriptor }) => descriptor),
  appearances: templates.map(({ appearance }) => appearance),
});
