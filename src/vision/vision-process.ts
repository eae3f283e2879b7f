import type { VerificationPolicy } from "../domain/biometric/verification-policy.ts";
import type { Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { FaceEngine } from "../ports/face-engine.ts";
import type { FrameSource } from "../ports/frame-source.ts";
import type { PictureCodec } from "../ports/picture-codec.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import type { FaceVerdict, VisionCommand, VisionMessage } from "../ports/vision-link.ts";
import { cameraHealthDefaults } from "./camera-health-policy.ts";
import { EngineQueue } from "./engine-queue.ts";
import { describePhoto } from "./photo-description.ts";
import { type RunResult, verify } from "./verification-run.ts";
import { WatchedCamera } from "./watched-camera.ts";

export interface VisionOptions {
  readonly cameras: readonly FrameSource[];
  readonly engine: FaceEngine;
  readonly codec: PictureCodec;
  readonly policy: VerificationPolicy;
  readonly clock: Clock;
  readonly link: ProcessLink;
  readonly loadedIn: Milliseconds;
}

/** Longest side of pictures kept as evidence and shown live. */
const evidenceSide = 640;

type Verify = Extract<VisionCommand, { readonly type: "verify" }>;

export class VisionProcess {
  readonly #options: VisionOptions;
  readonly #engine: EngineQueue;
  readonly #cameras: ReadonlyMap<string, WatchedCamera>;
  readonly #runs = new Map<string, AbortController>();

  constructor(options: VisionOptions) {
    this.#options = options;
    this.#engine = new EngineQueue(options.engine);
    const policy = { ...cameraHealthDefaults, frameMaxAge: Math.max(cameraHealthDefaults.frameMaxAge, 1000) };
    const listener = {
      onState: (camera: string, state: ReturnType<FrameSource["state"]>) =>
        this.#send({ type: "cameraState", camera, state }),
      onHealth: (camera: string, event: Extract<VisionMessage, { type: "cameraHealth" }>["event"]) =>
        this.#send({ type: "cameraHealth", camera, at: options.clock.now(), event }),
    };
    this.#cameras = new Map(
      options.cameras.map((source) => [
        source.cameraId,
        new WatchedCamera(source, policy, options.clock, listener),
      ]),
    );
  }

  start(): void {
    this.#options.link.onMessage((from, message) => {
      if (from === "controller") this.#onCommand(message as VisionCommand); // carried by the supervisor, sent by our own controller
    });
    this.#report();
  }

  async stop(): Promise<void> {
    for (const run of this.#runs.values()) run.abort();
    for (const camera of this.#cameras.values()) await camera.close();
    await this.#options.engine[Symbol.asyncDispose]();
  }

  #onCommand(command: VisionCommand): void {
    switch (command.type) {
      case "verify":
        void this.#verify(command);
        return;
      case "cancel":
        this.#runs.get(command.passage)?.abort();
        return;
      case "describePhoto":
        void this.#describePhoto(command.request, command.image);
        return;
      case "snapshot":
        void this.#snapshot(command.request, command.camera);
        return;
      case "report":
        this.#report();
        return;
    }
  }

  async #verify(command: Verify): Promise<void> {
    const { passage, presentedAt, model, templates } = command;
    const { engine, policy, clock } = this.#options;
    const abort = new AbortController();
    this.#runs.set(passage, abort);
    try {
      const camera = this.#cameras.get(command.camera);
      if (camera === undefined || model !== engine.model.id) {
        const detail =
          camera === undefined ? `no camera ${command.camera}` : `the templates are of model ${model}`;
        return this.#send({
          type: "verdict",
          passage,
          verdict: { ...this.#unmeasured(), accepted: false, reason: "cameraFault", detail },
        });
      }
      const result = await verify(
        { presentedAt, model, templates },
        camera,
        this.#engine,
        policy,
        clock,
        abort.signal,
      );
      if (result !== undefined)
        this.#send({ type: "verdict", passage, verdict: await this.#verdictOf(result) });
    } catch (error) {
      // An engine that fails must not look like a person who was judged.
      const detail = `the face engine failed: ${error instanceof Error ? error.message : String(error)}`;
      this.#send({
        type: "verdict",
        passage,
        verdict: { ...this.#unmeasured(), accepted: false, reason: "cameraFault", detail },
      });
    } finally {
      this.#runs.delete(passage);
    }
  }

  async #verdictOf({ outcome, frame, box, cameraDetail, timings }: RunResult): Promise<FaceVerdict> {
    const measured = {
      ...this.#unmeasured(),
      framesUsed: outcome.frameTimes.length,
      framesSeen: outcome.framesSeen,
      frameTimes: outcome.frameTimes,
      timings,
      ...(outcome.distance === undefined ? {} : { distance: outcome.distance }),
      ...(outcome.quality === undefined ? {} : { quality: { ...outcome.quality } }),
      ...(box === undefined ? {} : { box }),
      ...(frame === undefined ? {} : { evidence: await this.#options.codec.encodeJpeg(frame, evidenceSide) }),
    };
    if (outcome.type === "FaceAccepted") return { ...measured, accepted: true };
    const faults = outcome.faults.map(({ figure, advice }) => `${figure}: ${advice}`).join("; ");
    return { ...measured, accepted: false, reason: outcome.reason, detail: cameraDetail ?? faults };
  }

  #unmeasured() {
    const { engine, policy } = this.#options;
    return {
      threshold: policy.threshold,
      model: engine.model.id,
      modelHash: engine.model.hash,
      framesUsed: 0,
      framesSeen: 0,
      frameTimes: [],
      timings: {},
    } as const;
  }

  async #describePhoto(request: string, image: Uint8Array): Promise<void> {
    try {
      const outcome = await this.#engine.use("desk", (engine) =>
        describePhoto(image, engine, this.#options.codec),
      );
      this.#send({ type: "photoDescribed", request, outcome });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.#send({
        type: "photoDescribed",
        request,
        outcome: { usable: false, reason: "engineFault", detail },
      });
    }
  }

  async #snapshot(request: string, camera: string): Promise<void> {
    const frame = this.#cameras.get(camera)?.newest();
    const jpeg =
      frame === undefined
        ? undefined
        : await this.#options.codec.encodeJpeg(frame, evidenceSide).catch(() => undefined);
    this.#send({ type: "snapshot", request, jpeg });
  }

  #report(): void {
    const { engine, policy, loadedIn } = this.#options;
    this.#send({
      type: "ready",
      model: engine.model,
      backend: engine.backend,
      threshold: policy.threshold,
      loadedIn,
    });
    for (const camera of this.#cameras.values()) camera.report();
  }

  #send(message: VisionMessage): void {
    this.#options.link.send("controller", message);
  }
}
