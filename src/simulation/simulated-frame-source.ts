import type { ChallengeAction } from "../domain/biometric/challenge.ts";
import { after, type Instant, type Milliseconds, since } from "../domain/time.ts";
import { scenePictureSize } from "../ports/building-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { Picture, Point } from "../ports/face-engine.ts";
import type {
  CameraFault,
  Frame,
  FramePace,
  FrameSource,
  FrameSourceListener,
  FrameSourceState,
} from "../ports/frame-source.ts";
import { HeldPicture } from "./held-picture.ts";
import { LivingPeople, type MovingScene } from "./living-people.ts";
import { SensorNoise } from "./sensor-noise.ts";

/** What a simulated camera looks at. */
export type SimulatedScene =
  | { readonly kind: "dark" }
  /** Nobody there: a plain wall. */
  | { readonly kind: "empty" }
  | { readonly kind: "picture"; readonly picture: Picture }
  /**
   * The people of a picture, with the 68 landmarks of each of their faces, the nearest first: alive, or the first of
   * them on a print or a phone that somebody holds up.
   */
  | {
      readonly kind: "people";
      readonly picture: Picture;
      readonly faces: readonly (readonly Point[])[];
      readonly presented: "live" | "print" | "screen";
      /** Whether they do what they are asked. */
      readonly obeys: boolean;
    }
  /** The camera goes on sending, always the same picture: whatever it showed last. */
  | { readonly kind: "frozen" }
  | { readonly kind: "unplugged"; readonly fault?: CameraFault };

export interface SimulatedCameraOptions {
  readonly cameraId: string;
  /** The same seed shows the same noise. */
  readonly seed: number;
  readonly width?: number;
  readonly height?: number;
  readonly framesPerSecond?: number;
  /** How far the picture trembles, in pixels, as if a person never stood quite still. */
  readonly tremble?: number;
  readonly scene?: SimulatedScene;
}

/** Between two looks for the signal; shorter than a real camera's, so that a demonstration is no waiting room. */
const retryTime: Milliseconds = 1_000;

/** Between two pictures while nobody is about: as often as a real camera sends its key pictures. */
const idleInterval: Milliseconds = 1_000;

/** Grey of the empty scene's wall, at its top left; it gets darker to the right and down. */
const wallGrey = 150;

export class SimulatedFrameSource implements FrameSource {
  readonly cameraId: string;
  readonly changesView = true;
  readonly #clock: Clock;
  readonly #width: number;
  readonly #height: number;
  readonly #interval: Milliseconds;
  readonly #noise: SensorNoise;
  readonly #seed: number;
  readonly #tremble: number;
  /** What moves before the camera, and since when. */
  #moving: { readonly scene: MovingScene; readonly begun: Instant } | undefined;
  readonly #listeners = new Set<FrameSourceListener>();
  #state: FrameSourceState = { phase: "starting" };
  #frozen = false;
  /** Scenes announced and not shown yet. */
  #awaited = 0;
  #fault: CameraFault | undefined;
  #newest: Frame | undefined;
  #lastShown: Uint8Array | undefined;
  #sequence = 0;
  #pace: FramePace = "live";
  #due: Instant;
  #timer: Disposable | undefined;
  #disposed = false;

  constructor(options: SimulatedCameraOptions, clock: Clock) {
    this.cameraId = options.cameraId;
    this.#clock = clock;
    this.#width = options.width ?? scenePictureSize.width;
    this.#height = options.height ?? scenePictureSize.height;
    this.#interval = 1000 / (options.framesPerSecond ?? 5);
    this.#seed = options.seed;
    this.#tremble = options.tremble ?? 0;
    this.#noise = new SensorNoise(this.#width, this.#height, options.seed, this.#tremble);
    this.show({ kind: "dark" });
    if (options.scene !== undefined) this.show(options.scene);
    this.#due = after(clock.now(), this.#interval);
    this.#sleepUntil(this.#due);
  }

  /**
   * Shows nothing until the scene that follows: what stood there is gone at once, even while the new picture is being
   * decoded. Or a card presented just after somebody stepped aside would still find them.
   */
  lookAway(): void {
    this.#awaited += 1;
    this.#newest = undefined;
  }

  show(scene: SimulatedScene): void {
    this.#newest = undefined;
    this.#awaited = Math.max(0, this.#awaited - 1);
    this.#fault = undefined;
    this.#frozen = scene.kind === "frozen";
    if (scene.kind !== "frozen") this.#moving = undefined;
    switch (scene.kind) {
      case "dark":
        this.#noise.look(new Uint8Array(this.#width * this.#height * 3), this.#tremble);
        return;
      case "empty":
        this.#noise.look(plainWall(this.#width, this.#height), this.#tremble);
        return;
      case "picture":
        this.#noise.look(this.#fitting(scene.picture), this.#tremble);
        return;
      case "people":
        this.#fitting(scene.picture);
        this.#moving = { scene: this.#peopleOf(scene), begun: this.#clock.now() };
        return;
      case "frozen":
        return;
      case "unplugged":
        this.#fault = scene.fault ?? "unreachable";
        return;
    }
  }

