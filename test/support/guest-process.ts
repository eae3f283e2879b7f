import { until } from "./until.ts";

/** A program that runs in the guest. */
export class GuestProcess {
  readonly pid: number;
  /** All it has printed, both streams. */
  output = "";
  /** Its exit code or the signal that ended it. */
  how: number | string | undefined;
  readonly ended: Promise<number | string>;
  readonly #end = Promise.withResolvers<number | string>();
  readonly #signal: (signal: NodeJS.Signals, pid: number) => Promise<void>;

  constructor(pid: number, signal: (signal: NodeJS.Signals, pid: number) => Promise<void>) {
    this.pid = pid;
    this.ended = this.#end.promise;
    this.#signal = signal;
  }

  add(text: string): void {
    this.output += text;
  }

  end(how: number | string): void {
    this.how = how;
    this.#end.resolve(how);
  }

  signal(signal: NodeJS.Signals): Promise<void> {
    return this.#signal(signal, this.pid);
  }

  /** It and all it has started. */
  signalGroup(signal: NodeJS.Signals): Promise<void> {
    return this.#signal(signal, -this.pid);
  }

  /** Resolves with the first match; rejects with all it printed when it ends or is silent for too long. */
  async printed(pattern: RegExp, limit = 60_000): Promise<RegExpExecArray> {
    let found: RegExpExecArray | null = null;
    await until(
      () => {
        found = pattern.exec(this.output);
        return found !== null || this.how !== undefined;
      },
      `${pattern} among:\n${this.output}`,
      limit,
    );
    if (found === null) throw new Error(`ended with ${this.how} without ${pattern}:\n${this.output}`);
    return found;
  }
}
