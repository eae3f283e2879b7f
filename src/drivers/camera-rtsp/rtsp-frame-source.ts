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
import {
  type AddressFault,
  type CameraAddress,
  cameraAddress,
  redact,
  throughTunnel,
} from "./camera-address.ts";
import type { UnitListener } from "./camera-clips.ts";
import { CameraConnection } from "./camera-connection.ts";
import { findProgram, isExecutable, type Launch, launchConfined } from "./confined-process.ts";
import type { Probing } from "./ffmpeg-command.ts";
import type { DecodedPicture } from "./picture-decoder.ts";
import type { Failure } from "./reception.ts";
import { retryDelay } from "./reconnect-backoff.ts";
import { type RtspCameraOptions, type RtspCameraSettings, withDefaults } from "./rtsp-camera-options.ts";
import { TlsTunnel } from "./tls-tunnel.ts";

export interface RtspCameraSurroundings {
  readonly clock: Clock;
  /** From 0 up to, not including, 1; spreads reconnections. */
  readonly random: () => number;
  readonly launch?: Launch;
  /** Told of everything that comes, shown or not. */
  readonly units?: UnitListener | undefined;
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

/** Frames never have the same time. */
const smallestStep: Milliseconds = 0.001;

class RtspFrameSource implements FrameSource {
  readonly cameraId: string;
  readonly #settings: RtspCameraSettings;
  readonly #address: CameraAddress | AddressFault;
  #tunnel: TlsTunnel | undefined;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #launch: Launch;
  readonly #units: UnitListener | undefined;
  readonly #listeners = new Set<FrameSourceListener>();
  #state: FrameSourceState = { phase: "starting" };
  #newest: Frame | undefined;
  #sequence = 0;
  #shownAt: Instant | undefined;
  /** Whether this connection has shown anything. */
  #hasShown = false;
  #failures = 0;
  #probing: Probing = "instant";
  #pace: FramePace = "live";
  #connection: CameraConnection | undefined;
  /** Given up, told to end, and still running. */
  #dying: CameraConnection | undefined;
  #alarm: Disposable | undefined;
  #disposal: Promise<void> | undefined;
  #onGone: (() => void) | undefined;

  constructor(options: RtspCameraOptions, surroundings: RtspCameraSurroundings) {
    this.cameraId = options.cameraId;
    this.#settings = withDefaults(options);
    this.#address = cameraAddress(options.url, options.username, options.password, options.transport);
    if ("tls" in this.#address && this.#address.tls !== undefined)
      this.#tunnel = new TlsTunnel(this.#address.tls, options.trust ?? {});
    this.#clock = surroundings.clock;
    this.#random = surroundings.random;
    this.#launch = surroundings.launch ?? launchConfined;
    this.#units = surroundings.units;
  }

  state(): FrameSourceState {
    return this.#state;
  }

  newest(): Frame | undefined {
    return this.#newest;
  }

  pace(pace: FramePace): void {
    if (pace === this.#pace) return;
    this.#pace = pace;
    this.#connection?.pace(pace);
  }

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
    const address = this.#reachable(this.#address);
    if (address === undefined) return;
    const options = {
      ...{ program, address, probing: this.#probing, pace: this.#pace },
      ...{ settings: this.#settings, clock: this.#clock, launch: this.#launch, units: this.#units },
    };
    const connection = new CameraConnection(options, {
      onPicture: (picture, intact) => this.#show(connection, picture, intact),
      onFailed: (failure) => this.#giveUp(connection, failure),
      onGone: () => {
        if (this.#dying === connection) this.#dying = undefined;
        this.#onGone?.();
      },
    });
    this.#connection = connection;
    connection.open();
    // It may have ended, or failed to start, within the call.
    if (this.#connection === connection) this.#wake(connection.patience, () => this.#watch(connection));
  }

  /** Undefined: the tunnel to it is not open yet, and all begins once it is. */
  #reachable(address: CameraAddress): CameraAddress | undefined {
    const tunnel = this.#tunnel;
    if (tunnel === undefined) return address;
    if (tunnel.port === undefined) {
      tunnel.onceOpen(() => this.begin());
      return undefined;
    }
    return throughTunnel(address, tunnel.port);
  }

  #show(connection: CameraConnection, { width, height, rgb, unit }: DecodedPicture, intact: boolean): void {
    if (this.#connection !== connection) return;
    // The watchdog sleeps until the first frame is overdue; from now on it is the shorter patience that counts.
    if (!this.#hasShown) this.#wake(connection.patience, () => this.#watch(connection));
    this.#hasShown = true;
    const before = this.#shownAt;
    // Of pictures shown in another order than they came, the later one is the newer.
    const at = before !== undefined && unit.at <= before ? after(before, smallestStep) : unit.at;
    this.#shownAt = at;
    this.#newest = { sequence: this.#sequence++, at, width, height, rgb, intact };
    this.#enterLive(connection, width, height, at);
    const frame = this.#newest;
    for (const listener of [...this.#listeners]) if (frame === this.#newest) listener.onFrame?.(frame);
  }

  #enterLive(connection: CameraConnection, width: number, height: number, now: Instant): void {
    const state = this.#state;
    const { isRestless, codec } = connection;
    const isSame = state.phase === "live" && state.width === width && state.height === height;
    if (isSame && (state.keyPicturesRare ?? false) === isRestless) return;
    const since = isSame ? state.since : now;
    this.#enter({
      ...{ phase: "live", width, height, since },
      ...(codec === undefined ? {} : { codec }),
      ...(isRestless ? { keyPicturesRare: true } : {}),
    });
  }

  /** The watchdog: neither FFmpeg's time-outs nor its exit codes can be trusted. */
  #watch(connection: CameraConnection): void {
    if (this.#connection !== connection) return;
    const limit = connection.patience;
    if (this.#clock.now() < limit) this.#wake(limit, () => this.#watch(connection));
    else connection.giveUp();
  }

  #giveUp(connection: CameraConnection, { fault, what }: Failure): void {
    if (this.#connection !== connection) return;
    const { firstShownAt, cameBeforePictures } = connection;
    if (firstShownAt !== undefined && since(firstShownAt, this.#clock.now()) >= this.#settings.steadyLife) {
      this.#failures = 0;
    }
    // A camera that talks but shows nothing may need the other way of probing; one that showed does not.
    if (cameBeforePictures) this.#probing = this.#probing === "instant" ? "patient" : "instant";
    this.#connection = undefined;
    this.#units?.onConnectionOver();
    this.#hasShown = false;
    if (!connection.isGone) this.#dying = connection;
    // What FFmpeg saw is only that its own connection ended.
    const problem = this.#tunnel?.problem;
    if (problem === undefined) this.#lose(fault, what);
    else this.#lose("unreachable", problem);
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

  #killThenRetry(dying: CameraConnection, nextAttemptAt: Instant): void {
    dying.kill();
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
    const connection = this.#connection ?? this.#dying;
    this.#connection = undefined;
    this.#newest = undefined;
    this.#listeners.clear();
    this.#alarm?.[Symbol.dispose]();
    await Promise.all([this.#tunnel?.[Symbol.asyncDispose](), this.#end(connection)]);
  }

  async #end(connection: CameraConnection | undefined): Promise<void> {
    if (connection === undefined || connection.isGone) return;
    const gone = new Promise<void>((resolve) => {
      this.#onGone = resolve;
    });
    connection.terminate();
    using _kill = this.#clock.wakeAt(after(this.#clock.now(), this.#settings.killDelay), () =>
      connection.kill(),
    );
    if (!connection.isGone) await gone;
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
