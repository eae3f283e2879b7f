import type { Instant } from "../domain/time.ts";
import type { Role } from "./process-link.ts";

/** A process that ended without being asked to, or was ended because it no longer answered. */
export interface ProcessLoss {
  /** Counts up over the supervisor's life; acknowledged by it. */
  readonly number: number;
  readonly role: Role;
  readonly pid: number;
  readonly at: Instant;
  /** `SIGKILL`, `exit 1`, `no answer for 5.0 s` … */
  readonly how: string;
}

/** What the supervisor knows of a process. */
export interface ProcessReport {
  readonly role: Role;
  readonly state: "starting" | "running" | "lost";
  readonly pid: number | null;
  readonly restarts: number;
  readonly since: Instant;
}

/** Supervisor → controller. */
export type SupervisorMessage = {
  readonly type: "processes";
  readonly processes: readonly ProcessReport[];
  /** Not yet acknowledged, oldest first. */
  readonly losses: readonly ProcessLoss[];
};

/** Controller → supervisor. */
export type SupervisorCommand =
  | { readonly type: "report" }
  /** The site's file is another one: everything ends in order and is started again by it. */
  | { readonly type: "runAgain" }
  /** Every loss up to this number is durably recorded. */
  | { readonly type: "acknowledgeLosses"; readonly number: number };
