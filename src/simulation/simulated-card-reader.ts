import type { BuildingMessage } from "../ports/building-link.ts";
import type { CardReader, ReaderListener } from "../ports/card-reader.ts";
import type { ProcessLink } from "../ports/process-link.ts";

/** All readers of the simulated building on one cable. */
export class SimulatedCardReader implements CardReader {
  readonly #link: ProcessLink;
  #listener: ReaderListener | undefined;
  #disposed = false;

  constructor(link: ProcessLink) {
    this.#link = link;
  }

  async open(listener: ReaderListener): Promise<void> {
    this.#listener = listener;
    this.#link.onMessage((from, message) => {
      if (from === "building") this.#onMessage(message as BuildingMessage); // only our own processes share the link
    });
    // A building that comes back has forgotten who listened.
    this.#link.onPeer((role, state) => {
      if (role === "building" && state === "up") this.#attach();
    });
    this.#attach();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#listener = undefined;
  }

  /** The simulated readers have no light of their own: the door display beside them says it. */
  signal(): void {}

  #attach(): void {
    if (!this.#disposed) this.#link.send("building", { type: "attachReaders" });
  }

  #onMessage(message: BuildingMessage): void {
    if (message.type === "card" && isCardNumber(message.read.number)) this.#listener?.onCard(message.read);
  }
}

/** What the port promises: a card is untrusted input, and so is whoever simulates one. */
const isCardNumber = (number: unknown): boolean =>
  typeof number === "string" && /^[\p{L}\p{N}\p{P}\p{S}]{1,64}$/u.test(number);
