import type { AccessPointName, AccessPointRef, VestibuleId } from "../domain/names.ts";
import type { ActionOutcome } from "../ports/building-link.ts";
import type { CardRead, KeysPressed, ReaderSignal, ReaderStatus } from "../ports/card-reader.ts";
import type { Clock } from "../ports/clock.ts";
import { placeOf } from "../ports/reader-reports.ts";

interface Listener {
  onCard(read: CardRead): void;
  onKeys(keys: KeysPressed): void;
  onReader(status: ReaderStatus): void;
}

interface Reader {
  readonly where: AccessPointRef;
  there: boolean;
  tampered: boolean;
  signal: ReaderSignal | undefined;
}

/** A reader sends what is typed in pieces of at most this. */
const mostKeysAtOnce = 16;

/** The building's card readers, each with a keypad, a light, and a housing that can be opened or torn off. */
export class BuildingReaders {
  readonly #clock: Pick<Clock, "now">;
  readonly #listener: Listener;
  readonly #readers = new Map<string, Reader>();

  constructor(
    vestibules: readonly { readonly id: VestibuleId; readonly readers: readonly AccessPointName[] }[],
    clock: Pick<Clock, "now">,
    listener: Listener,
  ) {
    this.#clock = clock;
    this.#listener = listener;
    for (const { id, readers } of vestibules) {
      for (const accessPoint of readers) {
        const where = { vestibule: id, accessPoint };
        this.#readers.set(placeOf(where), { where, there: true, tampered: false, signal: undefined });
      }
    }
  }

  /** How each of them is now. */
  all(): readonly ReaderStatus[] {
    return [...this.#readers.values()].map((reader) => this.#statusOf(reader));
  }

  /** A reader that is torn off reads nothing, and nobody notices at the card. */
  present({ vestibule, accessPoint }: AccessPointRef, number: string): ActionOutcome {
    const reader = this.#readers.get(placeOf({ vestibule, accessPoint }));
    if (reader === undefined) return missing("reader", { vestibule, accessPoint });
    if (reader.there)
      this.#listener.onCard({ vestibule, accessPoint, number, format: "raw", at: this.#clock.now() });
    return { done: true };
  }

  press({ vestibule, accessPoint }: AccessPointRef, keys: string): ActionOutcome {
    const reader = this.#readers.get(placeOf({ vestibule, accessPoint }));
    if (reader === undefined) return missing("keypad", { vestibule, accessPoint });
    for (let at = 0; reader.there && at < keys.length; at += mostKeysAtOnce) {
      const some = keys.slice(at, at + mostKeysAtOnce);
      this.#listener.onKeys({ vestibule, accessPoint, keys: some, at: this.#clock.now() });
    }
    return { done: true };
  }

  signal(where: AccessPointRef, signal: ReaderSignal): void {
    const reader = this.#readers.get(placeOf(where));
    if (reader !== undefined) reader.signal = signal;
  }

  /** What readers show, by `v1.outer-entry.reader`; those that were never told anything show nothing. */
  signals(): ReadonlyMap<string, ReaderSignal> {
    const shown = new Map<string, ReaderSignal>();
    for (const [place, { signal }] of this.#readers)
      if (signal !== undefined) shown.set(`${place}.reader`, signal);
    return shown;
  }

  /** `v1.outer-entry.reader`: whether it is there; `v1.outer-entry.tamper`: whether its housing is open. */
  inputs(): ReadonlyMap<string, (active: boolean | null) => void> {
    const inputs = new Map<string, (active: boolean | null) => void>();
    for (const [place, reader] of this.#readers) {
      inputs.set(`${place}.reader`, (active) =>
        this.#change(reader, () => (reader.there = active !== false)),
      );
      inputs.set(`${place}.tamper`, (active) =>
        this.#change(reader, () => (reader.tampered = active === true)),
      );
    }
    return inputs;
  }

  #change(reader: Reader, change: () => void): void {
    const before = JSON.stringify([reader.there, reader.tampered]);
    change();
    if (JSON.stringify([reader.there, reader.tampered]) !== before)
      this.#listener.onReader(this.#statusOf(reader));
  }

  #statusOf({ where, there, tampered }: Reader): ReaderStatus {
    return {
      ...where,
      state: there ? "online" : "lost",
      tampered,
      detail: there ? (tampered ? "its housing is open" : null) : "it does not answer: look at its cable",
      at: this.#clock.now(),
    };
  }
}

const missing = (what: string, where: AccessPointRef): ActionOutcome => ({
  done: false,
  reason: "unknownName",
  detail: `no ${what} at ${placeOf(where)}`,
});
