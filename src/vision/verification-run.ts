import type { ChallengeStep } from "../domain/biometric/challenge.ts";
import { shownStep } from "../domain/biometric/challenge-rules.ts";
import type { Descriptor } from "../domain/biometric/descriptor.ts";
import { showsDuress } from "../domain/biometric/duress-gesture.ts";
import type { FaceSeen } from "../domain/biometric/frame-verdict.ts";
import {
  deadline,
  decide,
  evolve,
  initialVerification,
  type VerificationInput,
  type VerificationState,
} from "../domain/biometric/verification.ts";
import { turningFrom } from "../domain/biometric/verification-challenge.ts";
import type { VerificationPolicy } from "../domain/biometric/verification-policy.ts";
import { after, type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Frame } from "../ports/frame-source.ts";
import type { FaceWatch, LookListener } from "./face-watch.ts";
import type { Look } from "./look.ts";
import type { Outcome, RunResult, VerificationRequest } from "./verification-request.ts";

/** Long enough for one that is just arriving while the processor was busy with the last one. */
const frameWait: Milliseconds = 1500;

/** A damaged or late picture may be a single one, as after a reconnect; what lasts longer is the camera's fault. */
const doubtPatience: Milliseconds = 1000;

const mostAttackFrames = 5;

/**
 * Verifies one person before one camera: what was seen of them around the card, then look after look until the rules
 * have decided. Undefined once cancelled; rejects where the engine fails.
 */
export async function verify(
  request: VerificationRequest,
  watch: FaceWatch,
  policy: VerificationPolicy,
  clock: Clock,
  signal: AbortSignal,
): Promise<RunResult | undefined> {
  using run = new Run(request, watch, policy, clock);
  signal.addEventListener("abort", () => run.cancel(), { once: true });
  if (signal.aborted) return undefined;
  const outcome = await run.begin();
  if (outcome === undefined) return undefined;
  const result = run.result(outcome);
  watch.rest();
  return await result;
}

class Run implements LookListener, Disposable {
  readonly #watch: FaceWatch;
  readonly #policy: VerificationPolicy;
  readonly #clock: Clock;
  readonly #request: VerificationRequest;
  readonly #ended = Promise.withResolvers<Outcome | undefined>();
  /** Copies of its own, gone when it ends. */
  readonly #descriptors: Float32Array[] = [];
  #state: VerificationState = initialVerification;
  #isOver = false;
  #claim: Disposable | undefined;
  #deadline: Disposable | undefined;
  #frameLimit: Disposable | undefined;
  #last: Look | undefined;
  #cameraDetail: string | undefined;
  readonly #spent = { detect: 0, landmarks: 0, embed: 0 };
  #firstFrameAt: Instant | undefined;
  /** Arrival of the first frame with one face that could be described. */
  #firstFaceAt: Instant | undefined;
  #doubtedSince: Instant | undefined;
  #watched: Milliseconds = 0;
  readonly #begunAt: Instant;
  #shown: ChallengeStep | undefined;
  /** From then on what the face does has been asked for. */
  #challengedAt: Instant | undefined;

  constructor(request: VerificationRequest, watch: FaceWatch, policy: VerificationPolicy, clock: Clock) {
    this.#watch = watch;
    this.#policy = policy;
    this.#clock = clock;
    this.#request = request;
    this.#begunAt = clock.now();
  }

