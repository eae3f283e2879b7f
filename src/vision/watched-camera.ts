import type { Clock } from "../ports/clock.ts";
import type { Frame, FramePace, FrameSource, FrameSourceState } from "../ports/frame-source.ts";
import type { CameraHealthEvent } from "../ports/vision-link.ts";
import {
  type CameraHealth,
  type Observed,
  observeFrame,
  observeState,
  unknownHealth,
  verificationObstacle,
} from "./camera-health.ts";
import type { CameraHealthPolicy } from "./camera-health-policy.ts";
import { type FrameMeasure, measureFrame } from "./frame-measure.ts";

type LastingHealth = Exclude<CameraHealthEvent["type"], "CameraRestored">;
const lastingHealth = [
  "CameraLost",
  "CameraFrozen",
  "CameraCovered",
] as const satisfies readonly LastingHealth[];

export interface WatchedCameraListener {
  onState(camera: string, state: FrameSourceState): void;
  onHealth(camera: string, event: CameraHealthEvent): void;
}

/** Whoever follows every frame. */
export interface CameraFollower {
  onFrame(frame: Frame, measure: FrameMeasure): void;
  onLost(): void;
}

/** A camera and what is thought of it. */
export class WatchedCamera {
  readonly id: string;
  readonly #source: FrameSource;
  readonly #policy: CameraHealthPolicy;
  readonly #clock: Clock;
  readonly #listener: WatchedCameraListener;
  readonly #healthEvents = new Map<LastingHealth, CameraHealthEvent>();
  #health: CameraHealth = unknownHealth;
  readonly #waiting = new Set<(frame: Frame | undefined) => void>();
  readonly #followers = new Set<CameraFollower>();

  constructor(
    source: FrameSource,
    policy: CameraHealthPolicy,
    clock: Clock,
    listener: WatchedCameraListener,
  ) {
    this.id = source.cameraId;
    this.#source = source;
    this.#policy =
      source.changesView === true ? { ...policy, turnedAfter: Number.POSITIVE_INFINITY } : policy;
    this.#clock = clock;
    this.#listener = listener;
    source.listen({ onFrame: (frame) => this.#onFrame(frame), onState: (state) => this.#onState(state) });
    this.#onState(source.state());
  }

  newest(): Frame | undefined {
    return this.#source.newest();
  }

  pace(pace: FramePace): void {
    this.#source.pace(pace);
  }

  /** Every frame from now on, once its health is known. Disposing ends it. */
  follow(follower: CameraFollower): Disposable {
    this.#followers.add(follower);
    return { [Symbol.dispose]: () => void this.#followers.delete(follower) };
  }

  /** Calls `onNext` once, with the next frame, or undefined as soon as the camera is lost. Disposing cancels. */
  onNext(onNext: (frame: Frame | undefined) => void): Disposable {
    this.#waiting.add(onNext);
    return { [Symbol.dispose]: () => void this.#waiting.delete(onNext) };
  }

  /** Why nobody may be verified by this camera now, for people. */
  obstacle(): string | undefined {
    return verificationObstacle(this.#health, this.#clock.now(), this.#policy);
  }

  /** Says what is so and what is not, to a controller that may remember something else. */
  report(): void {
    this.#listener.onState(this.id, this.#source.state());
    for (const from of lastingHealth)
      this.#listener.onHealth(this.id, this.#healthEvents.get(from) ?? { type: "CameraRestored", from });
  }

  async close(): Promise<void> {
    await this.#source[Symbol.asyncDispose]();
  }

  #onFrame(frame: Frame): void {
    const measure = measureFrame(frame);
    this.#take(observeFrame(this.#health, measure, frame.intact, this.#policy));
    this.#tellWaiting(frame);
    for (const follower of [...this.#followers]) follower.onFrame(frame, measure);
  }

  #onState(state: FrameSourceState): void {
    this.#take(observeState(this.#health, state));
    if (state.phase === "lost") {
      this.#tellWaiting(undefined);
      for (const follower of [...this.#followers]) follower.onLost();
    }
    this.#listener.onState(this.id, state);
  }

  #tellWaiting(frame: Frame | undefined): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const onNext of waiting) onNext(frame);
  }

  #take({ health, events }: Observed): void {
    this.#health = health;
    for (const event of events) {
      if (event.type === "CameraRestored") this.#healthEvents.delete(event.from);
      else this.#healthEvents.set(event.type, event);
      this.#listener.onHealth(this.id, event);
    }
  }
}
