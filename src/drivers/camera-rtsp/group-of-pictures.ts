import { type Instant, type Milliseconds, since } from "../../domain/time.ts";

/** A unit that arrived, with its place in the stream. */
export interface ArrivedUnit {
  /** Counts up from 0 for each connection. */
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly isKey: boolean;
  /** A decoder can begin with it, whatever came before. */
  readonly isEntrance: boolean;
  readonly at: Instant;
  readonly streamTime: Milliseconds;
  /** How late it came. */
  readonly lag: Milliseconds;
  /** Key units up to and with this one. */
  readonly group: number;
}

export interface GroupLimits {
  readonly units: number;
  readonly bytes: number;
  /** Between entrances; a camera with longer groups cannot be watched by its key pictures alone. */
  readonly interval: Milliseconds;
}

export const groupLimits: GroupLimits = { units: 256, bytes: 8_000_000, interval: 2_500 };

/** Intervals a camera is known by: one may be short because the camera was just asked for a key picture. */
const intervalsKnown = 3;

/**
 * The units since the last entrance: what a decoder has to be given before it can show the present. Bounded; a group
 * that grows over the bounds is let go, and until the next entrance nobody can catch up (the decoder has to stay awake).
 */
export class GroupOfPictures {
  readonly #limits: GroupLimits;
  #units: ArrivedUnit[] = [];
  #bytes = 0;
  #entrance: ArrivedUnit | undefined;
  /** Of the newest unit, since the entrance. */
  #age: Milliseconds = 0;
  #isWhole = false;
  #intervals: readonly Milliseconds[] = [];

  constructor(limits = groupLimits) {
    this.#limits = limits;
  }

  /** Whether `unit` can be kept beside the others. An entrance always can: it takes their place. */
  hasRoomFor({ isEntrance, bytes }: ArrivedUnit): boolean {
    return (
      isEntrance ||
      (this.#units.length < this.#limits.units && this.#bytes + bytes.length <= this.#limits.bytes)
    );
  }

  push(unit: ArrivedUnit): void {
    this.#age = this.#ageAt(unit);
    if (unit.isEntrance) this.#begin(unit);
    else if (!this.#isWhole) return;
    else if (!this.hasRoomFor(unit)) return this.#letGo();
    this.#units.push(unit);
    this.#bytes += unit.bytes.length;
  }

  /** In order. Empty where no whole group is kept. */
  after(number: number): readonly ArrivedUnit[] {
    return this.#units.filter((unit) => unit.number > number);
  }

  /** Whether the camera's habit allows to decode entrances only, and the kept units allow to come back from that. */
  get allowsIdling(): boolean {
    return this.#isWhole && this.#intervals.length > 0 && !this.isTooLong;
  }

  /** Whether key pictures have shown to be too far apart; false while nothing is known. */
  get isTooLong(): boolean {
    return [...this.#intervals, this.#age].some((interval) => interval > this.#limits.interval);
  }

  #begin(unit: ArrivedUnit): void {
    if (this.#entrance !== undefined)
      this.#intervals = [...this.#intervals, this.#age].slice(-intervalsKnown);
    this.#entrance = unit;
    this.#age = 0;
    this.#units = [];
    this.#bytes = 0;
    this.#isWhole = true;
  }

  /** By the camera's own clock, as a busy machine's is no habit of the camera; a clock that stands still is not believed. */
  #ageAt({ at, streamTime }: ArrivedUnit): Milliseconds {
    if (this.#entrance === undefined) return 0;
    return Math.max(Math.abs(streamTime - this.#entrance.streamTime), since(this.#entrance.at, at) / 2);
  }

  #letGo(): void {
    this.#units = [];
    this.#bytes = 0;
    this.#isWhole = false;
  }
}
