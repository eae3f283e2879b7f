import type { Condition } from "../domain/alarm/conditions.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProcessView } from "../ports/controller-services.ts";
import type { JournalEntry } from "../ports/journal.ts";
import type { ProcessLink, Role } from "../ports/process-link.ts";
import type {
  ProcessLoss,
  ProcessReport,
  SupervisorCommand,
  SupervisorMessage,
} from "../ports/supervision.ts";

export interface ProcessWatchListener {
  /** To be recorded together with what it means for the alarms; false where it is not durable yet. */
  onLoss(entry: JournalEntry, conditions: readonly Condition[]): boolean;
  onConditions(conditions: readonly Condition[]): void;
  onChange(): void;
}

/** Which alarm the end of a process is; the simulated building is no part of the product. */
const alarmOf: Partial<Readonly<Record<Role, "ControllerLost" | "VisionLost">>> = {
  controller: "ControllerLost",
  interlock: "ControllerLost",
  vision: "VisionLost",
};

/** What the supervisor tells: which processes run, and which were lost while nobody could record it. */
export class ProcessWatch {
  readonly #link: ProcessLink;
  readonly #clock: Clock;
  readonly #listener: ProcessWatchListener;
  #reports: readonly ProcessReport[] = [];
  #recorded = 0;

  constructor(link: ProcessLink, clock: Clock, listener: ProcessWatchListener) {
    this.#link = link;
    this.#clock = clock;
    this.#listener = listener;
    link.onMessage((from, message) => {
      if (from === "supervisor") this.#onMessage(message as SupervisorMessage); // our own parent
    });
  }

  start(): void {
    this.#send({ type: "report" });
  }

  /** After a storage fault: all that was told meanwhile is durable now. */
  acknowledgeRecorded(): void {
    if (this.#recorded > 0) this.#send({ type: "acknowledgeLosses", number: this.#recorded });
  }

  view(role: Role): ProcessView {
    const report = this.#reports.find((one) => one.role === role);
    if (report === undefined)
      return { state: "starting", pid: null, restarts: 0, since: this.#wallOf(this.#clock.now()) };
    const { state, pid, restarts, since } = report;
    return { state, pid, restarts, since: this.#wallOf(since) };
  }

  #onMessage({ processes, losses }: SupervisorMessage): void {
    const before = this.#reports;
    this.#reports = processes;
    const durable = losses.map((loss) => loss.number <= this.#recorded || this.#record(loss));
    if (durable.length > 0 && durable.every(Boolean)) this.acknowledgeRecorded();
    for (const { role, state } of processes) {
      const was = before.find((one) => one.role === role)?.state;
      const alarm = alarmOf[role];
      if (state === "running" && was !== "running" && alarm !== undefined) this.#over(alarm);
    }
    this.#listener.onChange();
  }

  #record({ number, role, pid, at, how }: ProcessLoss): boolean {
    this.#recorded = number;
    const alarm = alarmOf[role];
    const conditions: Condition[] =
      alarm === undefined ? [] : [{ is: "seen", alarm, place: {}, detail: `${role} process: ${how}` }];
    return this.#listener.onLoss({ type: "ProcessLost", at, payload: { role, pid, how } }, conditions);
  }

  /** Running again, unless another process keeps the same alarm up. */
  #over(alarm: "ControllerLost" | "VisionLost"): void {
    const others = this.#reports.filter(({ role, state }) => alarmOf[role] === alarm && state !== "running");
    if (others.length === 0) this.#listener.onConditions([{ is: "gone", alarm, place: {}, detail: null }]);
  }

  #wallOf(at: ProcessReport["since"]): string {
    return new Date(this.#clock.wall() - (this.#clock.now() - at)).toISOString();
  }

  #send(command: SupervisorCommand): void {
    this.#link.send("supervisor", command);
  }
}
