import type { AccessPointRef } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";

/** A card as a reader reported it: untrusted input. */
export interface CardRead extends AccessPointRef {
  /** As printed on the card or decoded from its format; 1 to 64 visible characters. */
  readonly number: string;
  /** For example `wiegand26`, `raw`: how the number came about, for the record. The number alone names a card. */
  readonly format: string;
  readonly at: Instant;
}

/** Keys as they were pressed, one or more at a time: untrusted input. Never logged, never recorded. */
export interface KeysPressed extends AccessPointRef {
  /** Digits, `#` (enter) and `*` (clear), 1 to 16. */
  readonly keys: string;
  readonly at: Instant;
}

/** How a reader itself is doing. Told once after opening, and whenever something of it changes. */
export interface ReaderStatus extends AccessPointRef {
  readonly state: "online" | "lost";
  /** The housing was opened, or the reader says so. Undefined: it cannot tell. */
  readonly tampered?: boolean | undefined;
  /** Its supply fails. Undefined: it cannot tell. */
  readonly powerFault?: boolean | undefined;
  /** For people: what is wrong and what to do; null where all is well. */
  readonly detail: string | null;
  readonly at: Instant;
}

export interface ReaderListener {
  /** Once per presentation. */
  onCard(read: CardRead): void;
  onKeys(keys: KeysPressed): void;
  onStatus(status: ReaderStatus): void;
}

/** What a reader tells the person before it; the same signal again changes nothing. */
export type ReaderSignal =
  /** Present a card. */
  | "ready"
  /** Something is being looked at or waited for. */
  | "busy"
  | "enterPin"
  | "granted"
  | "denied";

/** One or more readers of one kind, keypads with them: Wiegand, OSDP, HID keyboard, PC/SC, simulated. */
export interface CardReader extends AsyncDisposable {
  /** Starts reading. What is not there yet is waited for and told as lost: opening itself does not fail for it. */
  open(listener: ReaderListener): Promise<void>;
  /** Light, sound and text, as far as the reader there has them; nothing at access points that are not this driver's. */
  signal(where: AccessPointRef, signal: ReaderSignal): void;
}
