import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Refusal } from "./formats.ts";

/** One bad frame is a card drawn away too soon; so many within this are worth somebody's look. */
const worthTelling = 3;
const window: Milliseconds = 60_000;

const meaning: Readonly<Record<Refusal, string>> = {
  length: "of a length that no configured format has",
  parity: "with wrong parity",
  noise: "disturbed",
  overflow: "too long",
  repeated: "repeated sooner than a card can be presented",
  malformed: "that are none of the converter's",
};

/** Counts frames that are nobody's card, and has it told while there are many. */
export class RefusedFrames implements Disposable {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #counts = new Map<Refusal, number>();
  #end: Disposable | undefined;
  #told: string | null = null;

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  count(reason: Refusal): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    this.#end ??= this.#clock.wakeAt(after(this.#clock.now(), window), () => this.#look());
    // Told at once for the first time, then with the minute: a reader that sends noise all day is one change a minute.
    if (this.#told === null && this.#sum() >= worthTelling) this.#tell();
  }

  /** Null while there are none to speak of. */
  text(): string | null {
    return this.#told;
  }

  [Symbol.dispose](): void {
    this.#end?.[Symbol.dispose]();
  }

  #look(): void {
    this.#end = undefined;
    const before = this.#told;
    this.#told = null;
    if (this.#sum() >= worthTelling) this.#tell();
    else if (before !== null) this.#changed();
    // As long as there was anything, it is looked at once more, so that the last word is that it is quiet.
    if (this.#counts.size > 0)
      this.#end = this.#clock.wakeAt(after(this.#clock.now(), window), () => this.#look());
    this.#counts.clear();
  }

  #sum(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  #tell(): void {
    const kinds = [...this.#counts.keys()].map((reason) => meaning[reason]);
    this.#told = `frames are refused: ${kinds.join(", ")}; check the cable's shield and length, and the formats`;
    this.#changed();
  }
}
