import type { AccessPointRef } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";

/** A card as a reader reported it: untrusted input. */
export interface CardRead extends AccessPointRef {
  /** As printed on the card or decoded from its format; 1 to 64 visible characters. */
  readonly number: string;
  /** For example `wiegand26`, `raw`; the format and the number together name a card. */
  readonly format: string;
  readonly at: Instant;
}

export interface CardReader extends AsyncDisposable {
  /** Starts reading; `onCard` is called once per presentation. */
  open(onCard: (read: CardRead) => void): Promise<void>;
}
