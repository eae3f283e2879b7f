import type { Clock } from "../../ports/clock.ts";
import { type Frame, type Pulse, PulseFrames } from "./pulse-frames.ts";
import type { WiegandSource, WiegandSourceEvents } from "./wiegand-source.ts";

/** Two lines whose edges somebody else takes and stamps. */
export class PulseSource implements WiegandSource {
  readonly #listen: (onPulse: (pulse: Pulse) => void) => Disposable;
  readonly #clock: Clock;
  readonly #frames = new PulseFrames();
  #listening: Disposable | undefined;
  #silence: Disposable | undefined;

  constructor(listen: (onPulse: (pulse: Pulse) => void) => Disposable, clock: Clock) {
    this.#listen = listen;
    this.#clock = clock;
  }

  async open(events: WiegandSourceEvents): Promise<void> {
    const tell = (frame: Frame | undefined): void => {
      if (frame !== undefined) events.onFrame(frame);
    };
    this.#listening = this.#listen((pulse) => {
      tell(this.#frames.pulse(pulse));
      this.#silence?.[Symbol.dispose]();
      const deadline = this.#frames.deadline();
      if (deadline === undefined) return;
      this.#silence = this.#clock.wakeAt(deadline, () => tell(this.#frames.silence(this.#clock.now())));
    });
    events.onOnline();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening?.[Symbol.dispose]();
    this.#silence?.[Symbol.dispose]();
  }
}
