import type { Instant } from "../domain/time.ts";
import { lineOf, type Reading } from "../ports/door-hardware.ts";
import type { InterlockMessage, LineReport } from "../ports/interlock-link.ts";

/** Each input as its wire reads, and as it counted last; only looked at, nothing is decided by it. */
export class LineLevels {
  readonly #lines = new Map<string, LineReport>();

  /** A raw edge, or the first reading. */
  onReading(reading: Reading, at: Instant): void {
    const name = lineOf(reading);
    const known = this.#lines.get(name);
    if (known === undefined) {
      this.#lines.set(name, { name, raw: reading, steady: undefined, changedAt: undefined, changes: 0 });
    } else if (known.raw.value !== reading.value) {
      this.#lines.set(name, { ...known, raw: reading, changedAt: at, changes: known.changes + 1 });
    }
  }

  /** It counts from now on. */
  onSteady(reading: Reading): void {
    const known = this.#lines.get(lineOf(reading));
    if (known !== undefined) this.#lines.set(known.name, { ...known, steady: reading });
  }

  message(run: string, at: Instant): InterlockMessage {
    return { type: "lines", run, at, lines: [...this.#lines.values()] };
  }
}
