import { after, earliest, type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { FramePace } from "../../ports/frame-source.ts";
import type { CameraAddress } from "./camera-address.ts";
import type { UnitListener } from "./camera-clips.ts";
import type { Launch, ProcessEnd, RunningProcess } from "./confined-process.ts";
import { decoderCommand, type FfmpegCommand, type Probing, receiverCommand } from "./ffmpeg-command.ts";
import { groupLimits } from "./group-of-pictures.ts";
import { type DecodedPicture, PictureDecoder } from "./picture-decoder.ts";
import { type Failure, Reception } from "./reception.ts";
import type { RtspCameraSettings } from "./rtsp-camera-options.ts";
import { UnitFeeder } from "./unit-feeder.ts";

export interface ConnectionOptions {
  readonly program: string;
  readonly address: CameraAddress;
  readonly probing: Probing;
  readonly settings: RtspCameraSettings;
  readonly clock: Clock;
  readonly launch: Launch;
  readonly pace: FramePace;
  readonly units?: UnitListener | undefined;
}

export interface ConnectionEvents {
  /** Only pictures that are not late. */
  onPicture(picture: DecodedPicture, intact: boolean): void;
  /** At most once: it has ended, or should. */
  onFailed(failure: Failure): void;
  /** Once no process of it is left. */
  onGone(): void;
}

/** Decoders that die one after the other, without one picture to be trusted in between, end the connection. */
const mostDeaths = 3;

/** One connection to the camera: a receiver, the decoder beside it, and what goes between them. */
export class CameraConnection {
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;
  readonly #reception: Reception;
  readonly #feeder: UnitFeeder;
  readonly #running = new Set<RunningProcess>();
  #deaths = 0;
  #isOver = false;

  constructor(options: ConnectionOptions, events: ConnectionEvents) {
    this.#options = options;
    this.#events = events;
    this.#reception = new Reception(options.clock.now());
    const { framesPerSecond } = options.settings;
    this.#feeder = new UnitFeeder({ framesPerSecond, start: () => this.#startDecoder() }, options.pace);
  }

  /** May fail within the call. */
  open(): void {
    const { program, address, probing, settings } = this.#options;
    const reception = this.#reception;
    this.#launch(receiverCommand(program, address, probing, settings.transport), {
      onOutput: (chunk) => this.#receive(() => reception.readUnits(chunk)),
      onIndex: (chunk) => this.#receive(() => reception.readIndex(chunk)),
      onLog: (chunk) => this.#receive(() => reception.readLog(chunk, this.#options.clock.now())),
      onEnd: (end) => {
        reception.end = end;
        this.#fail();
      },
    });
  }

  get cameBeforePictures(): boolean {
    return this.#reception.cameBeforePictures;
  }

  /** Whether it cannot be watched idly, as far as is known. */
  get isRestless(): boolean {
    return this.#feeder.isRestless;
  }

  /** Of its stream, once that is known. */
  get codec(): string | undefined {
    return this.#reception.description?.codec;
  }

  get firstShownAt(): Instant | undefined {
    return this.#reception.firstShownAt;
  }

  get isGone(): boolean {
    return this.#running.size === 0;
  }

  pace(pace: FramePace): void {
    if (!this.#isOver) this.#feeder.pace(pace);
  }

  /**
   * When it will have to be given up unless something comes. Units that arrive are the sign of life; pictures may be as
   * far apart as key units, and a decoder that died begins with the next one.
   */
  get patience(): Instant {
    const { startedAt, freshAt, shownAt } = this.#reception;
    const { firstFrameTimeout, stallTimeout } = this.#options.settings;
    if (shownAt === undefined) return after(startedAt, firstFrameTimeout);
    const picture = after(shownAt, stallTimeout + groupLimits.interval);
    return earliest(after(freshAt ?? shownAt, stallTimeout), picture) ?? picture;
  }

  /** Nothing came in time. */
  giveUp(): void {
    this.#fail();
  }

  terminate(): void {
    this.#isOver = true;
    for (const process of this.#running) process.terminate();
    this.#feeder.decoder?.kill();
  }

  kill(): void {
    this.#isOver = true;
    for (const process of this.#running) process.kill();
  }

  #startDecoder(): PictureDecoder | undefined {
    const { program, settings } = this.#options;
    const { description } = this.#reception;
    if (description === undefined) return undefined;
    const process = this.#launch(decoderCommand(program, settings), {
      onOutput: (chunk) => this.#decode(decoder, () => decoder.readPictures(chunk)),
      onLog: (chunk) => this.#decode(decoder, () => this.#readDecoderLog(decoder, chunk)),
      onIndex: () => undefined,
      onEnd: (end) => this.#onDecoderEnd(decoder, end),
    });
    const largest = { width: settings.maxWidth, height: settings.maxHeight };
    const decoder = new PictureDecoder(process, description, largest);
    return decoder;
  }

  #launch(command: FfmpegCommand, events: Parameters<Launch>[1]): RunningProcess {
    const ended = { already: false };
    const process: RunningProcess = this.#options.launch(command, {
      ...events,
      onEnd: (end) => {
        ended.already = true;
        this.#running.delete(process);
        events.onEnd(end);
        if (this.#running.size === 0) this.#events.onGone();
      },
    });
    if (!ended.already) this.#running.add(process);
    return process;
  }

  #receive(take: () => void): void {
    if (this.#isOver) return;
    take();
    const { clock, settings } = this.#options;
    const now = clock.now();
    for (const unit of this.#reception.takeUnits(now, settings.maxLag)) {
      if (this.#isOver) return;
      const { description } = this.#reception;
      if (description !== undefined) this.#options.units?.onUnit(unit, description);
      this.#feeder.push(unit);
    }
    this.#endIfUnbearable(now);
  }

  #decode(decoder: PictureDecoder, take: () => void): void {
    if (this.#isOver || this.#feeder.decoder !== decoder) return;
    take();
    const now = this.#options.clock.now();
    for (const picture of decoder.take()) this.#show(picture, now);
    if (decoder.failure !== undefined) this.#fail({ fault: "decoderFailed", what: decoder.failure });
    this.#endIfUnbearable(now);
  }

  #readDecoderLog(decoder: PictureDecoder, chunk: Buffer): void {
    if (decoder.readLog(chunk)) this.#reception.damaged(this.#options.clock.now());
  }

  #show(picture: DecodedPicture, now: Instant): void {
    // Whoever is told may end us in between.
    if (this.#isOver) return;
    const { unit } = picture;
    const lag: Milliseconds = unit.lag + since(unit.at, now);
    const intact = this.#reception.decoded(unit, lag);
    if (intact) this.#deaths = 0;
    if (lag > this.#options.settings.maxLag) return;
    this.#reception.showed(now);
    this.#events.onPicture(picture, intact);
  }

  /** Malformed video may kill it. The connection lives on; what comes next is distrusted, as after any damage. */
  #onDecoderEnd(decoder: PictureDecoder, end: ProcessEnd): void {
    if (this.#isOver || this.#feeder.decoder !== decoder) return;
    this.#feeder.lose(decoder);
    this.#reception.damaged(this.#options.clock.now());
    this.#deaths += 1;
    const why = end.problem ?? end.signal ?? `exit ${end.code}`;
    if (end.problem !== undefined || this.#deaths > mostDeaths) {
      this.#fail({ fault: "decoderFailed", what: `FFmpeg died again and again (${why})` });
    }
  }

  #endIfUnbearable(now: Instant): void {
    const unbearable = this.#reception.unbearable(now, this.#options.settings.damageLimit);
    if (unbearable !== undefined) this.#fail(unbearable);
  }

  #fail(failure?: Failure): void {
    if (this.#isOver) return;
    const { startedAt, freshAt, shownAt } = this.#reception;
    const last = shownAt === undefined ? startedAt : (freshAt ?? shownAt);
    // Explained as it is now: what follows is our own doing.
    const why = failure ?? this.#reception.explain(since(last, this.#options.clock.now()));
    this.terminate();
    this.#events.onFailed(why);
  }
}
