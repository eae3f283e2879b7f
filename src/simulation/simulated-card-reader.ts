import type { AccessPointRef } from "../domain/names.ts";
import type { BuildingMessage } from "../ports/building-link.ts";
import type { CardReader, ReaderListener, ReaderSignal, ReaderStatus } from "../ports/card-reader.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import { placeOf, ReaderReports } from "../ports/reader-reports.ts";

/** All readers of the simulated building on one cable; each has a keypad. */
export class SimulatedCardReader implements CardReader {
  readonly #link: ProcessLink;
  readonly #clock: Pick<Clock, "now">;
  readonly #known = new Map<string, ReaderStatus>();
  readonly #signalled = new Map<string, ReaderSignal>();
  #reports: ReaderReports | undefined;
  #disposed = false;

  constructor(link: ProcessLink, clock: Pick<Clock, "now">) {
    this.#link = link;
    this.#clock = clock;
  }

  async open(listener: ReaderListener): Promise<void> {
    this.#reports = new ReaderReports(listener);
    this.#link.onMessage((from, message) => {
      if (from === "building") this.#onMessage(message as BuildingMessage); // only our own processes share the link
    });
    this.#link.onPeer((role, state) => {
      if (role !== "building") return;
      // A building that comes back has forgotten who listened.
      if (state === "up") this.#attach();
      else this.#loseAll();
    });
    this.#attach();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#reports?.end();
  }

  signal(where: AccessPointRef, signal: ReaderSignal): void {
    const place = placeOf(where);
    if (this.#disposed || !this.#known.has(place) || this.#signalled.get(place) === signal) return;
    this.#signalled.set(place, signal);
    const { vestibule, accessPoint } = where;
    this.#link.send("building", { type: "signalReader", vestibule, accessPoint, signal });
  }

  #attach(): void {
    if (!this.#disposed) this.#link.send("building", { type: "attachReaders" });
  }

  #loseAll(): void {
    this.#signalled.clear();
    const detail = "the simulated building is down";
    for (const known of this.#known.values())
      this.#reports?.status({ ...known, state: "lost", detail, at: this.#clock.now() });
  }

  /** A card is untrusted input, and so is whoever simulates one. */
  #onMessage(message: BuildingMessage): void {
    switch (message.type) {
      case "card":
        this.#reports?.card(message.read);
        return;
      case "keys":
        this.#reports?.keys(message.keys);
        return;
      case "reader":
        this.#known.set(placeOf(message.status), message.status);
        this.#reports?.status(message.status);
        return;
      case "reading":
      case "linesAttached":
      case "scene":
      case "acted":
        return;
    }
  }
}
