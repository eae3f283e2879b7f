import { after, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { LockKeeper } from "../ports/lock-keeper.ts";
import type { Role } from "../ports/process-link.ts";
import type { ProcessLoss, SupervisorCommand, SupervisorMessage } from "../ports/supervision.ts";
import { SupervisedProcess } from "./supervised-process.ts";

export interface SupervisorOptions {
  /** The program's entry; called with `--role=…`. */
  readonly entry: string;
  /** In the order in which they are started; stopped in reverse. */
  readonly roles: readonly Exclude<Role, "supervisor">[];
  /** Handed to every process at its start. */
  readonly configuration: unknown;
  readonly clock: Clock;
  /** The lines of the locks, which the interlock inherits; where it is absent they are somebody else's care. */
  readonly locks?: LockKeeper | undefined;
  /** How far each gives way to the others, as with nice(1), where that is more than we do ourselves. */
  readonly niceness?: Readonly<Partial<Record<Role, number>>>;
  /** By role, of our own environment what is nothing to it: anybody of the same user may read it there. */
  readonly withheld?: (role: Role) => readonly string[];
  /** A process cannot run until a person acts; it has said why. Everything is to be stopped. */
  readonly onRefusal: (role: Role) => void;
  /** A process that is not up yet gets on with its start: whoever waits for all of us may wait on. */
  readonly onProgress?: () => void;
  /** The configuration is another one by now: everything is to be stopped, and started by it. */
  readonly onRunAgain?: () => void;
  readonly log: (line: { readonly role: Role; readonly event: string; readonly detail?: string }) => void;
}

/** Losses kept until a controller has recorded them; beyond that the oldest are only counted by their numbers. */
const mostLosses = 100;
/** How soon locks that could not be parked are tried again. */
const parkingInterval: Milliseconds = 250;

/** Starts the processes, carries their messages to each other, and restarts what dies. */
export class Supervisor {
  readonly #clock: Clock;
  readonly #log: SupervisorOptions["log"];
  readonly #onRunAgain: () => void;
  readonly #processes: readonly SupervisedProcess[];
  readonly #locks: LockKeeper | undefined;
  #parking: Disposable | undefined;
  #losses: ProcessLoss[] = [];
  #lossCount = 0;

  constructor({
    entry,
    roles,
    configuration,
    clock,
    locks,
    niceness = {},
    withheld = () => [],
    log,
    onRefusal,
    onProgress = () => {},
    onRunAgain = () => {},
  }: SupervisorOptions) {
    this.#clock = clock;
    this.#log = log;
    this.#onRunAgain = onRunAgain;
    this.#locks = locks;
    this.#processes = roles.map((role) => {
      const descriptors = () => (role === "interlock" ? (locks?.inheritedDescriptors() ?? []) : []);
      return new SupervisedProcess(
        { role, entry, configuration, descriptors, niceness: niceness[role], withheld: withheld(role) },
        clock,
        {
          onEnding: (ending) => this.#onEnding(ending),
          onStarted: (started) => this.#onStarted(started),
          onUp: (up) => this.#onUp(up),
          onProgress,
          onDown: (down, pid, how) => this.#onDown(down, pid, how),
          onRefusal,
          onMessage: (from, to, message) => this.#route(from, to, message),
          onStateChange: () => this.#tellController(),
        },
      );
    });
  }

  start(): void {
    for (const process of this.#processes) process.start();
  }

  /** Ends the processes in reverse order: first who asks for releases, last who holds the lines. */
  async stop(): Promise<void> {
    for (const process of this.#processes.toReversed()) await process.stop();
    this.#parking?.[Symbol.dispose]();
  }

  /** Whether all of these run and answer. */
  areUp(roles: readonly Role[]): boolean {
    return roles.every((role) => this.#process(role)?.isUp() ?? false);
  }

  /** Nobody commands the locks any more: they are secured here. R12's release needs no software: it cuts their supply. */
  #onEnding(role: Role): void {
    if (role !== "interlock" || this.#locks === undefined) return;
    this.#parking?.[Symbol.dispose]();
    try {
      this.#locks.park();
    } catch (error) {
      this.#log({ role, event: "notParked", detail: error instanceof Error ? error.message : String(error) });
      const again = after(this.#clock.now(), parkingInterval);
      this.#parking = this.#clock.wakeAt(again, () => this.#onEnding(role));
    }
  }

  /** Who is up already; everybody else is told of as they come: each peer once. */
  #onStarted(role: Role): void {
    for (const process of this.#processes) {
      if (process.role !== role && process.isUp())
        this.#process(role)?.send({ kind: "peer", role: process.role, state: "up" });
    }
  }

  #onUp(role: Role): void {
    // Whoever commands the lines has them in hand again.
    if (role === "interlock") this.#parking?.[Symbol.dispose]();
    this.#log({ role, event: "up" });
    for (const process of this.#processes) {
      if (process.role !== role) process.send({ kind: "peer", role, state: "up" });
    }
  }

  #onDown(role: Role, pid: number, how: string): void {
    this.#log({ role, event: "lost", detail: how });
    this.#lossCount += 1;
    this.#losses = [
      ...this.#losses,
      { number: this.#lossCount, role, pid, at: this.#clock.now(), how },
    ].slice(-mostLosses);
    for (const process of this.#processes) process.send({ kind: "peer", role, state: "down" });
    this.#tellController();
  }

  #route(from: Role, to: Role, message: unknown): void {
    if (to === "supervisor") return this.#onCommand(message as SupervisorCommand); // only our own controller sends here
    this.#process(to)?.send({ kind: "message", from, message });
  }

  #onCommand(command: SupervisorCommand): void {
    switch (command.type) {
      case "report":
        return this.#tellController();
      case "acknowledgeLosses":
        this.#losses = this.#losses.filter(({ number }) => number > command.number);
        return;
      case "runAgain":
        return this.#onRunAgain();
    }
  }

  #tellController(): void {
    const controller = this.#process("controller");
    if (controller === undefined || !controller.isUp()) return;
    const message: SupervisorMessage = {
      type: "processes",
      processes: this.#processes.map((process) => process.report()),
      losses: this.#losses,
    };
    controller.send({ kind: "message", from: "supervisor", message });
  }

  #process(role: Role): SupervisedProcess | undefined {
    return this.#processes.find((process) => process.role === role);
  }
}
