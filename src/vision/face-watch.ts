import type { LivenessEvidence } from "../domain/biometric/liveness-decision.ts";
import type { VerificationPolicy } from "../domain/biometric/verification-policy.ts";
import { after, type Instant, instant, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { FaceEngine } from "../ports/face-engine.ts";
import type { Frame, FramePace } from "../ports/frame-source.ts";
import type { PictureCodec } from "../ports/picture-codec.ts";
import type { EngineQueue, Urgency } from "./engine-queue.ts";
import type { FrameMeasure } from "./frame-measure.ts";
import { FramePicture } from "./frame-picture.ts";
import type { LivenessSense } from "./liveness-sense.ts";
import { findFaces, type Look, type Search } from "./look.ts";
import { movementBetween } from "./movement.ts";
import { TrackMemory } from "./track-memory.ts";
import type { WatchPolicy } from "./watch-policy.ts";
import type { WatchedCamera } from "./watched-camera.ts";

/** Whoever verifies somebody before this camera. */
export interface LookListener {
  /** The yaw at rest of somebody who is asked to turn now. */
  readonly turningFrom?: number | undefined;
  onLook(look: Look): void;
  /** A picture that may not be compared. */
  onDoubt(frame: Frame, detail: string): void;
  onLost(): void;
  onEngineFault(error: unknown): void;
}

export interface FaceWatchOptions {
  readonly camera: WatchedCamera;
  readonly engine: EngineQueue;
  readonly codec: PictureCodec;
  readonly clock: Clock;
  readonly policy: WatchPolicy;
  readonly verification: Pick<VerificationPolicy, "secondFaceShare" | "sameFaceLimit">;
  readonly sense: LivenessSense;
}

interface Claim {
  readonly listener: LookListener;
  /** Frames older than this say nothing about whoever presented the card. */
  readonly from: Instant;
  /** What was seen before counts once the picture of this instant was looked at: it may show somebody else (T19). */
  pendingUntil: Instant | undefined;
}

/** A frame without anybody costs ten times as much to be sure of: of those that follow one, every so many is. */
const thoroughEvery = 3;

const longAgo = instant(Number.NEGATIVE_INFINITY);

/**
 * Looks for faces before one camera: closely for whoever presented a card, gently at a face that stands there, now
 * and then while something moves, and not at all otherwise. What a verification needs is there when the card comes.
 */
export class FaceWatch implements Disposable {
  readonly #options: FaceWatchOptions;
  readonly #memory: TrackMemory;
  readonly #claims = new Set<Claim>();
  readonly #asked = new Set<Urgency>();
  readonly #following: Disposable;
  #pace: FramePace | undefined;
  #lastMeasure: FrameMeasure | undefined;
  #noise: number | undefined;
  #movedAt = longAgo;
  #activeAt: Instant;
  /** Of the newest frame looked at. */
  #lookedAt = longAgo;
  /** The same, once the look was over. */
  #seenAt = longAgo;
  #lookBegan = longAgo;
  #restsUntil = longAgo;
  #searchedNear = false;
  /** Looks in a row that showed nobody. */
  #blank = 0;

  constructor(options: FaceWatchOptions) {
    this.#options = options;
    this.#activeAt = options.clock.now();
    const { policy, verification, clock, sense } = options;
    this.#memory = new TrackMemory({ ...policy, ...verification }, clock, sense);
    this.#following = options.camera.follow({
      onFrame: (frame, measure) => this.#onFrame(frame, measure),
      onLost: () => this.#onLost(),
    });
  }

  get camera(): WatchedCamera {
    return this.#options.camera;
  }

  /**
   * What was seen since `from` of whoever the newest picture shows, at once where that was looked at already; then
   * every look, as fast as frames and engine allow. Disposing ends it.
   */
  claim(listener: LookListener, from: Instant): Disposable {
    const newest = this.#options.camera.newest();
    // Nothing is in view any more: whoever was seen is not known to stand there.
    if (newest === undefined) this.#memory.forget();
    const pendingUntil = newest !== undefined && newest.at > this.#seenAt ? newest.at : undefined;
    const claim: Claim = { listener, from, pendingUntil };
    this.#claims.add(claim);
    this.wake();
    if (pendingUntil === undefined) this.#recall(claim);
    if (this.#claims.has(claim)) this.#offerNewest(claim);
    return { [Symbol.dispose]: () => void this.#claims.delete(claim) };
  }

  /** Nothing of anybody but the one whom the newest look shows: a face that has gone opens no door. */
  #recall(claim: Claim): void {
    const looks = this.#memory.looks();
    const present = looks.at(-1)?.track;
    for (const look of looks) {
      if (look.frameAt >= claim.from && look.track === present && this.#claims.has(claim))
        claim.listener.onLook(look);
    }
  }

  /** What speaks for and against a living person, of the track as it is now. */
  livenessOf(track: number | undefined): LivenessEvidence | undefined {
    return this.#memory.livenessOf(track);
  }

  /** The newest pictures of a track, oldest first. */
  picturesOf(track: number | undefined, most: number): readonly FramePicture[] {
    return this.#memory.picturesOf(track).slice(-most);
  }

  /** Since when the face of that track has been watched. */
  watchedSince(track: number | undefined): Instant | undefined {
    return this.#memory.sinceOf(track);
  }

  /** Somebody is about: the camera shows every picture. */
  wake(): void {
    this.#activeAt = this.#options.clock.now();
    this.#setPace("live");
  }

  /** Somebody was judged: unless a card asks for it nobody is looked at for a while. */
  rest(): void {
    const { clock, policy } = this.#options;
    this.#restsUntil = after(clock.now(), policy.restAfterVerdict);
  }

  [Symbol.dispose](): void {
    this.#following[Symbol.dispose]();
    this.#claims.clear();
    this.#memory.forget();
  }

  #onFrame(frame: Frame, measure: FrameMeasure): void {
    const { camera, policy } = this.#options;
    const now = this.#options.clock.now();
    this.#watchMovement(measure, now);
    if (since(this.#movedAt, now) === 0 || this.#memory.seesFace(now)) this.wake();
    else if (this.#claims.size === 0 && since(this.#activeAt, now) >= policy.idleAfter) this.#setPace("idle");
    const obstacle = camera.obstacle();
    if (obstacle === undefined) return this.#consider();
    // A picture that cannot be believed is no part of a track.
    this.#memory.forget();
    for (const { listener } of [...this.#claims]) listener.onDoubt(frame, obstacle);
  }

  #watchMovement(measure: FrameMeasure, now: Instant): void {
    const before = this.#lastMeasure;
    this.#lastMeasure = measure;
    if (before === undefined) return;
    const { moved, noise } = movementBetween(before, measure, this.#noise);
    this.#noise = noise;
    if (moved) this.#movedAt = now;
  }

  #onLost(): void {
    this.#memory.forget();
    this.#lastMeasure = undefined;
    for (const { listener } of [...this.#claims]) listener.onLost();
  }

  #offerNewest(claim: Claim): void {
    const newest = this.#options.camera.newest();
    if (newest === undefined || newest.at < claim.from || newest.at <= this.#lookedAt) return;
    const obstacle = this.#options.camera.obstacle();
    if (obstacle === undefined) this.#consider();
    else claim.listener.onDoubt(newest, obstacle);
  }

  /** Asks for the engine where there is a reason to look and something new to look at. */
  #consider(): void {
    const now = this.#options.clock.now();
    const urgency = this.#urgency(now);
    if (urgency === undefined || this.#asked.has(urgency) || this.#newFrame(urgency) === undefined) return;
    this.#asked.add(urgency);
    this.#options.engine
      .use(urgency, async (engine) => {
        this.#asked.delete(urgency);
        return await this.#look(urgency, engine);
      })
      .then(
        // A turn that came to nothing is not asked for again before there is another frame.
        (hasLooked) => (hasLooked ? this.#consider() : undefined),
        (error: unknown) => this.#onFault(urgency, error),
      );
  }

  #urgency(now: Instant): "door" | "watch" | "search" | undefined {
    const { policy } = this.#options;
    if (this.#claims.size > 0) return "door";
    if (now < this.#restsUntil) return undefined;
    const sinceLook = since(this.#lookBegan, now);
    if (this.#memory.seesFace(now)) return sinceLook >= policy.watchInterval ? "watch" : undefined;
    // Whoever was just judged may still stand there, however still.
    const sinceReason = Math.min(since(this.#movedAt, now), since(this.#restsUntil, now));
    if (sinceReason > policy.searchFor) return undefined;
    return sinceLook >= Math.max(policy.searchInterval, sinceReason * policy.searchSlowing)
      ? "search"
      : undefined;
  }

  /** The newest frame, if it was not looked at yet and concerns whoever wants it. */
  #newFrame(urgency: Urgency): Frame | undefined {
    const newest = this.#options.camera.newest();
    if (newest === undefined || newest.at <= this.#lookedAt) return undefined;
    if (urgency !== "door") return newest;
    return [...this.#claims].some(({ from }) => newest.at >= from) ? newest : undefined;
  }

  /** False where there was nothing to look at any more. */
  async #look(urgency: Urgency, engine: FaceEngine): Promise<boolean> {
    const { camera, codec, clock, verification } = this.#options;
    // Whoever has gone meanwhile lets the next one have the engine.
    if (urgency === "door" && this.#claims.size === 0) return false;
    const frame = this.#newFrame(urgency);
    if (frame === undefined || camera.obstacle() !== undefined) return false;
    this.#lookedAt = frame.at;
    this.#lookBegan = clock.now();
    const picture = new FramePicture(frame, codec);
    // Encoded beside the nets, where somebody may want it: a verdict then waits for nothing.
    if (urgency !== "search") void picture.prepare();
    const found = await findFaces(frame, engine, this.#search(urgency), verification.secondFaceShare);
    if (found.faces.length > 0) void picture.prepare();
    const doneAt = clock.now();
    const look = this.#memory.remember(frame, found, doneAt, picture, this.#turningFrom());
    if (found.box !== undefined) this.#activeAt = doneAt;
    this.#blank = found.box === undefined ? this.#blank + 1 : 0;
    this.#seenAt = frame.at;
    for (const claim of [...this.#claims]) this.#tell(claim, look);
    // Weighed now, or whoever presents a card would wait for it.
    if (urgency !== "door") this.#memory.livenessOf(look.track);
    return true;
  }

  /** Where another one waits here who was asked nothing, nobody is let off. */
  #turningFrom(): number | undefined {
    const [claim, ...others] = this.#claims;
    return others.length === 0 ? claim?.listener.turningFrom : undefined;
  }

  #tell(claim: Claim, look: Look): void {
    if (claim.pendingUntil === undefined) {
      if (look.frameAt >= claim.from) claim.listener.onLook(look);
    } else if (look.frameAt >= claim.pendingUntil) {
      claim.pendingUntil = undefined;
      this.#recall(claim);
    }
  }

  /** Somebody beside the one who is watched must not go unseen (T19): the whole picture is searched in between. */
  #search(urgency: Urgency): Search {
    const glances = urgency === "search" || (this.#blank > 0 && this.#blank % thoroughEvery !== 0);
    if (glances) return { effort: "glance" };
    const near = urgency === "watch" && !this.#searchedNear ? this.#memory.place() : undefined;
    this.#searchedNear = near !== undefined;
    return { effort: "quick", near };
  }

  #onFault(urgency: Urgency, error: unknown): void {
    const { clock, policy } = this.#options;
    this.#asked.delete(urgency);
    this.#memory.forget();
    this.#restsUntil = after(clock.now(), policy.restAfterFault);
    for (const { listener } of [...this.#claims]) listener.onEngineFault(error);
  }

  #setPace(pace: FramePace): void {
    if (this.#pace === pace) return;
    this.#pace = pace;
    this.#options.camera.pace(pace);
  }
}
