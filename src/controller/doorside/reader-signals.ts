import type { CardReader, ReaderSignal } from "../../ports/card-reader.ts";
import type { DisplayView, VestibuleView } from "../../ports/controller-services.ts";

/** What a reader's light and sound say, beside the display: nothing that the display does not say. */
const signalOf: Readonly<Record<DisplayView["text"], ReaderSignal>> = {
  ready: "ready",
  wait: "denied",
  look: "busy",
  turnLeft: "busy",
  turnRight: "busy",
  blink: "busy",
  openMouth: "busy",
  enterPin: "enterPin",
  nextPerson: "ready",
  waitForHost: "ready",
  waitForStaff: "busy",
  welcome: "granted",
  tryAgain: "denied",
  askStaff: "denied",
  closeDoor: "denied",
  occupied: "denied",
  closed: "denied",
  doorOpen: "granted",
  keepClear: "denied",
};

/** Tells the readers what the displays tell. */
export class ReaderSignals {
  readonly #readers: readonly CardReader[];
  readonly #shown = new Map<string, ReaderSignal>();

  constructor(readers: readonly CardReader[]) {
    this.#readers = readers;
  }

  /** As the displays are now; each change is told once. */
  follow(vestibules: readonly Pick<VestibuleView, "id" | "displays">[]): void {
    for (const { id: vestibule, displays } of vestibules)
      for (const [accessPoint, display] of Object.entries(displays)) {
        const where = { vestibule, accessPoint: accessPoint as keyof typeof displays }; // the keys of what is iterated
        const key = `${vestibule}/${accessPoint}`;
        const signal = signalOf[display.text];
        if (this.#shown.get(key) === signal) continue;
        this.#shown.set(key, signal);
        for (const reader of this.#readers) reader.signal(where, signal);
      }
  }
}
