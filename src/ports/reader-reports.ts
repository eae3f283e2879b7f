import type { AccessPointRef } from "../domain/names.ts";
import type { CardRead, KeysPressed, ReaderListener, ReaderStatus } from "./card-reader.ts";

/** What a card's number may be made of: visible characters, no blanks, nothing that turns or hides a text. */
const isCardNumber = (number: unknown): number is string =>
  typeof number === "string" && /^[\p{L}\p{N}\p{P}\p{S}]{1,64}$/u.test(number);

const isKeys = (keys: unknown): keys is string => typeof keys === "string" && /^[0-9#*]{1,16}$/.test(keys);

const mostDetail = 300;

/**
 * What every driver of CardReader promises its listener, kept in one place: only what can be a card or keys, a status
 * only when it differs from the one before, and nothing at all after the end.
 */
export class ReaderReports {
  readonly #listener: ReaderListener;
  readonly #told = new Map<string, string>();
  #ended = false;

  constructor(listener: ReaderListener) {
    this.#listener = listener;
  }

  /** False where it cannot be a card, and nobody was told. */
  card(read: CardRead): boolean {
    if (this.#ended || !isCardNumber(read.number) || !isCardNumber(read.format)) return false;
    this.#listener.onCard(read);
    return true;
  }

  /** False where these are no keys, and nobody was told. */
  keys(keys: KeysPressed): boolean {
    if (this.#ended || !isKeys(keys.keys)) return false;
    this.#listener.onKeys(keys);
    return true;
  }

  status(status: ReaderStatus): void {
    const { at: _, detail, ...rest } = status;
    const place = placeOf(status);
    const said = JSON.stringify({ ...rest, detail });
    if (this.#ended || this.#told.get(place) === said) return;
    this.#told.set(place, said);
    this.#listener.onStatus({ ...status, detail: detail === null ? null : detail.slice(0, mostDetail) });
  }

  end(): void {
    this.#ended = true;
  }
}

/** `v1.outer-entry`, for maps and log lines. */
export const placeOf = ({ vestibule, accessPoint }: AccessPointRef): string => `${vestibule}.${accessPoint}`;
