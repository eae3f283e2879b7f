import type { ChallengeAction, ChallengeStep } from "../domain/biometric/challenge.ts";
import type { VerificationPolicy } from "../domain/biometric/verification-policy.ts";
import type { Milliseconds } from "../domain/time.ts";
import type { CameraControl, ClipSource } from "../ports/camera-control.ts";
import type { Clock } from "../ports/clock.ts";
import type { FaceEngine } from "../ports/face-engine.ts";
import type { FrameSource } from "../ports/frame-source.ts";
import type { PictureCodec } from "../ports/picture-codec.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import type { FaceVerdict, VisionCommand, VisionMessage } from "../ports/vision-link.ts";
import { CameraDesk } from "./camera-desk.ts";
import { cameraHealthDefaults } from "./camera-health-policy.ts";
import { EngineQueue } from "./engine-queue.ts";
import { FaceCounts } from "./face-count.ts";
import { FaceWatch } from "./face-watch.ts";
import { withInfrared } from "./infrared-sense.ts";
import { type LivenessSense, livenessSense } from "./liveness-sense.ts";
import { PhotoDesk } from "./photo-desk.ts";
import type { RunResult } from "./verification-request.ts";
import { verify } from "./verification-run.ts";
import { defaultWatchPolicy } from "./watch-policy.ts";
import { WatchedCamera } from "./watched-camera.ts";

export interface VisionOptions {
  readonly cameras: readonly FrameSource[];
  /** By camera, the infrared one beside it: that one is looked at by the first one's side only, and never idles. */
  readonly infrared?: ReadonlyMap<string, string>;
  /** Of those cameras that are more than a stream. */
  readonly controls?: readonly CameraControl[];
  readonly clips?: readonly ClipSource[];
  readonly engine: FaceEngine;
  readonly codec: PictureCodec;
  readonly policy: VerificationPolicy;
  readonly clock: Clock;
  readonly link: ProcessLink;
  readonly loadedIn: Milliseconds;
  /** From 0 up to, not including, 1: nobody can guess what a challenge will ask. */
  readonly random: () => number;
  readonly sense?: LivenessSense;
  /** The engine hangs: nobody is verified any more until this process has been started again. */
  readonly onStuck?: () => void;
}

/** Verifications under way at once; the controller has one for each access point. */
const mostRuns = 64;

/** One for each step a challenge may have. */
const mostDraws = 3;

type Verify = Extract<VisionCommand, { readonly type: "verify" }>;

export class VisionProcess {
  readonly #options: VisionOptions;
  readonly #engine: EngineQueue;
  readonly #cameras: ReadonlyMap<string, WatchedCamera>;
  readonly #watches: ReadonlyMap<string, FaceWatch>;
  /** What was asked last of anybody, by access point: as many as the site has. */
  readonly #challenges = new Map<string, readonly ChallengeAction[]>();
  readonly #counts: FaceCounts;
  readonly #desk: CameraDesk;
  readonly #photos: PhotoDesk;
  readonly #runs = new Map<string, AbortController>();

