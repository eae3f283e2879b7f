import type { AccessPointRef } from "../../domain/names.ts";
import { after, type Instant, type Milliseconds } from "../../domain/time.ts";
import type { KeysPressed } from "../../ports/card-reader.ts";
import type { Clock } from "../../ports/clock.ts";

/** Keys pressed so far apart belong to two attempts. */
const betweenKeys: Milliseconds = 10_000;
/** No PIN is longer; whoever presses more has entered none, and is judged by what he entered, not by its beginning. */
const mostDigits = 16;

export interface KeypadsOptions {
  readonly clock: Clock;
  /** The passage at this access point that a PIN may still be entered for. */
  readonly expecting: (where: AccessPointRef) => string | undefined;
  readonly onEntered: (passage: string, entered: string) => void;
}

interface Entry {
  readonly passage: string;
  readonly digits: string;
  readonly until: Instant;
}

/** Puts keys together to entries: `#` ends one, `*` clears it. Keys that nobody was asked for are forgotten. */
export class Keypads {
  readonly #options: KeypadsOptions;
  /** One for each access point with a passage under way. */
  readonly #entries = new Map<string, Entry>();

  constructor(options: KeypadsOptions) {
    this.#options = options;
  }

  onKeys({ vestibule, accessPoint, keys }: KeysPressed): void {
    const key = `${vestibule}/${accessPoint}`;
    for (const pressed of keys) {
      // Asked for each key: the one before may have ended the attempt.
      const passage = this.#options.expecting({ vestibule, accessPoint });
      if (passage === undefined) this.#entries.delete(key);
      else this.#press(key, passage, pressed);
    }
  }

  #press(key: string, passage: string, pressed: string): void {
    const digits = this.#digitsOf(key, passage);
    if (pressed === "#") {
      this.#entries.delete(key);
      // Enter alone is an impatient finger, not a guess.
      if (digits !== "") this.#options.onEntered(passage, digits);
    } else if (pressed === "*") {
      this.#entries.delete(key);
    } else if (/^[0-9]$/.test(pressed)) {
      const until = after(this.#options.clock.now(), betweenKeys);
      this.#entries.set(key, { passage, digits: (digits + pressed).slice(0, mostDigits + 1), until });
    }
  }

  /** Another person's keys, and those of long ago, are nobody's. */
  #digitsOf(key: string, passage: string): string {
    const entry = this.#entries.get(key);
    const goesOn = entry?.passage === passage && entry.until > this.#options.clock.now();
    return goesOn ? entry.digits : "";
  }
}
