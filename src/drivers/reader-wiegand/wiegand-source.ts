import type { ConverterProtocol } from "./converter-lines.ts";
import type { Frame, Pulse } from "./pulse-frames.ts";

/** Where the frames of one reader come from. */
export type WiegandInput =
  /** A converter on a serial line. */
  | { readonly via: "serial"; readonly device: string; readonly converter: ConverterProtocol }
  /** A kernel module that takes the pulses by interrupts. */
  | { readonly via: "attribute"; readonly path: string }
  /** Edges of two lines, stamped by whoever takes them. */
  | { readonly via: "pulses"; readonly listen: (onPulse: (pulse: Pulse) => void) => Disposable };

export interface WiegandSourceEvents {
  onFrame(frame: Frame): void;
  onOnline(): void;
  /** What is wrong, and what to do. */
  onLost(detail: string): void;
}

export interface WiegandSource extends AsyncDisposable {
  /** Starts, and goes on trying for as long as it is not disposed. */
  open(events: WiegandSourceEvents): Promise<void>;
}
