import { PcscError, type PcscLibrary, type ReaderState } from "./pcsc-library.ts";

/** What the thread that watches readers tells. */
export type PcscNews =
  /** The readers there are; told when that changes. */
  | { readonly type: "readers"; readonly names: readonly string[] }
  /** There is no service to ask; told once. */
  | { readonly type: "noService"; readonly reason: string }
  | { readonly type: "card"; readonly reader: string; readonly uid: Uint8Array }
  /** A card that would not say its UID. */
  | { readonly type: "refused"; readonly reader: string; readonly reason: string };

const present = 0x20;
const mute = 0x200;
const unknownOrUnavailable = 0x4 | 0x8;

/** GET DATA of the PC/SC specification, part 3: the UID of a contactless card. */
const getUid = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00);
/** ISO 14443 has 4, 7 and 10 bytes, others at most this. */
const longestUid = 32;

/** Readers that come and go, cards that are put there: one step after the other, each of which waits a little. */
export class PcscWatch {
  readonly #library: PcscLibrary;
  /** What is known of each reader; `undefined` before its first look. */
  readonly #known = new Map<string, number | undefined>();
  #told: string | undefined;
  #connected = false;

  constructor(library: PcscLibrary) {
    this.#library = library;
  }

  /** Takes at most about `limit` milliseconds where there is a service and a reader; returns at once where not. */
  step(limit: number): readonly PcscNews[] {
    try {
      if (!this.#connected) this.#library.connect();
      this.#connected = true;
      const names = this.#library.readers();
      return [...this.#readersAre(names), ...(names.length === 0 ? [] : this.#look(limit))];
    } catch (error) {
      if (!(error instanceof PcscError)) throw error;
      // A reader that was pulled out between two calls is seen with the next look at which there are.
      if (error.code === "UNKNOWN_READER" || error.code === "READER_UNAVAILABLE") return [];
      this.end();
      return this.#tell("noService", { type: "noService", reason: error.message });
    }
  }

  end(): void {
    if (this.#connected) this.#library.disconnect();
    this.#connected = false;
    this.#known.clear();
  }

  #readersAre(names: readonly string[]): readonly PcscNews[] {
    for (const name of this.#known.keys()) if (!names.includes(name)) this.#known.delete(name);
    for (const name of names) if (!this.#known.has(name)) this.#known.set(name, undefined);
    return this.#tell(JSON.stringify(names), { type: "readers", names });
  }

  #look(limit: number): readonly PcscNews[] {
    const known = [...this.#known].map(([reader, state]): ReaderState => ({ reader, state: state ?? 0 }));
    return this.#library.waitForChange(known, limit).flatMap(({ reader, state }): readonly PcscNews[] => {
      if ((state & unknownOrUnavailable) !== 0) return [];
      const before = this.#known.get(reader);
      this.#known.set(reader, state);
      // A card that lay there before anybody looked was presented to nobody.
      if (before === undefined || (state & present) === 0) return [];
      const isNew = (before & present) === 0 || before >>> 16 !== state >>> 16;
      return isNew ? [this.#read(reader, state)] : [];
    });
  }

  #read(reader: string, state: number): PcscNews {
    if ((state & mute) !== 0) return { type: "refused", reader, reason: "the card does not answer" };
    try {
      const answer = this.#library.transmit(reader, getUid);
      const uid = answer.subarray(0, -2);
      const [sw1, sw2] = answer.subarray(-2);
      if (sw1 !== 0x90 || sw2 !== 0 || uid.length === 0 || uid.length > longestUid)
        return { type: "refused", reader, reason: "the card has no UID that this reader tells" };
      return { type: "card", reader, uid: Uint8Array.from(uid) };
    } catch (error) {
      if (!(error instanceof PcscError)) throw error;
      return { type: "refused", reader, reason: error.message };
    }
  }

  #tell(what: string, news: PcscNews): readonly PcscNews[] {
    if (this.#told === what) return [];
    this.#told = what;
    return [news];
  }
}
