import { type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { FramePace } from "../../ports/frame-source.ts";
import { type ArrivedUnit, GroupOfPictures } from "./group-of-pictures.ts";
import type { PictureDecoder } from "./picture-decoder.ts";
import { isStirred, observeSize, type UnitSizes, unknownSizes } from "./unit-sizes.ts";

/** At idle pace no more than this: some cameras send nothing but key pictures. */
const idleInterval: Milliseconds = 900;
/** A stir is shown for so long, by then whoever watches has seen whether anything moves. */
const stirShown: Milliseconds = 3_000;
/** Jitter of a camera at exactly the rate asked for would otherwise cost every other picture. */
const tolerance = 0.05;

export interface FeederOptions {
  readonly framesPerSecond: number;
  /** Starts a decoder; what it shows goes to the one who made the feeder. */
  readonly start: () => PictureDecoder | undefined;
}

/**
 * Decides what is decoded. Idle, entrances only; everything since the last one is kept undecoded. Going live, the
 * decoder is given what it missed and shows the newest of it: the present, with no key picture to wait for. So it is for
 * a moment when the sizes of idle units say that something stirs.
 */
export class UnitFeeder {
  readonly #interval: Milliseconds;
  readonly #start: () => PictureDecoder | undefined;
  readonly #group = new GroupOfPictures();
  #decoder: PictureDecoder | undefined;
  #pace: FramePace;
  #due: Milliseconds | undefined;
  #idleShownAt: Instant | undefined;
  #hasEntrances = false;
  #sizes: UnitSizes = unknownSizes;
  #stirredAt: Instant | undefined;

  constructor({ framesPerSecond, start }: FeederOptions, pace: FramePace) {
    this.#interval = 1000 / framesPerSecond;
    this.#start = start;
    this.#pace = pace;
  }

  get decoder(): PictureDecoder | undefined {
    return this.#decoder;
  }

  /** Whether the camera cannot be watched idly, as far as is known. */
  get isRestless(): boolean {
    return this.#group.isTooLong;
  }

  /** A unit that has just arrived. */
  push(unit: ArrivedUnit): void {
    this.#hasEntrances ||= unit.isEntrance;
    if (!this.#group.hasRoomFor(unit)) this.#catchUp(undefined);
    this.#group.push(unit);
    // A stream without entrances is decoded from its first unit on; with them, a decoder begins at one.
    if (this.#decoder === undefined && (unit.isEntrance || !this.#hasEntrances))
      this.#decoder = this.#start();
    const wasStirred = this.#isStirred(unit.at);
    if (!unit.isEntrance) this.#sizes = observeSize(this.#sizes, unit.bytes.length);
    if (isStirred(this.#sizes)) this.#stirredAt = unit.at;
    const isStirring = this.#isStirred(unit.at);
    if (this.#pace === "idle" && this.#group.allowsIdling && !isStirring) this.#feedIdly(unit);
    else this.#catchUp(unit, this.#pace === "idle" && isStirring && !wasStirred);
  }

  pace(pace: FramePace): void {
    this.#pace = pace;
    if (pace === "live") this.#catchUp(this.#group.after(this.#decoder?.fed ?? -1).at(-1), true);
  }

  /** The decoder has died or is given up: the next one begins with the next entrance, as this group may have been why. */
  lose(decoder: PictureDecoder): void {
    if (this.#decoder === decoder) this.#decoder = undefined;
  }

  #isStirred(now: Instant): boolean {
    return this.#stirredAt !== undefined && since(this.#stirredAt, now) < stirShown;
  }

  #feedIdly(unit: ArrivedUnit): void {
    const isTime = this.#idleShownAt === undefined || since(this.#idleShownAt, unit.at) >= idleInterval;
    if (!unit.isEntrance || !isTime) return;
    this.#idleShownAt = unit.at;
    this.#decoder?.feed(unit, true);
  }

  /** Everything kept and not yet decoded; of that, at most `newest` is shown. */
  #catchUp(newest: ArrivedUnit | undefined, isUrgent = false): void {
    const decoder = this.#decoder;
    if (decoder === undefined) return;
    for (const unit of this.#group.after(decoder.fed)) {
      decoder.feed(unit, unit === newest && this.#isDue(unit.streamTime, isUrgent));
    }
    // A group too long to be kept is decoded all the same.
    if (newest !== undefined && decoder.fed < newest.number) {
      decoder.feed(newest, this.#isDue(newest.streamTime, isUrgent));
    }
  }

  /** Keeps the average rate: what comes a little late does not push back what follows. */
  #isDue(streamTime: Milliseconds, isUrgent: boolean): boolean {
    const due = this.#due;
    const interval = this.#interval;
    const isFarOff = due === undefined || Math.abs(streamTime - due) > 2 * interval;
    if (isUrgent || isFarOff) {
      this.#due = streamTime + interval;
      return true;
    }
    if (streamTime < due - tolerance * interval) return false;
    this.#due = due + interval;
    return true;
  }
}
