import type { Descriptor } from "../domain/biometric/descriptor.ts";
import type { FaceSeen } from "../domain/biometric/frame-verdict.ts";
import {
  deadline,
  decide,
  evolve,
  initialVerification,
  type VerificationEvent,
  type VerificationInput,
  type VerificationState,
} from "../domain/biometric/verification.ts";
import type { VerificationPolicy } from "../domain/biometric/verification-policy.ts";
import { after, type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Box, FaceEngine } from "../ports/face-engine.ts";
import type { Frame } from "../ports/frame-source.ts";
import type { EngineQueue } from "./engine-queue.ts";
import type { WatchedCamera } from "./watched-camera.ts";

export interface VerificationRequest {
  readonly presentedAt: Instant;
  readonly model: string;
  readonly templates: readonly Float32Array[];
}

export type Outcome = Extract<VerificationEvent, { readonly type: "FaceAccepted" | "FaceRefused" }>;

export interface RunResult {
  readonly outcome: Outcome;
  /** The last frame looked at, for the record. */
  readonly frame: Frame | undefined;
  readonly box: Box | undefined;
  readonly cameraDetail: string | undefined;
  /** Milliseconds since the card was presented. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Long enough for one that is just arriving while the processor was busy with the last one. */
const frameWait: Milliseconds = 1500;

/** A damaged or late picture may be a single one, as after a reconnect; what lasts longer is the camera's fault. */
const doubtPatience: Milliseconds = 1000;

/** Verifies one person before one camera: frame after frame until the rules have decided. */
export async function verify(
  request: VerificationRequest,
  camera: WatchedCamera,
  engine: EngineQueue,
  policy: VerificationPolicy,
  clock: Clock,
  signal: AbortSignal,
): Promise<RunResult | undefined> {
  const run = new Run(request, policy, clock);
  while (run.outcome === undefined && !signal.aborted) {
    const frame = await freshFrame(
      camera,
      run.lastFrameAt ?? after(request.presentedAt, -policy.frameMaxAge - 1),
      clock,
    );
    const obstacle = camera.obstacle();
    if (frame === undefined) run.cameraFailed(obstacle ?? "no new picture arrives");
    else if (obstacle !== undefined) run.doubt(frame, obstacle);
    else {
      // Whoever has gone meanwhile lets the next one have the engine.
      await engine.use("door", async (free) => {
        if (!signal.aborted) await run.look(frame, free);
      });
    }
  }
  return run.outcome === undefined ? undefined : run.result(run.outcome);
}

/** The newest frame if it is newer than that, else the next one; undefined where none comes in time or can come. */
async function freshFrame(
  camera: WatchedCamera,
  newerThan: Instant,
  clock: Clock,
): Promise<Frame | undefined> {
  const newest = camera.newest();
  if (newest !== undefined && newest.at > newerThan) return newest;
  const { promise, resolve } = Promise.withResolvers<Frame | undefined>();
  using _limit = clock.wakeAt(after(clock.now(), frameWait), () => resolve(undefined));
  using _waiting = camera.onNext(resolve);
  return await promise;
}

class Run {
  readonly #policy: VerificationPolicy;
  readonly #clock: Clock;
  readonly #presentedAt: Instant;
  #state: VerificationState = initialVerification;
  #outcome: Outcome | undefined;
  #frame: Frame | undefined;
  #box: Box | undefined;
  #cameraDetail: string | undefined;
  readonly #spent = { detect: 0, landmarks: 0, embed: 0 };
  #firstFrameAt: Instant | undefined;
  #doubtedSince: Instant | undefined;

  constructor(
    { presentedAt, model, templates }: VerificationRequest,
    policy: VerificationPolicy,
    clock: Clock,
  ) {
    this.#policy = policy;
    this.#clock = clock;
    this.#presentedAt = presentedAt;
    const descriptors = templates.map((values): Descriptor => ({ model, values }));
    this.#feed({
      type: "VerificationRequested",
      at: clock.now(),
      presentedAt,
      model,
      templates: descriptors,
    });
  }

  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  get lastFrameAt(): Instant | undefined {
    return this.#frame?.at;
  }

  /** Nothing is compared with a picture that is in doubt; it counts against the camera only if the next ones are too. */
  doubt(frame: Frame, detail: string): void {
    const now = this.#clock.now();
    this.#frame = frame;
    this.#doubtedSince ??= now;
    if (since(this.#doubtedSince, now) >= doubtPatience) this.cameraFailed(detail);
  }

  cameraFailed(detail: string): void {
    this.#cameraDetail = detail;
    this.#feed({ type: "CameraFailed", at: this.#clock.now() });
  }

  async look(frame: Frame, engine: FaceEngine): Promise<void> {
    this.#firstFrameAt ??= this.#clock.now();
    this.#doubtedSince = undefined;
    this.#frame = frame;
    const faces = await this.#facesOf(frame, engine);
    this.#feed({ type: "FrameJudged", at: this.#clock.now(), frameAt: frame.at, faces });
  }

  /** All faces are counted, only the largest is described. */
  async #facesOf(frame: Frame, engine: FaceEngine): Promise<readonly FaceSeen[]> {
    if (this.#isOver()) return [];
    const [largest, ...others] = await engine.detect(frame, "quick");
    this.#spent.detect += engine.timings().detect;
    if (largest === undefined) return [];
    this.#box = largest.box;
    const seen = (box: Box): FaceSeen => ({ width: box.width, height: box.height });
    const crowded = others.some(({ box }) => box.height >= this.#policy.secondFaceShare * largest.box.height);
    const described = crowded ? undefined : await engine.describe(frame, largest);
    if (!crowded) {
      this.#spent.landmarks += engine.timings().landmarks;
      this.#spent.embed += engine.timings().embed;
    }
    const face: FaceSeen =
      described === undefined
        ? seen(largest.box)
        : {
            ...seen(largest.box),
            described: {
              quality: described.quality,
              descriptor: { model: engine.model.id, values: described.descriptor },
            },
          };
    return [face, ...others.map(({ box }) => seen(box))];
  }

  result(outcome: Outcome): RunResult {
    const total = since(this.#presentedAt, outcome.at);
    const toFirstFrame = since(this.#presentedAt, this.#firstFrameAt ?? outcome.at);
    return {
      outcome,
      frame: this.#frame,
      box: this.#box,
      cameraDetail: this.#cameraDetail,
      timings: rounded({ toFirstFrame, ...this.#spent, total }),
    };
  }

  #isOver(): boolean {
    const at = deadline(this.#state, this.#policy);
    return at !== undefined && at <= this.#clock.now();
  }

  #feed(input: VerificationInput): void {
    const events = decide(this.#state, input, this.#policy);
    this.#state = events.reduce(evolve, this.#state);
    const outcome = events.find((event) => event.type === "FaceAccepted" || event.type === "FaceRefused");
    if (outcome !== undefined) this.#outcome = outcome;
  }
}

function rounded(figures: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10) / 10]),
  );
}
