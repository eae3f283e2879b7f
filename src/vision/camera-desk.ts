import { after, type Milliseconds, since } from "../domain/time.ts";
import type { CameraControl, ClipSource } from "../ports/camera-control.ts";
import type { Clock } from "../ports/clock.ts";
import type { Frame } from "../ports/frame-source.ts";
import type { PictureCodec } from "../ports/picture-codec.ts";
import type { VisionCommand, VisionMessage } from "../ports/vision-link.ts";
import type { FaceWatch } from "./face-watch.ts";
import { evidenceSide } from "./frame-picture.ts";
import { LiveViews } from "./live-views.ts";
import { ReadyClips } from "./ready-clips.ts";
import type { WatchedCamera } from "./watched-camera.ts";

export type CameraCommand = Extract<
  VisionCommand,
  { readonly type: "snapshot" | "showLive" | "recallPreset" | "keepClip" | "takeClip" }
>;

export interface CameraDeskOptions {
  readonly cameras: ReadonlyMap<string, WatchedCamera>;
  readonly watches: ReadonlyMap<string, FaceWatch>;
  readonly controls: readonly CameraControl[];
  readonly clips: readonly ClipSource[];
  readonly codec: PictureCodec;
  readonly clock: Clock;
  /** Older ones show what was. */
  readonly frameMaxAge: Milliseconds;
  readonly send: (message: VisionMessage) => void;
}

/** A camera that idles shows what was: a picture of somebody is waited for. */
const snapshotWait: Milliseconds = 1_000;

/** What is asked of cameras beside looking at faces. */
export class CameraDesk implements AsyncDisposable {
  readonly #options: CameraDeskOptions;
  readonly #listening = new DisposableStack();
  readonly #ready: ReadyClips;
  readonly #live: LiveViews;

  constructor(options: CameraDeskOptions) {
    this.#options = options;
    this.#ready = new ReadyClips(options.clock);
    const { controls, clock, send } = options;
    this.#live = new LiveViews({
      ...options,
      wake: (camera) => options.watches.get(camera)?.wake(),
      onPicture: (camera, at, jpeg) => send({ type: "livePicture", camera, at, jpeg }),
    });
    for (const control of controls) {
      const { cameraId: camera } = control;
      const told = control.listen((event) => send({ type: "cameraDevice", camera, at: clock.now(), event }));
      this.#listening.use(told);
    }
  }

  /** Cameras say again what they have noticed. */
  report(): void {
    for (const control of this.#options.controls) control.report();
  }

  onCommand(command: CameraCommand): void {
    switch (command.type) {
      case "snapshot":
        void this.#snapshot(command.request, command.camera);
        return;
      case "recallPreset":
        void this.#recallPreset(command);
        return;
      case "keepClip":
        void this.#keepClip(command);
        return;
      case "takeClip":
        this.#takeClip(command);
        return;
      case "showLive":
        this.#live.show(command.camera, command.interval, command.until);
        return;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening.dispose();
    this.#live[Symbol.dispose]();
    this.#ready[Symbol.dispose]();
    for (const control of this.#options.controls) await control[Symbol.asyncDispose]();
  }

  async #recallPreset({ request, camera, preset }: Extract<CameraCommand, { type: "recallPreset" }>) {
    const control = this.#options.controls.find(({ cameraId }) => cameraId === camera);
    const outcome =
      control === undefined
        ? ({ recalled: false, why: "unsupported", detail: `${camera} is not spoken to over ONVIF` } as const)
        : await control.recallPreset(preset);
    this.#options.send({ type: "presetRecalled", request, outcome });
  }

  async #keepClip({ request, camera, from, until }: Extract<CameraCommand, { type: "keepClip" }>) {
    const clips = this.#options.clips.find(({ cameraId }) => cameraId === camera);
    const outcome =
      clips === undefined
        ? ({ kept: false, detail: `${camera} keeps no clips` } as const)
        : this.#ready.keep(await clips.clip(from, until));
    this.#options.send({ type: "clip", request, outcome });
  }

  #takeClip({ request, clip, offset }: Extract<CameraCommand, { type: "takeClip" }>): void {
    this.#options.send({ type: "clipPiece", request, bytes: this.#ready.take(clip, offset) });
  }

  async #snapshot(request: string, camera: string): Promise<void> {
    const { codec, send } = this.#options;
    const frame = await this.#freshFrame(camera);
    const jpeg =
      frame === undefined ? undefined : await codec.encodeJpeg(frame, evidenceSide).catch(() => undefined);
    send({ type: "snapshot", request, jpeg });
  }

  /** Not older than one that may be compared; an idle camera is woken for it. */
  async #freshFrame(id: string): Promise<Frame | undefined> {
    const { cameras, watches, clock, frameMaxAge } = this.#options;
    const camera = cameras.get(id);
    const newest = camera?.newest();
    if (camera === undefined || newest === undefined) return undefined;
    if (since(newest.at, clock.now()) <= frameMaxAge) return newest;
    const { promise, resolve } = Promise.withResolvers<Frame | undefined>();
    using _limit = clock.wakeAt(after(clock.now(), snapshotWait), () => resolve(camera.newest()));
    using _waiting = camera.onNext(resolve);
    watches.get(id)?.wake();
    return await promise;
  }
}
