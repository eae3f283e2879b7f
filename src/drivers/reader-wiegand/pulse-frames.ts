import { after, type Instant, type Milliseconds, since } from "../../domain/time.ts";
import { mostBits, type Refusal } from "./formats.ts";

/** A falling edge of D0 or D1, stamped when it happened and not when it was heard of. */
export interface Pulse {
  readonly wire: 0 | 1;
  readonly at: Instant;
}

export type Frame = { readonly bits: string } | { readonly refused: Refusal };

/** Readers leave 0.2 to 20 ms between pulses; nearer is an echo or both wires at once, farther is the next frame. */
const leastInterval: Milliseconds = 0.15;
const frameGap: Milliseconds = 25;

/** Makes frames of pulses. Whoever feeds it also lets it know when time passes: only silence ends a frame. */
export class PulseFrames {
  #bits = "";
  #last: Instant | undefined;
  #spoilt: Refusal | undefined;

  /** The frame before, where this pulse begins another one. */
  pulse({ wire, at }: Pulse): Frame | undefined {
    const finished = this.silence(at);
    if (this.#last !== undefined && since(this.#last, at) < leastInterval) this.#spoilt ??= "noise";
    if (this.#bits.length < mostBits) this.#bits += wire;
    else this.#spoilt ??= "overflow";
    this.#last = at;
    return finished;
  }

  /** The frame that is over by now, if any. */
  silence(now: Instant): Frame | undefined {
    if (this.#last === undefined || since(this.#last, now) < frameGap) return undefined;
    const frame: Frame = this.#spoilt === undefined ? { bits: this.#bits } : { refused: this.#spoilt };
    this.#bits = "";
    this.#last = undefined;
    this.#spoilt = undefined;
    return frame;
  }

  /** When to ask for silence. */
  deadline(): Instant | undefined {
    return this.#last === undefined ? undefined : after(this.#last, frameGap);
  }
}
