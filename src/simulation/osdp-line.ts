import { after } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { OsdpPeripheral } from "./osdp-peripheral.ts";

/** Who opened the line. */
interface LineEvents {
  onBytes(bytes: Uint8Array): void;
  onGone(reason: string): void;
}

/** An RS-485 bus with readers on it, on a clock that tests turn: everybody hears everything, one answers. */
export class SimulatedOsdpLine {
  readonly peripherals: OsdpPeripheral[];
  readonly #clock: Clock;
  #events: LineEvents | undefined;
  #present = true;
  /** What becomes of a reader's words on their way: nothing, as here, or what an attacker or a bad cable makes of them. */
  onTheWay: (reply: Buffer) => readonly Buffer[] = (reply) => [reply];
  /** How long a reader takes to answer, in milliseconds. */
  answerTime = 5;
  /** Everything the controller wrote. */
  readonly written: Buffer[] = [];

  constructor(clock: Clock, peripherals: readonly OsdpPeripheral[]) {
    this.#clock = clock;
    this.peripherals = [...peripherals];
  }

  readonly open = async (device: string, _baudRate: number, events: LineEvents) => {
    if (!this.#present) throw new Error(`ENOENT: ${device}`);
    this.#events = events;
    return {
      write: (bytes: Uint8Array) => this.#onWritten(Buffer.from(bytes)),
      close: async () => {
        this.#events = undefined;
      },
    };
  };

  /** The adapter is pulled out of the computer. */
  unplug(): void {
    this.#present = false;
    const events = this.#events;
    this.#events = undefined;
    events?.onGone("the adapter is gone");
  }

  plug(): void {
    this.#present = true;
  }

  /** Bytes that no reader was asked for. */
  inject(bytes: Buffer): void {
    this.#events?.onBytes(bytes);
  }

  #onWritten(bytes: Buffer): void {
    this.written.push(bytes);
    if (this.written.length > 2_000) this.written.shift();
    const events = this.#events;
    for (const peripheral of this.peripherals) {
      const reply = peripheral.receive(bytes);
      if (reply === undefined) continue;
      for (const piece of this.onTheWay(reply))
        this.#clock.wakeAt(after(this.#clock.now(), this.answerTime), () => {
          if (this.#events === events) events?.onBytes(piece);
        });
    }
  }
}
