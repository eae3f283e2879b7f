import { after, type Instant, type Milliseconds } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { ProcessLink } from "../../src/ports/process-link.ts";
import type {
  ProcessLoss,
  ProcessReport,
  SupervisorCommand,
  SupervisorMessage,
} from "../../src/ports/supervision.ts";
import type { Draw } from "./draw.ts";

export type ChildRole = "interlock" | "controller" | "vision";
export const childRoles = ["interlock", "controller", "vision"] as const;

/** What the real supervisor waits between a death and the next start, for deaths in a row. */
const backOff: readonly Milliseconds[] = [0, 100, 300, 1_000, 3_000];
const steadyLife: Milliseconds = 10_000;
/** How long each takes to be up again, and how long it may be silent before it counts as lost. */
const startTimes = { interlock: [80, 300], controller: [200, 1_200], vision: [400, 3_000] } as const;
export const patience: Readonly<Record<ChildRole, Milliseconds>> = {
  interlock: 1_000,
  controller: 5_500,
  vision: 5_500,
};

/** Restarts what died, and tells the controller, as the real one does. */
export class SimulatedSupervisor {
  readonly #link: ProcessLink;
  readonly #clock: Clock;
  readonly #draw: Draw;
  readonly #start: (role: ChildRole) => void;
  readonly #reports: Record<ChildRole, ProcessReport>;
  readonly #deaths: Record<ChildRole, number> = { interlock: 0, controller: 0, vision: 0 };
  #losses: ProcessLoss[] = [];
  #number = 0;

  constructor(link: ProcessLink, clock: Clock, draw: Draw, start: (role: ChildRole) => void) {
    this.#link = link;
    this.#clock = clock;
    this.#draw = draw;
    this.#start = start;
    const report = (role: ChildRole): ProcessReport => ({
      role,
      state: "running",
      pid: 1,
      restarts: 0,
      since: clock.now(),
    });
    this.#reports = {
      interlock: report("interlock"),
      controller: report("controller"),
      vision: report("vision"),
    };
    link.onMessage((from, raw) => {
      const command = raw as SupervisorCommand; // only the controller asks it
      if (from !== "controller") return;
      if (command.type === "acknowledgeLosses")
        this.#losses = this.#losses.filter(({ number }) => number > command.number);
      if (command.type === "report") this.#tell();
    });
  }

  /** `wanted`: it was asked to end, which is no loss. */
  ended(role: ChildRole, how: string, wanted: boolean): void {
    const before = this.#reports[role];
    const now = this.#clock.now();
    if (!wanted) {
      this.#number += 1;
      this.#losses.push({ number: this.#number, role, pid: before.pid ?? 0, at: now, how });
    }
    if (now - before.since > steadyLife) this.#deaths[role] = 0;
    const wait = backOff[Math.min(this.#deaths[role], backOff.length - 1)] ?? 0;
    this.#deaths[role] += 1;
    this.#become(role, "lost");
    const [shortest, longest] = startTimes[role];
    const at: Instant = after(now, wait + this.#draw.between(shortest, longest));
    this.#clock.wakeAt(at, () => {
      this.#start(role);
      this.#become(role, "running");
    });
  }

  #become(role: ChildRole, state: ProcessReport["state"]): void {
    const before = this.#reports[role];
    const restarts = before.restarts + (state === "running" ? 1 : 0);
    this.#reports[role] = { role, state, pid: (before.pid ?? 0) + 1, restarts, since: this.#clock.now() };
    this.#tell();
  }

  #tell(): void {
    const message: SupervisorMessage = {
      type: "processes",
      processes: childRoles.map((role) => this.#reports[role]),
      losses: [...this.#losses],
    };
    this.#link.send("controller", message);
  }
}
