import type { Milliseconds } from "../domain/time.ts";
import { after, earliest } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import { type DoorHardware, HardwareFault } from "../ports/door-hardware.ts";
import type { OutputFault, OutputsCommand } from "../ports/output-link.ts";
import type { ProcessLink } from "../ports/process-link.ts";

/** Whatever a controller says: longer than this nothing stays on without being said again. */
const longestLease: Milliseconds = 5_000;

/**
 * Drives the board's further outputs, a siren or a lamp, as the controller says and for as long as it goes on saying
 * so. Doors know nothing of it, and it knows nothing of doors: no lock is among these lines.
 */
export class FurtherOutputs implements Disposable {
  readonly #hardware: Pick<DoorHardware, "drive">;
  readonly #names: readonly string[];
  readonly #clock: Clock;
  readonly #link: ProcessLink;
  readonly #driven = new Set<string>();
  readonly #failed = new Set<string>();
  #lease: Disposable | undefined;

  constructor(
    names: readonly string[],
    hardware: Pick<DoorHardware, "drive">,
    clock: Clock,
    link: ProcessLink,
  ) {
    this.#names = names;
    this.#hardware = hardware;
    this.#clock = clock;
    this.#link = link;
    if (names.length === 0) return;
    link.onMessage((from, message) => {
      const command = message as Partial<OutputsCommand> | undefined; // one of several kinds, told by its type
      if (from === "controller" && command?.type === "driveOutputs")
        this.#onCommand(command as OutputsCommand);
    });
    link.onPeer((role, presence) => {
      if (role === "controller" && presence === "down") this.rest();
    });
  }

  /** Nothing is driven any more. */
  rest(): void {
    this.#lease?.[Symbol.dispose]();
    this.#lease = undefined;
    for (const name of this.#names) this.#set(name, false);
  }

  [Symbol.dispose](): void {
    this.rest();
  }

  #onCommand({ outputs, notAfter }: OutputsCommand): void {
    const now = this.#clock.now();
    this.#lease?.[Symbol.dispose]();
    this.#lease = undefined;
    // What waited in a queue for longer than it was good for says nothing about the present.
    const wanted = notAfter > now ? outputs : [];
    for (const name of this.#names) this.#set(name, wanted.includes(name));
    const end = earliest(notAfter, after(now, longestLease));
    if (wanted.length > 0 && end !== undefined) this.#lease = this.#clock.wakeAt(end, () => this.rest());
  }

  #set(name: string, on: boolean): void {
    if (this.#driven.has(name) === on && !this.#failed.has(name)) return;
    try {
      this.#hardware.drive(name, on);
      if (on) this.#driven.add(name);
      else this.#driven.delete(name);
      this.#failed.delete(name);
    } catch (error) {
      if (!(error instanceof HardwareFault)) throw error;
      if (this.#failed.has(name)) return;
      this.#failed.add(name);
      const fault: OutputFault = { type: "outputFault", output: name, detail: error.message };
      this.#link.send("controller", fault);
    }
  }
}
