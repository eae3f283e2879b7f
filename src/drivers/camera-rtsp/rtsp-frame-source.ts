import { after, type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type {
  CameraFault,
  Frame,
  FramePace,
  FrameSource,
  FrameSourceListener,
  FrameSourceState,
} from "../../ports/frame-source.ts";
import { type AddressFault, type CameraAddress, cameraAddress, redact } from "./camera-address.ts";
import { findProgram, isExecutable, type LaunchDecoder, launchDecoder } from "./decoder-process.ts";
import { type DecodedPicture, DecodingAttempt, type Failure } from "./decoding-attempt.ts";
import { decoderCommand, type Probing } from "./ffmpeg-command.ts";
import { retryDelay } from "./reconnect-backoff.ts";
import { type RtspCameraOptions, type RtspCameraSettings, withDefaults } from "./rtsp-camera-options.ts";

export interface RtspCameraSurroundings {
  readonly clock: Clock;
  /** From 0 up to, not including, 1; spreads reconnections. */
  readonly random: () => number;
  readonly launch?: LaunchDecoder;
}

/** Opens the camera and keeps it open until disposed. Never throws for what the camera or the network does. */
export function openRtspCamera(
  options: RtspCameraOptions,
  surroundings: RtspCameraSurroundings,
): FrameSource {
  const source = new RtspFrameSource(options, surroundings);
  source.begin();
  return source;
}

class RtspFrameSource implements FrameSource {
  readonly cameraId: string;
  readonly #settings: RtspCameraSettings;
  readonly #address: CameraAddress | AddressFault;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #launch: LaunchDecoder;
  readonly #listeners = new Set<FrameSourceListener>();
  #state: FrameSourceState = { phase: "starting" };
  #newest: Frame | undefined;
  #sequence = 0;
  #failures = 0;
  #probing: Probing = "instant";
  #attempt: DecodingAttempt | undefined;
  /** Given up, told to end, and still running. */
  #dying: DecodingAttempt | undefined;
  #alarm: Disposable | undefined;
  #disposal: Promise<void> | undefined;
  #onEnded: (() => void) | undefined;

  constructor(options: RtspCameraOptions, surroundings: RtspCameraSurroundings) {
    this.cameraId = options.cameraId;
    this.#settings = withDefaults(options);
    this.#address = cameraAddress(options.url, options.username, options.password);
    this.#clock = surroundings.clock;
    this.#random = surroundings.random;
    this.#launch = surroundings.launch ?? launchDecoder;
  }

  state(): FrameSourceState {
    return this.#state;
  }

  newest(): Frame | undefined {
    return this.#newest;
  }

  pace(_pace: FramePace): void {}

  listen(listener: FrameSourceListener): Disposable {
    // A wrapper of its own, so that one listener given twice can be stopped once.
    const entry = { ...bound(listener) };
    this.#listeners.add(entry);
    return { [Symbol.dispose]: () => void this.#listeners.delete(entry) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  begin(): void {
    const { ffmpegPath } = this.#settings;
    const program =
      ffmpegPath === undefined ? findProgram("ffmpeg") : isExecutable(ffmpegPath) ? ffmpegPath : undefined;
    if ("problem" in this.#address) return this.#lose("decoderFailed", this.#address.problem);
    if (program === undefined) {
      return this.#lose(
        "decoderFailed",
        "FFmpeg was not found: install it, for example with apt install ffmpeg",
      );
    }
    const now = this.#clock.now();
    const { maxWidth, maxHeight, firstFrameTimeout } = this.#settings;
    const attempt = new DecodingAttempt(now, maxWidth, maxHeight);
    this.#attempt = attempt;
    attempt.decoder = this.#launch(decoderCommand(program, this.#address, this.#settings, this.#probing), {
      onLog: (chunk) => this.#read(attempt, () => attempt.readLog(chunk, this.#clock.now())),
      onPictures: (chunk) => this.#read(attempt, () => attempt.readPictures(chunk)),
      onEnd: (end) => {
        attempt.end = end;
        if (this.#dying === attempt) this.#dying = undefined;
        if (this.#attempt === attempt) this.#giveUp(attempt);
        this.#onEnded?.();
      },
    });
    // It may have ended, or failed to start, within the call.
    if (this.#attempt === attempt) this.#wake(after(now, firstFrameTimeout), () => this.#watch(attempt));
  }

  #read(attempt: DecodingAttempt, take: () => void): void {
    if (this.#attempt !== attempt) return;
    take();
    const now = this.#clock.now();
    for (const picture of attempt.takeDecoded(now)) this.#show(attempt, picture, now);
    const unbearable = attempt.unbearable(now, this.#settings.damageLimit);
    if (this.#attempt === attempt && unbearable !== undefined) this.#giveUp(attempt, unbearable);
  }

  #show(attempt: DecodingAttempt, picture: DecodedPicture, now: Instant): void {
    // A listener may have disposed us, or lost the attempt, in between.
    if (this.#attempt !== attempt || picture.lag > this.#settings.maxLag) return;
    const { width, height, rgb, intact } = picture;
    // The watchdog sleeps until the first frame is overdue; from now on it is the shorter patience that counts.
    if (attempt.freshAt === undefined)
      this.#wake(after(now, this.#settings.stallTimeout), () => this.#watch(attempt));
    attempt.showedFresh(now);
    this.#newest = { sequence: this.#sequence++, at: now, width, height, rgb, intact };
    const state = this.#state;
    if (state.phase !== "live" || state.width !== width || state.height !== height) {
      this.#enter({ phase: "live", width, height, since: now });
    }
    const frame = this.#newest;
    for (const listener of [...this.#listeners]) if (frame === this.#newest) listener.onFrame?.(frame);
  }

  /** The watchdog: neither FFmpeg's time-outs nor its exit codes can be trusted. */
  #watch(attempt: DecodingAttempt): void {
    if (this.#attempt !== attempt) return;
    const now = this.#clock.now();
    const { firstFrameTimeout, stallTimeout } = this.#settings;
    const limit =
      attempt.freshAt === undefined
        ? after(attempt.startedAt, firstFrameTimeout)
        : after(attempt.freshAt, stallTimeout);
    if (now < limit) this.#wake(limit, () => this.#watch(attempt));
    else this.#giveUp(attempt);
  }

  #giveUp(attempt: DecodingAttempt, seen?: Failure): void {
    const now = this.#clock.now();
    const { fault, what } = seen ?? attempt.explain(since(attempt.freshAt ?? attempt.startedAt, now));
    if (attempt.firstFreshAt !== undefined && since(attempt.firstFreshAt, now) >= this.#settings.steadyLife) {
      this.#failures = 0;
    }
    // A camera that talks but shows nothing may need the other way of probing; one that showed does not.
    if (attempt.cameBeforePictures) this.#probing = this.#probing === "instant" ? "patient" : "instant";
    this.#attempt = undefined;
    if (attempt.end === undefined) {
      this.#dying = attempt;
      attempt.decoder?.terminate();
    }
    this.#lose(fault, what);
  }

  #lose(fault: CameraFault, what: string): void {
    const now = this.#clock.now();
    this.#failures += 1;
    const dying = this.#dying;
    const delay = this.#retryDelay(fault);
    const nextAttemptAt = after(now, dying === undefined ? delay : Math.max(delay, this.#settings.killDelay));
    this.#newest = undefined;
    if (dying === undefined) this.#wake(nextAttemptAt, () => this.begin());
    else this.#wake(after(now, this.#settings.killDelay), () => this.#killThenRetry(dying, nextAttemptAt));
    this.#enter({
      phase: "lost",
      fault,
      detail: this.#detail(what),
      since: this.#state.phase === "lost" ? this.#state.since : now,
      attempts: this.#failures,
      nextAttemptAt,
    });
  }

  #retryDelay(fault: CameraFault): Milliseconds {
    const { firstRetryDelay: first, longestRetryDelay: longest } = this.#settings;
    // Cameras lock an account, or our address, after a few wrong passwords.
    const failures = fault === "unauthorised" ? Number.POSITIVE_INFINITY : this.#failures;
    return retryDelay(failures, { first, longest }, this.#random());
  }

  #killThenRetry(attempt: DecodingAttempt, nextAttemptAt: Instant): void {
    if (attempt.end === undefined) attempt.decoder?.kill();
    this.#wake(nextAttemptAt, () => this.begin());
  }

  #detail(what: string): string {
    if ("problem" in this.#address) return what;
    return `${this.#address.shown}: ${redact(what, this.#address.secrets)}`;
  }

  #enter(state: FrameSourceState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) if (this.#state === state) listener.onState?.(state);
  }

  #wake(at: Instant, wake: () => void): void {
    this.#alarm?.[Symbol.dispose]();
    this.#alarm = undefined;
    if (this.#disposal === undefined) this.#alarm = this.#clock.wakeAt(at, wake);
  }

  async #dispose(): Promise<void> {
    const attempt = this.#attempt ?? this.#dying;
    this.#attempt = undefined;
    this.#newest = undefined;
    this.#listeners.clear();
    this.#alarm?.[Symbol.dispose]();
    if (attempt?.decoder === undefined || attempt.end !== undefined) return;
    const ended = new Promise<void>((resolve) => {
      this.#onEnded = resolve;
    });
    attempt.decoder.terminate();
    using _kill = this.#clock.wakeAt(after(this.#clock.now(), this.#settings.killDelay), () =>
      attempt.decoder?.kill(),
    );
    await ended;
  }
}

function bound(listener: FrameSourceListener): FrameSourceListener {
  return {
    ...(listener.onFrame === undefined ? {} : { onFrame: (frame: Frame) => listener.onFrame?.(frame) }),
    ...(listener.onState === undefined
      ? {}
      : { onState: (state: FrameSourceState) => listener.onState?.(state) }),
  };
}