  /** Whoever stands there does this now, if they do what they are asked. */
  perform(action: ChallengeAction): void {
    if (this.#moving === undefined) return;
    this.#moving.scene.perform(action, since(this.#moving.begun, this.#clock.now()));
  }

  state(): FrameSourceState {
    return this.#state;
  }

  newest(): Frame | undefined {
    return this.#newest;
  }

  pace(pace: FramePace): void {
    this.#pace = pace;
    const soon = after(this.#clock.now(), this.#interval);
    if (pace === "live" && this.#due > soon && this.#fault === undefined) this.#sleepUntil(soon);
  }

  listen(listener: FrameSourceListener): Disposable {
    const entry: FrameSourceListener = {
      onFrame: (frame) => listener.onFrame?.(frame),
      onState: (state) => listener.onState?.(state),
    };
    if (!this.#disposed) this.#listeners.add(entry);
    return { [Symbol.dispose]: () => void this.#listeners.delete(entry) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#timer?.[Symbol.dispose]();
    this.#listeners.clear();
    this.#newest = undefined;
    return Promise.resolve();
  }

  #peopleOf(scene: Extract<SimulatedScene, { readonly kind: "people" }>): MovingScene {
    const { picture: photograph, faces, presented, obeys } = scene;
    const [face] = faces;
    const [noise, seed] = [this.#noise, this.#seed];
    if (presented === "live" || face === undefined) {
      return new LivingPeople({ photograph, faces, noise, seed, obeys });
    }
    const background = {
      width: this.#width,
      height: this.#height,
      rgb: plainWall(this.#width, this.#height),
    };
    return new HeldPicture({ photograph, face, background, medium: presented, noise, seed });
  }

  #fitting(picture: Picture): Uint8Array {
    const { width, height, rgb } = picture;
    if (width !== this.#width || height !== this.#height || rgb.length !== width * height * 3) {
      throw new RangeError(`a scene of ${width}×${height} for a camera of ${this.#width}×${this.#height}`);
    }
    return rgb;
  }

  #sleepUntil(at: Instant): void {
    this.#timer?.[Symbol.dispose]();
    this.#due = at;
    if (!this.#disposed) this.#timer = this.#clock.wakeAt(at, () => this.#tick(at));
  }

  #tick(due: Instant): void {
    const now = this.#clock.now();
    if (this.#fault !== undefined) {
      this.#lose(this.#fault, now);
      this.#sleepUntil(after(now, retryTime));
      return;
    }
    // Paced by what was due, not by when it came: a late timer does not slow the camera down.
    const interval = this.#pace === "live" ? this.#interval : Math.max(this.#interval, idleInterval);
    const next = after(due, interval);
    this.#sleepUntil(next > now ? next : after(now, interval));
    if (this.#awaited === 0) this.#expose(now);
  }

  #expose(now: Instant): void {
    const rgb = this.#frozen && this.#lastShown !== undefined ? this.#lastShown : this.#look(now);
    this.#lastShown = rgb;
    const frame = {
      sequence: this.#sequence++,
      at: now,
      width: this.#width,
      height: this.#height,
      rgb,
      intact: true,
    };
    this.#newest = frame;
    if (this.#state.phase !== "live") {
      this.#enter({ phase: "live", width: this.#width, height: this.#height, since: now });
    }
    for (const listener of [...this.#listeners]) if (this.#newest === frame) listener.onFrame?.(frame);
  }

  #look(now: Instant): Uint8Array {
    return this.#moving === undefined
      ? this.#noise.picture()
      : this.#moving.scene.picture(since(this.#moving.begun, now));
  }

  #lose(fault: CameraFault, now: Instant): void {
    this.#newest = undefined;
    const before = this.#state.phase === "lost" ? this.#state : undefined;
    this.#enter({
      phase: "lost",
      fault,
      detail: "the simulated camera is unplugged",
      since: before?.since ?? now,
      attempts: (before?.attempts ?? 0) + 1,
      nextAttemptAt: after(now, retryTime),
    });
  }

  #enter(state: FrameSourceState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) if (this.#state === state) listener.onState?.(state);
  }
}

function plainWall(width: number, height: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Panels with joints: a real wall has edges, or it would pass for a covered lens.
      const joint = x % 80 < 2 || y % 90 < 2 ? 45 : 0;
      const grey = wallGrey - (x * 40) / width - (y * 30) / height - joint;
      rgb.fill(grey, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return rgb;
}
