import { type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { ClipSource, TakenClip } from "../../ports/camera-control.ts";
import type { Clock } from "../../ports/clock.ts";
import { ClipBuffer, type KeptUnit } from "./clip-buffer.ts";
import { clipFileOf } from "./clip-file.ts";
import { findProgram, type Launch } from "./confined-process.ts";
import type { ArrivedUnit } from "./group-of-pictures.ts";
import type { StreamDescription } from "./stream-units.ts";

export interface CameraClipsOptions {
  readonly cameraId: string;
  readonly clock: Clock;
  /** How far back a clip may begin. */
  readonly span: Milliseconds;
  /** Of what the camera sent lately; a clip that is being recorded may take three times as many besides. */
  readonly mostBytes: number;
  readonly launch?: Launch;
  readonly ffmpegPath?: string | undefined;
}

/** Who is told of each unit as it comes, whether anybody looks or not. */
export interface UnitListener {
  onUnit(unit: ArrivedUnit, description: StreamDescription): void;
  /** What comes next comes over another connection. */
  onConnectionOver(): void;
}

interface Recording {
  readonly until: Instant;
  readonly units: KeptUnit[];
  bytes: number;
  isFull: boolean;
  readonly end: () => void;
}

/** Clips that are being recorded at once: the controller asks for one at a time. */
const mostRecordings = 2;
/** Silence of a camera that a clip does not tell of. */
const longestPause: Milliseconds = 1_500;
/** What a clip at the camera's shortest reach is allowed to miss. */
const tolerance: Milliseconds = 100;

/** Clips of what a camera has sent, from its own units. */
export class CameraClips implements ClipSource, UnitListener {
  readonly cameraId: string;
  readonly #options: CameraClipsOptions;
  readonly #buffer: ClipBuffer;
  readonly #recordings = new Set<Recording>();
  #connection = 0;

  constructor(options: CameraClipsOptions) {
    this.cameraId = options.cameraId;
    this.#options = options;
    this.#buffer = new ClipBuffer({ span: options.span, bytes: options.mostBytes });
  }

  /** In bytes, of what was sent lately. */
  get held(): number {
    return this.#buffer.bytes;
  }

  onUnit({ bytes, isKey, at, streamTime }: ArrivedUnit, description: StreamDescription): void {
    const unit = { bytes, isKey, at, streamTime, description, connection: this.#connection };
    this.#buffer.push(unit);
    for (const recording of this.#recordings) this.#record(recording, unit);
  }

  onConnectionOver(): void {
    this.#connection += 1;
  }

  async clip(from: Instant, until: Instant): Promise<TakenClip> {
    const { clock, launch, ffmpegPath } = this.#options;
    if (this.#recordings.size >= mostRecordings) return no("a clip of this camera is being recorded already");
    const program = ffmpegPath ?? findProgram("ffmpeg");
    if (program === undefined) return no("FFmpeg was not found");
    const kept = this.#buffer.from(from);
    const { units, isFull } = await this.#recorded(kept.units, until);
    const same = ofOneKind(units);
    const [first, last] = [same[0], same.at(-1)];
    if (first === undefined || last === undefined || last.at < from)
      return no("the camera sent nothing in that time");
    const file = await clipFileOf(same, { program, clock, ...(launch === undefined ? {} : { launch }) });
    if ("problem" in file) return no(file.problem);
    const why = [
      ...(kept.isCut && since(from, first.at) > tolerance
        ? ["too little memory for what the camera sends"]
        : []),
      ...(isFull ? ["it grew too large"] : []),
      ...(same.length < units.length ? ["the camera changed its kind of video"] : []),
      ...gaps(same, from, isFull ? last.at : until),
    ];
    const cut = why.length === 0 ? null : why.slice(0, 4).join("; ");
    return { kept: true, mp4: file.mp4, from: first.at, until: last.at, cut };
  }

  async #recorded(
    before: readonly KeptUnit[],
    until: Instant,
  ): Promise<{ readonly units: readonly KeptUnit[]; readonly isFull: boolean }> {
    const { clock } = this.#options;
    const { promise, resolve } = Promise.withResolvers<void>();
    const recording: Recording = { until, units: [], bytes: 0, isFull: false, end: resolve };
    for (const unit of before) this.#record(recording, unit);
    if (clock.now() < until) {
      using _end = clock.wakeAt(until, resolve);
      this.#recordings.add(recording);
      await promise;
      this.#recordings.delete(recording);
    }
    return recording;
  }

  #record(recording: Recording, unit: KeptUnit): void {
    if (recording.isFull) return;
    if (unit.at > recording.until) return recording.end();
    const before = recording.units.at(-1);
    // Without the key picture there is nothing to see.
    if (before?.connection !== unit.connection && !unit.isKey) return;
    recording.isFull = recording.bytes + unit.bytes.length > 3 * this.#options.mostBytes;
    if (recording.isFull) return recording.end();
    recording.units.push(unit);
    recording.bytes += unit.bytes.length;
  }
}

const no = (detail: string): TakenClip => ({ kept: false, detail });

/** One track holds one kind of video. */
function ofOneKind(units: readonly KeptUnit[]): readonly KeptUnit[] {
  const codec = units[0]?.description.codec;
  const other = units.findIndex(({ description }) => description.codec !== codec);
  return other < 0 ? units : units.slice(0, other);
}

/** Where the camera was silent. */
function gaps(units: readonly KeptUnit[], from: Instant, until: Instant): readonly string[] {
  const times = [from, ...units.map(({ at }) => at).filter((at) => at > from), until];
  return times.flatMap((at, index) => {
    const pause = since(times[index - 1] ?? at, at);
    return pause > longestPause ? [`nothing came for ${(pause / 1000).toFixed(1)} s`] : [];
  });
}
