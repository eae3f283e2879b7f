import type { KernelFiles } from "./kernel-files.ts";
import type { Level } from "./simulated-gpio.ts";

export const traceFolder = "/sys/kernel/tracing";
/** What is written here stands in the trace, at its instant among everything else. */
export const markFile = `${traceFolder}/trace_marker`;

export type TraceEvent =
  /** Instants are CLOCK_MONOTONIC milliseconds. */
  | { readonly at: number; readonly kind: "set"; readonly line: number; readonly level: Level }
  | {
      readonly at: number;
      readonly kind: "direction";
      readonly line: number;
      readonly direction: "in" | "out";
    }
  | { readonly at: number; readonly kind: "mark"; readonly text: string };

/** The kernel's own account of its GPIO lines: every level that was ever set, however short. */
export class GpioTrace {
  readonly #files: KernelFiles;

  static async start(files: KernelFiles): Promise<GpioTrace> {
    await files.write(`${traceFolder}/trace_clock`, "mono");
    await files.write(`${traceFolder}/buffer_size_kb`, "16384");
    // Reading is not setting, and whoever looks at his lines ten times a second fills the trace with it.
    await files.write(`${traceFolder}/events/gpio/gpio_value/filter`, "get == 0");
    await files.write(`${traceFolder}/events/gpio/enable`, "1");
    return new GpioTrace(files);
  }

  private constructor(files: KernelFiles) {
    this.#files = files;
  }

  /** Oldest first. */
  async events(): Promise<readonly TraceEvent[]> {
    return traceEventsOf((await this.#files.read(`${traceFolder}/trace`)) ?? "");
  }

  async levels(line: number): Promise<readonly Level[]> {
    return levelsOf(await this.events(), line);
  }

  async clear(): Promise<void> {
    await this.#files.create(`${traceFolder}/trace`, ""); // opening it so is what empties it
  }
}

/** Every level the line was set to. */
export const levelsOf = (events: readonly TraceEvent[], line: number): readonly Level[] =>
  events.flatMap((event) => (event.kind === "set" && event.line === line ? [event.level] : []));

/** The text of the kernel's trace file. Throws where it has lost something: an oracle with gaps proves nothing. */
export function traceEventsOf(text: string): readonly TraceEvent[] {
  if (/LOST \d+ EVENTS/.test(text)) throw new Error("the kernel's trace has lost events");
  const written = /entries-in-buffer\/entries-written: (\d+)\/(\d+)/.exec(text);
  if (written?.[1] !== written?.[2]) throw new Error(`the kernel's trace was too small: ${written?.[0]}`);
  return text.split("\n").flatMap((line): readonly TraceEvent[] => {
    const [, seconds, kind, rest = ""] = /\s(\d+\.\d+): (\w+): (.*)$/.exec(line) ?? [];
    const at = Number(seconds) * 1_000;
    const [number, word, value] = rest.split(" ");
    if (kind === "gpio_value" && word === "set")
      return [{ at, kind: "set", line: Number(number), level: value === "1" ? 1 : 0 }];
    if (kind === "gpio_direction")
      return [{ at, kind: "direction", line: Number(number), direction: word === "out" ? "out" : "in" }];
    if (kind === "tracing_mark_write") return [{ at, kind: "mark", text: rest.trim() }];
    return [];
  });
}
