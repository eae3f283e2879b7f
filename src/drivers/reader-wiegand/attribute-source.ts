import { readFileSync } from "node:fs";
import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { AttributeFrames } from "./attribute-frames.ts";
import type { WiegandSource, WiegandSourceEvents } from "./wiegand-source.ts";

/** The file keeps one frame only, and the shortest, a key, is followed by the next after some 80 ms at the earliest. */
const lookTime: Milliseconds = 20;
const retryTime: Milliseconds = 1_000;

/** A kernel module's attribute that is looked at over and over: its own `poll` would take a thread for each reader. */
export class AttributeSource implements WiegandSource {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #frames = new AttributeFrames();
  #online = false;
  #next: Disposable | undefined;
  #disposed = false;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  async open(events: WiegandSourceEvents): Promise<void> {
    if (!this.#disposed) this.#look(events);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#next?.[Symbol.dispose]();
  }

  #look(events: WiegandSourceEvents): void {
    try {
      const text = readFileSync(this.#path, "latin1").slice(0, 100);
      if (this.#online) {
        const frame = this.#frames.read(text);
        if (frame !== undefined) events.onFrame(frame);
      } else {
        this.#frames.begin(text);
        this.#online = true;
        events.onOnline();
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#online = false;
      events.onLost(`${error.message}; see whether the board's kernel module is loaded, and w…_enabled is 1`);
    }
    const wait = this.#online ? lookTime : retryTime;
    this.#next = this.#clock.wakeAt(after(this.#clock.now(), wait), () => this.#look(events));
  }
}
