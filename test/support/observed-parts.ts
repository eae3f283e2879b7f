import type { DoorName, Lock, VestibuleId } from "../../src/domain/names.ts";
import type { Instant, WallTime } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { DoorHardware, Reading, ReadingListener } from "../../src/ports/door-hardware.ts";
import {
  type Journal,
  type JournalEntry,
  type JournalQuery,
  type JournalRecord,
  type JournalVerdict,
  StorageFault,
} from "../../src/ports/journal.ts";
import type { ProcessLink, Role } from "../../src/ports/process-link.ts";
import type { MemoryJournal } from "../../src/simulation/memory-journal.ts";

/** What reached the disk and the locks, in the order in which it did: `durable AccessGranted`, `outer released`. */
export type Trace = string[];

/** A journal of which single writes fail: those for which `refuses` says so. */
export class ObservedJournal implements Journal {
  refuses: (entries: readonly JournalEntry[]) => boolean = () => false;
  readonly #journal: MemoryJournal;
  readonly #trace: Trace;

  constructor(journal: MemoryJournal, trace: Trace) {
    this.#journal = journal;
    this.#trace = trace;
  }

  append(entries: readonly JournalEntry[]): readonly JournalRecord[] {
    if (this.refuses(entries)) throw new StorageFault("simulated: this write is refused");
    const records = this.#journal.append(entries);
    this.#trace.push(...records.map(({ type }) => `durable ${type}`));
    return records;
  }

  query(query: JournalQuery): readonly JournalRecord[] {
    return this.#journal.query(query);
  }

  last(): number {
    return this.#journal.last();
  }

  verify(): JournalVerdict {
    return this.#journal.verify();
  }

  [Symbol.dispose](): void {}
}

/** Door hardware that writes down what it is commanded, before it does it. */
export class ObservedDoorHardware implements DoorHardware {
  readonly #hardware: DoorHardware;
  readonly #trace: Trace;

  constructor(hardware: DoorHardware, trace: Trace) {
    this.#hardware = hardware;
    this.#trace = trace;
  }

  open(listener: ReadingListener): Promise<readonly Reading[]> {
    return this.#hardware.open(listener);
  }

  command(vestibule: VestibuleId, door: DoorName, lock: Lock): void {
    this.#trace.push(`${door} ${lock}`);
    this.#hardware.command(vestibule, door, lock);
  }

  sound(vestibule: VestibuleId, on: boolean): void {
    this.#hardware.sound(vestibule, on);
  }

  drive(output: string, on: boolean): void {
    this.#hardware.drive(output, on);
  }

  read(vestibule: VestibuleId, door: DoorName): ReturnType<DoorHardware["read"]> {
    return this.#hardware.read(vestibule, door);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#hardware[Symbol.asyncDispose]();
  }
}

/** The clock of one process: killed with it, it wakes nobody any more. */
export class ProcessClock implements Clock {
  readonly #clock: Clock;
  #alive = true;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Instant {
    return this.#clock.now();
  }

  wall(): WallTime {
    return this.#clock.wall();
  }

  wakeAt(at: Instant, wake: () => void): Disposable {
    return this.#clock.wakeAt(at, () => {
      if (this.#alive) wake();
    });
  }

  kill(): void {
    this.#alive = false;
  }
}

/** A process's link as the supervisor keeps it: what comes in waits until the process says that it is up. */
export class StartingLink implements ProcessLink {
  readonly #link: ProcessLink;
  #waiting: (() => void)[] | undefined = [];

  constructor(link: ProcessLink) {
    this.#link = link;
  }

  send(to: Role, message: unknown): void {
    this.#link.send(to, message);
  }

  onMessage(listener: (from: Role, message: unknown) => void): void {
    this.#link.onMessage((from, message) => this.#whenUp(() => listener(from, message)));
  }

  onPeer(listener: (role: Role, state: "up" | "down") => void): void {
    this.#link.onPeer((role, state) => this.#whenUp(() => listener(role, state)));
  }

  up(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const deliver of waiting) deliver();
  }

  #whenUp(deliver: () => void): void {
    if (this.#waiting === undefined) deliver();
    else this.#waiting.push(deliver);
  }
}
