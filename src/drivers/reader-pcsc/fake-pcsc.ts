import { PcscError, type PcscLibrary, type ReaderState } from "./pcsc-library.ts";

const empty = 0x10;
const present = 0x20;

/** The library's seam: readers with cards on them, as a test puts them there. */
export class FakePcsc implements PcscLibrary {
  service = true;
  readonly #readers = new Map<string, { card: Uint8Array | "mute" | undefined; count: number }>();
  #connected = false;

  plug(reader: string): void {
    this.#readers.set(reader, { card: undefined, count: 0 });
  }

  unplug(reader: string): void {
    this.#readers.delete(reader);
  }

  /** Its whole answer to GET DATA. */
  put(reader: string, answer: Uint8Array | "mute"): void {
    const slot = this.#readers.get(reader);
    if (slot !== undefined) Object.assign(slot, { card: answer, count: slot.count + 1 });
  }

  take(reader: string): void {
    const slot = this.#readers.get(reader);
    if (slot !== undefined) Object.assign(slot, { card: undefined, count: slot.count + 1 });
  }

  connect(): void {
    if (!this.service) throw new PcscError("SCardEstablishContext", "NO_SERVICE");
    this.#connected = true;
  }

  disconnect(): void {
    this.#connected = false;
  }

  readers(): readonly string[] {
    if (!this.service || !this.#connected) throw new PcscError("SCardListReaders", "NO_SERVICE");
    return [...this.#readers.keys()];
  }

  waitForChange(known: readonly ReaderState[]): readonly ReaderState[] {
    return known.map(({ reader }) => {
      const slot = this.#readers.get(reader);
      if (slot === undefined) throw new PcscError("SCardGetStatusChange", "UNKNOWN_READER");
      const card = slot.card === undefined ? empty : present | (slot.card === "mute" ? 0x200 : 0);
      return { reader, state: (slot.count << 16) | card };
    });
  }

  transmit(reader: string, command: Uint8Array): Uint8Array {
    const card = this.#readers.get(reader)?.card;
    if (card === undefined || card === "mute") throw new PcscError("SCardConnect", "NO_SMARTCARD");
    return Buffer.from(command).toString("hex") === "ffca000000" ? card : Uint8Array.of(0x6d, 0);
  }
}
