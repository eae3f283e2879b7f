import { type ChildProcess, fork } from "node:child_process";
import { getPriority, setPriority } from "node:os";
import process from "node:process";
import { type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import { firstInherited } from "../ports/lock-keeper.ts";
import type { Role } from "../ports/process-link.ts";
import type { ProcessReport } from "../ports/supervision.ts";
import { afterDeath, type BackOff, fresh } from "./back-off.ts";
import type { FromChild, ToChild } from "./envelope.ts";
import { grantedAtStart, Silence, waitedForProcessor } from "./silence.ts";

export interface ProcessListener {
  /** It is gone, or about to be killed: what it held is to be made safe now, before anything else. */
  onEnding(role: Role): void;
  /** Started, and not yet up: whatever it is sent now it finds when it listens. */
  onStarted(role: Role): void;
  onUp(role: Role): void;
  /** Not up yet, and it gets on. */
  onProgress(): void;
  onDown(role: Role, pid: number, how: string): void;
  /** It said at its first start that a person has to act before it can run. */
  onRefusal(role: Role): void;
  onMessage(from: Role, to: Role, message: unknown): void;
  onStateChange(): void;
}

/** How often a process is asked whether it answers, how long it may be silent, and how long it may take to stop. */
interface Attention {
  readonly pingInterval: Milliseconds;
  readonly patience: Milliseconds;
  readonly stopPatience: Milliseconds;
}

const ordinary: Attention = { pingInterval: 500, patience: 5_000, stopPatience: 3_000 };
/**
 * While the interlock does not answer, a released door stays so: it is noticed within the sum of both, one second.
 * It computes nothing; four questions in a row unanswered are no busy machine.
 */
const forDoors: Attention = { pingInterval: 200, patience: 800, stopPatience: 1_000 };
/** Loading a neural network takes a while; a process that runs answers sooner. */
const startPatience: Milliseconds = 30_000;
/** Messages a stopped child may leave unread before it is given up. */
const mostUnsent = 20_000;

/** With these nothing works without the other: what one of them says at its first start concerns everybody. */
const indispensable: readonly Role[] = ["interlock", "controller"];

/** Exit code of a process that cannot run until somebody changes something: started again, it would say the same. */
const refusalCode = 2;

/** Pictures and nets come and go in large pieces: one arena, and free memory given back, halve what is kept. */
const frugal = { MALLOC_ARENA_MAX: "1", MALLOC_TRIM_THRESHOLD_: "131072" };

/**
 * A heap that is a quarter smaller, for loops that take a twentieth longer. The same for all: compiled modules are kept
 * for each set of options apart.
 */
export const childOptions: readonly string[] = [
  "--disable-warning=ExperimentalWarning",
  "--max-semi-space-size=4",
  "--optimize-for-size",
];

export interface ChildPlan {
  readonly role: Role;
  readonly entry: string;
  readonly configuration: unknown;
  /** Descriptors of ours that it inherits, asked for at each start. */
  readonly descriptors: () => readonly (number | undefined)[];
  readonly niceness: number | undefined;
  /** Of our own environment what is nothing to this process. */
  readonly withheld: readonly string[];
}

/** One child: started, asked now and then whether it still answers, and started again when it is gone. */
export class SupervisedProcess {
  readonly role: Role;
  readonly #plan: ChildPlan;
  readonly #attention: Attention;
  readonly #clock: Clock;
  readonly #listener: ProcessListener;
  #child: ChildProcess | undefined;
  #state: ProcessReport["state"] = "starting";
  #stateSince: Instant;
  #startedAt: Instant;
  readonly #silence: Silence;
  #restarts = 0;
  #backOff: BackOff = fresh;
  #unsent = 0;
  #everUp = false;
  #stopping = false;
  #refused = false;
  #endedBecause: string | undefined;
  #timer: Disposable | undefined;

  constructor(plan: ChildPlan, clock: Clock, listener: ProcessListener) {
    this.role = plan.role;
    this.#plan = plan;
    this.#attention = plan.role === "interlock" ? forDoors : ordinary;
    this.#clock = clock;
    this.#listener = listener;
    this.#stateSince = this.#startedAt = clock.now();
    this.#silence = new Silence(clock.now(), () => waitedForProcessor(this.#child?.pid));
  }

  report(): ProcessReport {
    return {
      role: this.role,
      state: this.#state,
      pid: this.#child?.pid ?? null,
      restarts: this.#restarts,
      since: this.#stateSince,
    };
  }

  isUp(): boolean {
    return this.#state === "running";
  }

  start(): void {
    const now = this.#clock.now();
    this.#startedAt = now;
    this.#silence.heard(now);
    this.#unsent = 0;
    this.#endedBecause = undefined;
    this.#refused = false;
    this.#enter("starting");
    const descriptors = this.#plan.descriptors();
    const child = fork(this.#plan.entry, [`--role=${this.role}`], {
      serialization: "advanced",
      stdio: ["ignore", "inherit", "inherit", "ipc", ...descriptors.map((each) => each ?? "ignore")],
      env: { ...without(process.env, this.#plan.withheld), ...frugal },
      execArgv: [...childOptions],
    });
    this.#child = child;
    this.#giveWay(child);
    child.on("message", (message) => this.#onMessage(child, message as FromChild)); // our own program at the other end
    child.once("exit", (code, signal) =>
      this.#onExit(child, this.#endedBecause ?? signal ?? `exit ${code}`, code),
    );
    // Without a process there is no exit event; with one, exit follows.
    child.once(
      "error",
      (error) => child.pid === undefined && this.#onExit(child, `could not be started: ${error.message}`),
    );
    this.send({
      kind: "start",
      configuration: this.#plan.configuration,
      descriptors: descriptors.map((each, index) => (each === undefined ? each : firstInherited + index)),
    });
    this.#listener.onStarted(this.role);
    this.#watch();
  }

  /** From its first instruction on, so that loading what it needs holds up nobody either. Never before us. */
  #giveWay({ pid }: ChildProcess): void {
    const { niceness } = this.#plan;
    if (pid === undefined || niceness === undefined || niceness <= getPriority()) return;
    try {
      setPriority(pid, niceness);
    } catch {
      // It has ended already; its exit is what counts.
    }
  }

  send(message: ToChild): void {
    const child = this.#child;
    if (child === undefined || !child.connected) return;
    if (this.#unsent >= mostUnsent) return this.#end("no longer reads its messages");
    this.#unsent += 1;
    // A failure to send means the child is going; its exit is what counts.
    child.send(message, () => {
      if (child === this.#child) this.#unsent -= 1;
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#timer?.[Symbol.dispose]();
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    this.send({ kind: "stop" });
    using _limit = this.#clock.wakeAt((this.#clock.now() + this.#attention.stopPatience) as Instant, () =>
      this.#kill(),
    );
    await gone;
  }

  #onMessage(child: ChildProcess, message: FromChild): void {
    if (child !== this.#child) return;
    this.#silence.heard(this.#clock.now());
    switch (message.kind) {
      case "up":
        this.#everUp = true;
        this.#enter("running");
        this.#listener.onUp(this.role);
        return;
      case "progress":
        if (this.#state === "starting") this.#listener.onProgress();
        return;
      case "message":
        this.#listener.onMessage(this.role, message.to, message.message);
        return;
      case "pong":
        return;
      case "refused":
        // It has nothing left to do, and what ends by itself may hang in ending (nodejs/node#54918).
        this.#refused = true;
        return this.#end("refused to run");
    }
  }

  #onExit(child: ChildProcess, how: string, code: number | null = null): void {
    if (child !== this.#child) return;
    this.#listener.onEnding(this.role);
    this.#child = undefined;
    this.#timer?.[Symbol.dispose]();
    if (this.#stopping) return;
    // Without vision the doors still interlock, and it may yet come.
    const refused = this.#refused || code === refusalCode;
    if (indispensable.includes(this.role) && refused && !this.#everUp)
      return this.#listener.onRefusal(this.role);
    const now = this.#clock.now();
    const { backOff, wait } = afterDeath(this.#backOff, since(this.#startedAt, now));
    this.#backOff = backOff;
    this.#restarts += 1;
    this.#enter("lost");
    this.#listener.onDown(this.role, child.pid ?? 0, how);
    this.#timer = this.#clock.wakeAt((now + wait) as Instant, () => this.start());
  }

  /** A process that is stopped or blocked does not exit by itself; doors must not wait for it. */
  #watch(): void {
    const { pingInterval, patience } = this.#attention;
    const due = (this.#clock.now() + pingInterval) as Instant;
    this.#timer = this.#clock.wakeAt(due, () => {
      const now = this.#clock.now();
      // Whoever was away itself has heard nobody: what they said meanwhile is still to be read.
      if (since(due, now) > pingInterval) this.#silence.heard(now);
      const isStarting = this.#state === "starting";
      const { whole, counted } = this.#silence.at(now, isStarting ? grantedAtStart : undefined);
      if (counted > (isStarting ? startPatience : patience))
        return this.#end(`no answer for ${(whole / 1000).toFixed(1)} s`);
      this.send({ kind: "ping", number: this.#restarts });
      this.#watch();
    });
  }

  #end(why: string): void {
    this.#endedBecause = why;
    this.#kill();
  }

  /** What it held is made safe before, which waits for nobody, and once more when it is gone and can do nothing any more. */
  #kill(): void {
    this.#listener.onEnding(this.role);
    this.#child?.kill("SIGKILL");
  }

  #enter(state: ProcessReport["state"]): void {
    this.#state = state;
    this.#stateSince = this.#clock.now();
    this.#listener.onStateChange();
  }
}

const without = (env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
