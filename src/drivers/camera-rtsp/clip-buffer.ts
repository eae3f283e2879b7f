import { type Instant, instant, type Milliseconds, since } from "../../domain/time.ts";
import type { ArrivedUnit } from "./group-of-pictures.ts";
import type { StreamDescription } from "./stream-units.ts";

/** A unit with what is needed to put it into a clip. */
export interface KeptUnit extends Pick<ArrivedUnit, "bytes" | "isKey" | "at" | "streamTime"> {
  readonly description: StreamDescription;
  /** Of the connection it came over: another one counts its time anew. */
  readonly connection: number;
}

export interface ClipBufferLimits {
  readonly span: Milliseconds;
  readonly bytes: number;
}

/** Between two pictures of a stream that goes on. */
const longestInterval: Milliseconds = 1_000;

interface Group {
  readonly units: KeptUnit[];
  bytes: number;
}

/** What a camera has sent lately, undecoded, in whole groups from one key picture to the next. */
export class ClipBuffer {
  readonly #limits: ClipBufferLimits;
  readonly #groups: Group[] = [];
  #bytes = 0;
  /** Up to when units were let go for want of room. */
  #cutUntil: Instant | undefined;

  constructor(limits: ClipBufferLimits) {
    this.#limits = limits;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(unit: KeptUnit): void {
    const newest = this.#groups.at(-1);
    const goesOn = newest?.units[0]?.connection === unit.connection;
    if (unit.isKey) this.#groups.push({ units: [], bytes: 0 });
    // Nothing can be shown of it before the next key picture.
    else if (!goesOn) return;
    const group = this.#groups.at(-1);
    if (group === undefined) return;
    group.units.push(unit);
    group.bytes += unit.bytes.length;
    this.#bytes += unit.bytes.length;
    this.#forget(unit.at);
  }

  /** From the last key picture before `from` on. `isCut`: there was more, and no room for it. */
  from(from: Instant): { readonly units: readonly KeptUnit[]; readonly isCut: boolean } {
    const units = this.#groups
      .filter((_, index) => this.#shownUntil(index) >= from)
      .flatMap((group) => group.units);
    return { units, isCut: this.#cutUntil !== undefined && this.#cutUntil >= from };
  }

  /**
   * A group's last picture is what the camera shows until the next group's first. Where that is long after, the camera
   * was away meanwhile, and the group is of another time.
   */
  #shownUntil(index: number): Instant {
    const last = this.#groups[index]?.units.at(-1);
    const next = this.#groups[index + 1]?.units[0];
    if (last === undefined) return next?.at ?? instant(0);
    const goesOn = next?.connection === last.connection && since(last.at, next.at) < longestInterval;
    return goesOn ? next.at : last.at;
  }

  #forget(now: Instant): void {
    for (;;) {
      const [oldest, second] = this.#groups;
      const next = second?.units[0];
      if (oldest === undefined) return;
      const isOverfull = this.#bytes > this.#limits.bytes;
      const isOld = next !== undefined && since(next.at, now) >= this.#limits.span;
      if (!isOverfull && !isOld) return;
      if (isOverfull && !isOld) this.#cutUntil = oldest.units.at(-1)?.at;
      this.#groups.shift();
      this.#bytes -= oldest.bytes;
    }
  }
}
