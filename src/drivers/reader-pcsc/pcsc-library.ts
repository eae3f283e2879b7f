/** What a call of the PC/SC library came to, as winscard.h names it. */
export class PcscError extends Error {
  readonly code: string;
  constructor(call: string, code: string) {
    super(`${call}: ${code}`);
    this.code = code;
  }
}

export interface ReaderState {
  readonly reader: string;
  /** Bits of SCARD_STATE_*; the upper half counts cards put there and taken away. */
  readonly state: number;
}

/** Synchronous, and waiting: for a thread of its own. Every call throws PcscError. */
export interface PcscLibrary {
  /** Reaches the service; NO_SERVICE where there is none. */
  connect(): void;
  disconnect(): void;
  readers(): readonly string[];
  /** Waits at most `limit` milliseconds for one of them to differ from what is known of it. */
  waitForChange(known: readonly ReaderState[], limit: number): readonly ReaderState[];
  /** One command to the card in a reader, and its answer with both status bytes at the end. */
  transmit(reader: string, command: Uint8Array): Uint8Array;
}