  constructor(options: VisionOptions) {
    this.#options = options;
    this.#engine = new EngineQueue(options.engine, options.clock, options.onStuck);
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
    const { codec, clock, policy: verification } = options;
    const { infrared = new Map<string, string>(), sense = livenessSense } = options;
    const beside = new Set(infrared.values());
    const senseOf = (id: string): LivenessSense => {
      const second = this.#cameras.get(infrared.get(id) ?? "");
      return second === undefined ? sense : withInfrared(sense, () => second.newest(), clock);
    };
    this.#watches = new Map(
      [...this.#cameras]
        .filter(([id]) => !beside.has(id))
        .map(([id, camera]) => [
          id,
          new FaceWatch({
            camera,
            engine: this.#engine,
            codec,
            clock,
            policy: defaultWatchPolicy,
            verification,
            sense: senseOf(id),
          }),
        ]),
    );
    this.#counts = new FaceCounts({
      watchOf: (id) => this.#watches.get(id),
      engine: this.#engine,
      codec,
      clock,
    });
    this.#photos = new PhotoDesk({
      engine: this.#engine,
      codec,
      isDoorWaiting: () => this.#runs.size > 0,
      send: (message) => this.#send(message),
    });
    this.#desk = new CameraDesk({
      cameras: this.#cameras,
      watches: this.#watches,
      controls: options.controls ?? [],
      clips: options.clips ?? [],
      codec,
      clock,
      frameMaxAge: verification.frameMaxAge,
      send: (message) => this.#send(message),
    });
  }

  start(): void {
    this.#options.link.onMessage((from, message) => {
      if (from === "controller") this.#onCommand(message as VisionCommand); // carried by the supervisor, sent by our own controller
    });
    this.#report();
  }

  async stop(): Promise<void> {
    for (const run of this.#runs.values()) run.abort();
    for (const watch of this.#watches.values()) watch[Symbol.dispose]();
    await this.#desk[Symbol.asyncDispose]();
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
      case "describeStored":
      case "lookAtPicture":
        this.#photos.onCommand(command);
        return;
      case "snapshot":
      case "showLive":
      case "recallPreset":
      case "keepClip":
      case "takeClip":
        this.#desk.onCommand(command);
        return;
      case "countFaces":
        void this.#counts
          .count(command.camera)
          .then((count) => this.#send({ type: "facesCounted", request: command.request, count }));
        return;
      case "report":
        this.#report();
        return;
    }
  }

  async #verify(command: Verify): Promise<void> {
    const { passage, templates } = command;
    const abort = new AbortController();
    this.#runs.get(passage)?.abort();
    this.#runs.set(passage, abort);
    try {
      const verdict = await this.#judge(command, abort.signal);
      if (verdict !== undefined) this.#send({ type: "verdict", passage, verdict });
    } catch (error) {
      // An engine that fails must not look like a person who was judged.
      const detail = `the face engine failed: ${error instanceof Error ? error.message : String(error)}`;
      this.#send({ type: "verdict", passage, verdict: this.#notJudged(detail) });
    } finally {
      for (const template of [...templates, ...(command.second?.templates ?? [])]) template.fill(0);
      if (this.#runs.get(passage) === abort) this.#runs.delete(passage);
    }
  }

  async #judge(command: Verify, signal: AbortSignal): Promise<FaceVerdict | undefined> {
    const { engine, policy, clock } = this.#options;
    const watch = this.#watches.get(command.camera);
    if (watch === undefined) return this.#notJudged(`no camera ${command.camera}`);
    if (command.model !== engine.model.id)
      return this.#notJudged(`the templates are of model ${command.model}`);
    if (command.second?.model !== engine.second?.id)
      return this.#notJudged(`the second templates are of model ${command.second?.model ?? "none"}`);
    if (this.#runs.size > mostRuns) return this.#notJudged(`${mostRuns} verifications are under way`);
    const { passage, where } = command;
    const place = `${where.vestibule}/${where.accessPoint}`;
    const request = {
      ...command,
      draws: Array.from({ length: mostDraws }, () => this.#options.random()),
      previousChallenge: this.#challenges.get(place),
      onChallenge: (actions: readonly ChallengeAction[]) => void this.#challenges.set(place, actions),
      onStep: (step: ChallengeStep | undefined) => this.#send({ type: "challenge", passage, step }),
    };
    const result = await verify(request, watch, policy, clock, signal);
    return result && this.#verdictOf(result);
  }

  #verdictOf({
    outcome,
    box,
    cameraDetail,
    timings,
    evidence,
    attackFrames,
    duress,
  }: RunResult): FaceVerdict {
    const { distance, threshold, vote, quality, liveness } = outcome;
    const measured = {
      ...this.#unmeasured(),
      framesUsed: outcome.frameTimes.length,
      framesSeen: outcome.framesSeen,
      frameTimes: outcome.frameTimes,
      timings,
      ...(distance === undefined ? {} : { distance, margin: threshold - distance }),
      ...(vote === undefined ? {} : { vote }),
      ...(quality === undefined ? {} : { quality: { ...quality } }),
      ...(liveness === undefined ? {} : { liveness }),
      ...(box === undefined ? {} : { box }),
      ...(evidence === undefined ? {} : { evidence }),
      ...(attackFrames.length === 0 ? {} : { attackFrames }),
    };
    if (outcome.type === "FaceAccepted") return { ...measured, accepted: true, duress };
    const faults = outcome.faults.map(({ figure, advice }) => `${figure}: ${advice}`).join("; ");
    return { ...measured, accepted: false, reason: outcome.reason, detail: cameraDetail ?? faults };
  }

  #notJudged(detail: string): FaceVerdict {
    return { ...this.#unmeasured(), accepted: false, reason: "cameraFault", detail };
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

  #report(): void {
    const { engine, policy, loadedIn } = this.#options;
    this.#send({
      type: "ready",
      model: engine.model,
      second: engine.second,
      backend: engine.backend,
      passedOver: engine.passedOver ?? [],
      threshold: policy.threshold,
      loadedIn,
    });
    for (const camera of this.#cameras.values()) camera.report();
    this.#desk.report();
  }

  #send(message: VisionMessage): void {
    this.#options.link.send("controller", message);
  }
}
