import type { DoorName, Lock, VestibuleId } from "../../src/domain/names.ts";
import type { AlarmLink, AlarmLinkState, LinkMessage } from "../../src/ports/alarm-link.ts";
import {
  type DoorHardware,
  HardwareFault,
  type Reading,
  type ReadingListener,
} from "../../src/ports/door-hardware.ts";
import {
  type Journal,
  type JournalCursor,
  type JournalEntry,
  type JournalQuery,
  type JournalRecord,
  type JournalVerdict,
  StorageFault,
} from "../../src/ports/journal.ts";
import type { SimulatedProcess } from "./simulated-process.ts";

/** Where a process may be made to die: just before and just after what it does to the world. */
export type CrashPoint = "append.before" | "append.after" | "command.before" | "command.after" | "reading";

export interface HardwareWatch {
  /** Before the process hears of it. */
  onReading(reading: Reading): void;
  /** Before the lock hears of it. */
  onCommand(vestibule: VestibuleId, door: DoorName, lock: Lock): void;
  /** Whether this line refuses to be written. */
  refuses(vestibule: VestibuleId, door: DoorName, lock: Lock): boolean;
  passes(point: CrashPoint): void;
}

/** The lines of the building with somebody who looks on, and lines that fail. */
export class ObservedDoorHardware implements DoorHardware {
  readonly #hardware: DoorHardware;
  readonly #process: SimulatedProcess;
  readonly #watch: HardwareWatch;

  constructor(hardware: DoorHardware, process: SimulatedProcess, watch: HardwareWatch) {
    this.#hardware = hardware;
    this.#process = process;
    this.#watch = watch;
  }

  async open(listener: ReadingListener): Promise<readonly Reading[]> {
    const readings = await this.#hardware.open((reading, at) => {
      this.#watch.passes("reading");
      if (this.#process.dead) return;
      this.#watch.onReading(reading);
      listener(reading, at);
    });
    for (const reading of readings) this.#watch.onReading(reading);
    return readings;
  }

  command(vestibule: VestibuleId, door: DoorName, lock: Lock): void {
    this.#watch.passes("command.before");
    if (this.#process.dead) return;
    if (this.#watch.refuses(vestibule, door, lock))
      throw new HardwareFault(`${vestibule}.${door}.lock`, "simulated: write refused");
    this.#watch.onCommand(vestibule, door, lock);
    this.#hardware.command(vestibule, door, lock);
    this.#watch.passes("command.after");
  }

  sound(vestibule: VestibuleId, on: boolean): void {
    if (!this.#process.dead) this.#hardware.sound(vestibule, on);
  }

  drive(output: string, on: boolean): void {
    if (!this.#process.dead) this.#hardware.drive(output, on);
  }

  read(vestibule: VestibuleId, door: DoorName): ReturnType<DoorHardware["read"]> {
    return this.#hardware.read(vestibule, door);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#hardware[Symbol.asyncDispose]();
  }
}

export interface JournalWatch {
  /** What the disk does with the next write. */
  disk(): "works" | "loses" | "keeps";
  onRecords(records: readonly JournalRecord[]): void;
  passes(point: CrashPoint): void;
}

/** The site's journal as one controller sees it: its disk fails now and then, and nothing the dead write is written. */
export class ObservedJournal implements Journal {
  readonly #journal: Journal;
  readonly #process: SimulatedProcess;
  readonly #watch: JournalWatch;

  constructor(journal: Journal, process: SimulatedProcess, watch: JournalWatch) {
    this.#journal = journal;
    this.#process = process;
    this.#watch = watch;
  }

  append(entries: readonly JournalEntry[]): readonly JournalRecord[] {
    this.#watch.passes("append.before");
    if (this.#process.dead) throw new StorageFault("simulated: nobody is there to write");
    const disk = this.#watch.disk();
    if (disk === "loses") throw new StorageFault("simulated: the disk failed");
    const records = this.#journal.append(entries);
    this.#watch.onRecords(records);
    this.#watch.passes("append.after");
    if (disk === "keeps") throw new StorageFault("simulated: the disk failed after the write");
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

/** A cursor that does not move for the dead. */
export function cursorOf(cursor: JournalCursor, process: SimulatedProcess): JournalCursor {
  return {
    position: () => cursor.position(),
    advance: (seq) => {
      if (!process.dead) cursor.advance(seq);
    },
  };
}

/** The connection to the broker as one controller has it: it ends with the process. */
export function linkOf(link: AlarmLink, process: SimulatedProcess): AlarmLink {
  const never = new Promise<never>(() => {});
  return {
    state: (): AlarmLinkState => link.state(),
    listen: (onState) => link.listen((state) => (process.dead ? undefined : onState(state))),
    publish: (message: LinkMessage) => (process.dead ? never : link.publish(message)),
    retained: (filter) => (process.dead ? never : link.retained(filter)),
    hearRequests: ({ onRequest, onFlood }) =>
      link.hearRequests({
        onRequest: (request) => (process.dead ? undefined : onRequest(request)),
        onFlood: (deaf) => (process.dead ? undefined : onFlood(deaf)),
      }),
    [Symbol.asyncDispose]: async () => {},
  };
}