  begin(): Promise<Outcome | undefined> {
    const { presentedAt, model, liveness, draws, previousChallenge } = this.#request;
    const { second } = this.#request;
    const templates = [this.#request, ...(second === undefined ? [] : [second])].flatMap((one) =>
      one.templates.map((values, index) => ({
        ...this.#own({ model: one.model, values }),
        appearance: one.appearances?.[index],
      })),
    );
    const at = this.#clock.now();
    const asked = { presentedAt, model, templates, liveness, draws, previousChallenge };
    this.#feed({ type: "VerificationRequested", at, ...asked });
    if (!this.#isOver) {
      this.#awaitFrame();
      this.#claim = this.#watch.claim(this, after(presentedAt, -this.#policy.frameMaxAge));
      // What was seen before the card may have been enough.
      if (this.#isOver) this.#claim[Symbol.dispose]();
    }
    return this.#ended.promise;
  }

  cancel(): void {
    this.#end(undefined);
  }

  get turningFrom(): number | undefined {
    return turningFrom(this.#state);
  }

  onLook(look: Look): void {
    if (this.#isOver) return;
    const now = this.#clock.now();
    const isFirst = this.#last === undefined;
    this.#last = look;
    this.#firstFrameAt ??= look.doneAt;
    if (look.track !== undefined) this.#firstFaceAt ??= look.frameAt;
    this.#doubtedSince = undefined;
    this.#awaitFrame();
    this.#spent.detect += look.spent.detect;
    this.#spent.landmarks += look.spent.landmarks;
    this.#spent.embed += look.spent.embed;
    if (isFirst) this.#watched = this.#watchedBeforeCard(look);
    this.#feed({
      type: "FrameJudged",
      at: now,
      frameAt: look.frameAt,
      faces: look.faces.map((face) => this.#ownFace(face)),
      track: look.track,
      liveness: this.#request.liveness === "off" ? undefined : this.#watch.livenessOf(look.track),
    });
  }

  /** Nothing is compared with a picture that is in doubt; it counts against the camera only if the next ones are too. */
  onDoubt(_frame: Frame, detail: string): void {
    if (this.#isOver) return;
    const now = this.#clock.now();
    this.#awaitFrame();
    this.#doubtedSince ??= now;
    if (since(this.#doubtedSince, now) >= doubtPatience) this.#cameraFailed(detail);
  }

  onLost(): void {
    this.#cameraFailed(this.#watch.camera.obstacle() ?? "the camera is lost");
  }

  onEngineFault(error: unknown): void {
    this.#stopWaiting();
    this.#ended.reject(error);
  }

  /** Taken at once: what is known of the face may be forgotten any moment. */
  async result(outcome: Outcome): Promise<RunResult> {
    const last = this.#last;
    const isAttack = outcome.type === "FaceRefused" && outcome.reason === "notLive";
    const pictures = isAttack ? this.#watch.picturesOf(last?.track, mostAttackFrames) : [];
    const duress = this.#showsDuress(outcome);
    const { presentedAt } = this.#request;
    const toFirstFrame = Math.max(0, since(presentedAt, this.#firstFrameAt ?? outcome.at));
    const timings = {
      toVision: since(presentedAt, this.#begunAt),
      toFirstFrame,
      ...(this.#firstFaceAt === undefined
        ? {}
        : { toFirstFace: Math.max(0, since(presentedAt, this.#firstFaceAt)) }),
      ...this.#spent,
      watched: this.#watched,
      total: since(presentedAt, outcome.at),
    };
    const [evidence, ...attackFrames] = await Promise.all([
      last?.picture.jpeg(),
      ...pictures.map((picture) => picture.jpeg()),
    ]);
    return {
      outcome,
      box: last?.box,
      cameraDetail: this.#cameraDetail,
      timings: rounded(timings),
      evidence,
      attackFrames: attackFrames.filter((jpeg) => jpeg !== undefined),
      duress,
    };
  }

  [Symbol.dispose](): void {
    this.#end(undefined);
    for (const values of this.#descriptors) values.fill(0);
  }

  #showsDuress({ at }: Outcome): boolean {
    const { duressGesture } = this.#policy;
    if (duressGesture === undefined) return false;
    const samples = this.#watch.livenessOf(this.#last?.track)?.samples ?? [];
    return showsDuress(samples, duressGesture, this.#challengedAt ?? at);
  }

  #watchedBeforeCard(look: Look): Milliseconds {
    const begun = this.#watch.watchedSince(look.track);
    return begun === undefined ? 0 : Math.max(0, since(begun, this.#request.presentedAt));
  }

  #ownFace({ described, ...size }: FaceSeen): FaceSeen {
    if (described === undefined) return size;
    const { quality, descriptor, second } = described;
    const own = { quality, descriptor: this.#own(descriptor), second: second && this.#own(second) };
    return { ...size, described: own };
  }

  #own({ model, values }: Descriptor): Descriptor {
    const copy = values.slice();
    this.#descriptors.push(copy);
    return { model, values: copy };
  }

  #cameraFailed(detail: string): void {
    this.#cameraDetail = detail;
    this.#feed({ type: "CameraFailed", at: this.#clock.now() });
  }

  /** A camera that sends nothing is noticed whatever its state says; a slow engine is not its fault. */
  #awaitFrame(): void {
    this.#frameLimit?.[Symbol.dispose]();
    const began = this.#clock.now();
    this.#frameLimit = this.#clock.wakeAt(after(began, frameWait), () => {
      const { camera } = this.#watch;
      const newest = camera.newest();
      if (newest !== undefined && newest.at > began) this.#awaitFrame();
      else this.#cameraFailed(camera.obstacle() ?? "no new picture arrives");
    });
  }

  #feed(input: VerificationInput): void {
    if (this.#isOver) return;
    const events = decide(this.#state, input, this.#policy);
    this.#state = events.reduce(evolve, this.#state);
    const outcome = events.find((event) => event.type === "FaceAccepted" || event.type === "FaceRefused");
    this.#challengedAt ??= events.find(({ type }) => type === "ChallengeBegan")?.at;
    for (const event of events.flatMap((each) => (each.type === "ChallengeBegan" ? each.events : [])))
      if (event.type === "ChallengeStarted") this.#request.onChallenge(event.actions);
    this.#show(this.#state.phase === "challenging" ? shownStep(this.#state.challenge) : undefined);
    if (outcome !== undefined) this.#end(outcome);
    else this.#rearm();
  }

  #show(step: ChallengeStep | undefined): void {
    if (step === this.#shown) return;
    this.#shown = step;
    this.#request.onStep(step);
  }

  #rearm(): void {
    this.#deadline?.[Symbol.dispose]();
    const at = deadline(this.#state, this.#policy);
    if (at === undefined) return;
    this.#deadline = this.#clock.wakeAt(at, () => this.#feed({ type: "TimePassed", at: this.#clock.now() }));
  }

  #end(outcome: Outcome | undefined): void {
    this.#stopWaiting();
    this.#ended.resolve(outcome);
  }

  #stopWaiting(): void {
    this.#isOver = true;
    this.#show(undefined);
    this.#claim?.[Symbol.dispose]();
    this.#deadline?.[Symbol.dispose]();
    this.#frameLimit?.[Symbol.dispose]();
  }
}

function rounded(figures: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10) / 10]),
  );
}
