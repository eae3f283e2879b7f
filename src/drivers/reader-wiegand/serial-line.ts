/** A serial line that is open. */
export interface SerialLine {
  close(): Promise<void>;
}

export interface SerialLineEvents {
  onBytes(bytes: Uint8Array): void;
  /** Once, when it is gone by itself; not after `close`. */
  onGone(reason: string): void;
}

/** Rejects where it cannot be opened. What had come in before is dropped. */
export type OpenSerialLine = (device: string, events: SerialLineEvents) => Promise<SerialLine>;
