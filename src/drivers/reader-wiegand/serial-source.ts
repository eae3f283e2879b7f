import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { ConverterLines, type ConverterProtocol } from "./converter-lines.ts";
import type { OpenSerialLine, SerialLine } from "./serial-line.ts";
import type { WiegandSource, WiegandSourceEvents } from "./wiegand-source.ts";

const retryTime: Milliseconds = 1_000;

/** A Wiegand-to-serial converter; opened again and again while it is unplugged. */
export class SerialSource implements WiegandSource {
  readonly #device: string;
  readonly #lines: ConverterLines;
  readonly #open: OpenSerialLine;
  readonly #clock: Clock;
  #line: SerialLine | undefined;
  #retry: Disposable | undefined;
  #lost = false;
  #disposed = false;

  constructor(device: string, converter: ConverterProtocol, open: OpenSerialLine, clock: Clock) {
    this.#device = device;
    this.#lines = new ConverterLines(converter);
    this.#open = open;
    this.#clock = clock;
  }

  async open(events: WiegandSourceEvents): Promise<void> {
    this.#retry = undefined;
    this.#lines.reset();
    let gone = false;
    try {
      const line = await this.#open(this.#device, {
        onBytes: (bytes) => {
          for (const frame of this.#disposed ? [] : this.#lines.push(bytes)) events.onFrame(frame);
        },
        onGone: (reason) => {
          gone = true;
          this.#lose(reason, events);
        },
      });
      if (this.#disposed) {
        await line.close();
        return;
      }
      if (gone) return;
      this.#line = line;
      this.#lost = false;
      events.onOnline();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#lose(error.message, events);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#retry?.[Symbol.dispose]();
    await this.#line?.close();
    this.#line = undefined;
  }

  #lose(reason: string, events: WiegandSourceEvents): void {
    if (this.#disposed) return;
    this.#line = undefined;
    // The first reason says more than the ones of the attempts after it.
    if (!this.#lost)
      events.onLost(
        `converter ${this.#device}: ${reason}; see whether it is plugged in, and whether this user may open it`,
      );
    this.#lost = true;
    this.#retry = this.#clock.wakeAt(after(this.#clock.now(), retryTime), () => void this.open(events));
  }
}
