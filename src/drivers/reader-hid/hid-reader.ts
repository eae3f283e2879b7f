import type { AccessPointRef } from "../../domain/names.ts";
import { after, type Milliseconds } from "../../domain/time.ts";
import type { CardReader, ReaderListener } from "../../ports/card-reader.ts";
import type { Clock } from "../../ports/clock.ts";
import { ReaderReports } from "../../ports/reader-reports.ts";
import type { InputDevice, OpenInputDevice } from "./input-device.ts";
import { inputEventsOf } from "./input-events.ts";
import { type Typed, TypedLines, type TypedRefusal } from "./typed-lines.ts";

export interface HidWiring {
  readonly where: AccessPointRef;
  /** A path that stays the same, such as `/dev/input/by-id/usb-…-event-kbd`. */
  readonly device: string;
  readonly format: string;
  /** A longer pause between two keys ends what was begun. */
  readonly keyGap: Milliseconds;
}

export interface HidSurroundings {
  readonly clock: Clock;
  readonly openInputDevice: OpenInputDevice;
  /** Everything typed that is no card; what it was is not told. */
  readonly onRefused?: ((where: AccessPointRef, reason: TypedRefusal) => void) | undefined;
}

/** The kernel keeps some 60 events, which a reader that types fast makes in 100 ms. */
const lookTime: Milliseconds = 20;
const retryTime: Milliseconds = 1_000;
const worthTelling = 3;

/** Readers that type their cards as keyboards do. They take no orders: no light, no sound. */
export class HidCardReader implements CardReader {
  readonly #wirings: readonly HidWiring[];
  readonly #around: HidSurroundings;
  readonly #readers: OneReader[] = [];
  #reports: ReaderReports | undefined;

  constructor(wirings: readonly HidWiring[], around: HidSurroundings) {
    this.#wirings = wirings;
    this.#around = around;
  }

  async open(listener: ReaderListener): Promise<void> {
    const reports = new ReaderReports(listener);
    this.#reports = reports;
    for (const wiring of this.#wirings) {
      const reader = new OneReader(wiring, this.#around, reports);
      this.#readers.push(reader);
      reader.open();
    }
  }

  signal(): void {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.#reports?.end();
    for (const reader of this.#readers.splice(0)) reader[Symbol.dispose]();
  }
}

class OneReader implements Disposable {
  readonly #wiring: HidWiring;
  readonly #around: HidSurroundings;
  readonly #reports: ReaderReports;
  readonly #lines: TypedLines;
  #device: InputDevice | undefined;
  #next: Disposable | undefined;
  /** In a row; a card that is read says that all is well again. */
  #refused = 0;
  #lost = false;

  constructor(wiring: HidWiring, around: HidSurroundings, reports: ReaderReports) {
    this.#wiring = wiring;
    this.#around = around;
    this.#reports = reports;
    this.#lines = new TypedLines(wiring.keyGap);
  }

  open(): void {
    try {
      this.#device = this.#around.openInputDevice(this.#wiring.device);
      this.#refused = 0;
      this.#lost = false;
      this.#tell("online", null);
      this.#wake(lookTime, () => this.#look());
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#lose(error.message);
    }
  }

  [Symbol.dispose](): void {
    this.#next?.[Symbol.dispose]();
    this.#device?.close();
    this.#device = undefined;
  }

  #look(): void {
    try {
      for (;;) {
        const bytes = this.#device?.read();
        if (bytes === undefined || bytes.length === 0) break;
        for (const event of inputEventsOf(bytes))
          this.#lines.push(event).forEach((typed) => this.#report(typed));
      }
      this.#lines.silence(this.#around.clock.now()).forEach((typed) => this.#report(typed));
      this.#wake(lookTime, () => this.#look());
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#lose(error.message);
    }
  }

  #report(typed: Typed): void {
    const { where, format } = this.#wiring;
    if ("text" in typed && this.#reports.card({ ...where, number: typed.text, format, at: typed.at })) {
      if (this.#refused >= worthTelling) this.#tell("online", null);
      this.#refused = 0;
      return;
    }
    this.#refused += 1;
    this.#around.onRefused?.(where, "refused" in typed ? typed.refused : "otherKey");
    if (this.#refused === worthTelling)
      this.#tell(
        "online",
        "what it types is no card: set it to plain digits, a US keyboard, and Enter at the end",
      );
  }

  #lose(reason: string): void {
    this.#device?.close();
    this.#device = undefined;
    this.#lines.reset();
    // The first reason says more than the ones of the attempts after it.
    if (!this.#lost)
      this.#tell(
        "lost",
        `keyboard reader ${this.#wiring.device}: ${reason}; see whether it is plugged in, whether this user is of the group input, and whether a desktop has it`,
      );
    this.#lost = true;
    this.#wake(retryTime, () => this.open());
  }

  #tell(state: "online" | "lost", detail: string | null): void {
    this.#reports.status({ ...this.#wiring.where, state, detail, at: this.#around.clock.now() });
  }

  #wake(wait: Milliseconds, step: () => void): void {
    this.#next = this.#around.clock.wakeAt(after(this.#around.clock.now(), wait), step);
  }
}
