import type { Clock } from "../ports/clock.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import type { Chronicle } from "./chronicle.ts";

/** Wakes the alarms when something is due though nothing happens; what is still held back at the end is told then. */
export class AlarmDeadlines implements Disposable {
  readonly #alarms: AlarmDesk;
  readonly #chronicle: Chronicle;
  readonly #clock: Clock;
  readonly #listening: Disposable;
  #wake: Disposable | undefined;

  constructor(alarms: AlarmDesk, chronicle: Chronicle, clock: Clock) {
    this.#alarms = alarms;
    this.#chronicle = chronicle;
    this.#clock = clock;
    this.#listening = alarms.onDeadline(() => this.#arm());
    this.#arm();
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
    this.#wake?.[Symbol.dispose]();
    this.#chronicle.alarmsMeet({ type: "Closing", at: this.#clock.now(), wall: this.#clock.wall() });
  }

  #arm(): void {
    this.#wake?.[Symbol.dispose]();
    const due = this.#alarms.deadline();
    this.#wake =
      due === undefined
        ? undefined
        : this.#clock.wakeAt(due, () =>
            this.#chronicle.alarmsMeet({
              type: "TimePassed",
              at: this.#clock.now(),
              wall: this.#clock.wall(),
            }),
          );
  }
}
