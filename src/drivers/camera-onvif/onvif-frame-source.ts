import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type {
  CameraFault,
  Frame,
  FramePace,
  FrameSource,
  FrameSourceListener,
  FrameSourceState,
} from "../../ports/frame-source.ts";
import type { Meeting } from "./onvif-camera.ts";

/** Whoever knows where the stream is now. */
export interface StreamFinder {
  readonly cameraId: string;
  readonly isPinned: boolean;
  meet(): Promise<Meeting>;
}

export interface OnvifFrameSourceOptions {
  readonly finder: StreamFinder;
  /** Opens the stream at this address, as any camera of that kind is opened. */
  readonly openStream: (url: string) => FrameSource;
  readonly clock: Clock;
  /** From 0 up to, not including, 1; spreads reconnections. */
  readonly random: () => number;
  readonly firstRetryDelay?: Milliseconds;
  readonly longestRetryDelay?: Milliseconds;
}

/**
 * The stream of an ONVIF camera. Before every connection the device is asked who it is and where its stream is: what has
 * moved is found again, and another camera at the address is never looked at (T20).
 */
export class OnvifFrameSource implements FrameSource {
  readonly cameraId: string;
  readonly #options: OnvifFrameSourceOptions;
  readonly #listeners = new Set<FrameSourceListener>();
  #stream: FrameSource | undefined;
  #state: FrameSourceState = { phase: "starting" };
  #newest: Frame | undefined;
  #sequence = 0;
  #pace: FramePace = "live";
  #failures = 0;
  #knownUrl: string | undefined;
  #alarm: Disposable | undefined;
  #isOver = false;
  #closing: Promise<void> = Promise.resolve();

  constructor(options: OnvifFrameSourceOptions) {
    this.cameraId = options.finder.cameraId;
    this.#options = options;
    void this.#connect();
  }

  /** What is open now, where anything is. */
  get stream(): FrameSource | undefined {
    return this.#stream;
  }

  state(): FrameSourceState {
    return this.#state;
  }

  newest(): Frame | undefined {
    return this.#newest;
  }

  pace(pace: FramePace): void {
    this.#pace = pace;
    this.#stream?.pace(pace);
  }

  listen(listener: FrameSourceListener): Disposable {
    const entry: FrameSourceListener = {
      onFrame: (frame) => listener.onFrame?.(frame),
      onState: (state) => listener.onState?.(state),
    };
    this.#listeners.add(entry);
    return { [Symbol.dispose]: () => void this.#listeners.delete(entry) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.#newest = undefined;
    this.#listeners.clear();
    this.#alarm?.[Symbol.dispose]();
    this.#close();
    await this.#closing;
  }

  async #connect(): Promise<void> {
    const meeting = await this.#options.finder.meet();
    // Never two connections at once: cameras have few.
    await this.#closing;
    if (this.#isOver) return;
    if (meeting.met) this.#knownUrl = meeting.device.streamUrl;
    else if (!this.#mayUseKnown(meeting.fault)) return this.#lose(meeting.fault, meeting.detail);
    if (this.#knownUrl !== undefined) this.#open(this.#knownUrl);
  }

  /** A camera whose ONVIF service has died still streams; where nobody is to be told from another, that is good enough. */
  #mayUseKnown(fault: CameraFault): boolean {
    return fault === "unreachable" && !this.#options.finder.isPinned && this.#knownUrl !== undefined;
  }

  #open(url: string): void {
    const stream = this.#options.openStream(url);
    this.#stream = stream;
    stream.pace(this.#pace);
    stream.listen({
      onFrame: (frame) => {
        if (this.#stream === stream) this.#show(frame);
      },
      onState: (state) => {
        if (this.#stream === stream) this.#follow(state);
      },
    });
    const state = stream.state();
    if (state.phase !== "starting") this.#follow(state);
  }

  #show(frame: Frame): void {
    const shown = { ...frame, sequence: this.#sequence++ };
    this.#newest = shown;
    // As a stream of its own it tells its first frame before or after its state; both come here in its order.
    for (const listener of [...this.#listeners]) if (this.#newest === shown) listener.onFrame?.(shown);
  }

  #follow(state: FrameSourceState): void {
    if (state.phase === "starting") return;
    if (state.phase === "lost") return this.#lose(state.fault, state.detail);
    this.#failures = 0;
    this.#enter(state);
  }

  #lose(fault: CameraFault, detail: string): void {
    this.#close();
    this.#newest = undefined;
    this.#failures += 1;
    const { clock } = this.#options;
    const now = clock.now();
    const nextAttemptAt = after(now, this.#retryDelay(fault));
    this.#alarm?.[Symbol.dispose]();
    this.#alarm = clock.wakeAt(nextAttemptAt, () => void this.#connect());
    const since = this.#state.phase === "lost" ? this.#state.since : now;
    this.#enter({ phase: "lost", fault, detail, since, attempts: this.#failures, nextAttemptAt });
  }

  #retryDelay(fault: CameraFault): Milliseconds {
    const { firstRetryDelay: first = 250, longestRetryDelay: longest = 30_000, random } = this.#options;
    // Cameras lock an account after a few wrong passwords.
    const failures = fault === "unauthorised" ? 16 : Math.min(this.#failures - 1, 16);
    return Math.min(longest, first * 2 ** failures) * (0.75 + random() / 4);
  }

  #close(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    if (stream === undefined) return;
    const before = this.#closing;
    this.#closing = before.then(() => stream[Symbol.asyncDispose]());
  }

  #enter(state: FrameSourceState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) if (this.#state === state) listener.onState?.(state);
  }
}
