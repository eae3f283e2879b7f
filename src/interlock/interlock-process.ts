import {
  deadline,
  decide,
  effectOf,
  evolve,
  faultOfRunningRules,
  type InterlockEvent,
  type InterlockInput,
  type InterlockPolicy,
  initialState,
  isRecorded,
  isWarning,
} from "../domain/interlock/interlock.ts";
import { type DoorName, doorNames, type Lock, type VestibuleId } from "../domain/names.ts";
import { after, type Instant, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { StepBasis } from "../ports/decided-on.ts";
import { type DoorHardware, HardwareFault, lineOf, type Reading } from "../ports/door-hardware.ts";
import type { InterlockCommand, InterlockMessage } from "../ports/interlock-link.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import { cameBack, type Pair, pairOf, takeUpAwaited } from "./pair.ts";
import { inputOf } from "./readings.ts";
import { reportOf } from "./reports.ts";
import { SteadyInputs } from "./steady-inputs.ts";
import { UnacknowledgedEvents } from "./unacknowledged-events.ts";

export interface InterlockOptions {
  readonly vestibules: readonly { readonly id: VestibuleId; readonly policy: InterlockPolicy }[];
  readonly hardware: DoorHardware;
  readonly clock: Clock;
  readonly link: ProcessLink;
  /** Identifies this run of the process. */
  readonly run: string;
}

type ReleaseCommand = Extract<InterlockCommand, { readonly type: "releaseDoor" }>;

/** How soon a lock that would not secure is tried again. */
const retryInterval: Milliseconds = 250;

/** Runs the interlock of every door pair: reads, asks the rules, switches, tells. */
export class InterlockProcess {
  readonly #hardware: DoorHardware;
  readonly #clock: Clock;
  readonly #link: ProcessLink;
  readonly #run: string;
  readonly #pairs: Map<VestibuleId, Pair>;
  readonly #unacknowledged = new UnacknowledgedEvents();
  /** At most one per lock, however often it fails. */
  readonly #retries = new Map<string, Disposable>();
  readonly #steady: SteadyInputs;
  /** Inputs that came while another was being carried out: one at a time, in their order. */
  readonly #waiting: { readonly id: VestibuleId; readonly input: InterlockInput }[] = [];
  #feeding = false;
  #stopped = false;
  #eventCount = 0;

  constructor({ vestibules, hardware, clock, link, run }: InterlockOptions) {
    this.#hardware = hardware;
    this.#clock = clock;
    this.#link = link;
    this.#run = run;
    this.#steady = new SteadyInputs(clock, (reading, at) => this.#onReading(reading, at));
    const state = initialState(clock.now());
    this.#pairs = new Map(vestibules.map(({ id, policy }) => [id, pairOf(policy, state)]));
  }

  /** Takes charge of the doors: outputs first, then inputs (R10). */
  async start(): Promise<void> {
    // An edge may overtake the first readings, and then is newer than they are.
    const overtaken = new Set<string>();
    const readings = await this.#hardware.open((reading, at) => {
      overtaken.add(lineOf(reading));
      this.#steady.onReading(reading, at);
    });
    for (const reading of readings) {
      this.#steady.levels.onReading(reading, this.#clock.now());
      // A button found pressed is a stuck or wedged one, and nobody's request: only an edge is (R11).
      const isButton = reading.input === "rex";
      if (!isButton && !overtaken.has(lineOf(reading))) this.#steady.onReading(reading, this.#clock.now());
    }
    this.#link.onMessage((from, message) => {
      if (from === "controller") this.#onCommand(message as InterlockCommand); // the supervisor carries only our own processes' messages
    });
    this.#link.onPeer((role, presence) => {
      if (role === "controller" && presence === "down") this.#all((at) => ({ type: "ControllerGone", at }));
    });
  }

  /** Secures every door; the process may end after. */
  stop(): void {
    this.#all((at) => ({ type: "SecureRequested", at }));
    this.#stopped = true;
    for (const pair of this.#pairs.values()) pair.wake?.[Symbol.dispose]();
    for (const retry of this.#retries.values()) retry[Symbol.dispose]();
    this.#steady[Symbol.dispose]();
  }

  #onReading(reading: Reading, at: Instant): void {
    const input = inputOf(reading, at);
    if (input !== undefined) this.#feed(reading.vestibule, input);
  }

  #onCommand(command: InterlockCommand): void {
    const at = this.#clock.now();
    switch (command.type) {
      case "heartbeat":
        return this.#all((now) => ({ type: "HeartbeatReceived", at: now, sentAt: command.sentAt }));
      case "releaseDoor":
        return this.#release(command);
      case "withdrawRelease": {
        const { vestibule, door, id } = command;
        return this.#feed(vestibule, { type: "WithdrawalRequested", at, door, id });
      }
      case "secureAll":
        return this.#all((now) => ({ type: "SecureRequested", at: now }));
      case "lockdown": {
        const { vestibule, active } = command;
        return this.#feed(vestibule, { type: "LockdownChanged", at, by: "order", active });
      }
      case "override": {
        const { vestibule, id, doors, operator, notAfter } = command;
        return this.#feed(vestibule, { type: "OverrideRequested", at, id, doors, operator, notAfter });
      }
      case "resetEmergency":
        return this.#feed(command.vestibule, { type: "EmergencyResetRequested", at, id: command.id });
      case "restore":
        return this.#restore(command);
      case "resetOccupancy":
        return this.#feed(command.vestibule, { type: "OccupancyReset", at, change: command.change });
      case "configure":
        return this.#configure(command);
      case "acknowledgeEvents":
        if (command.run === this.#run) this.#unacknowledged.acknowledge(command.number);
        return;
      case "report":
        this.#report();
        for (const message of this.#unacknowledged.all()) this.#link.send("controller", message);
        return;
      case "readLines":
        return this.#link.send("controller", this.#steady.levels.message(this.#run, this.#clock.now()));
    }
  }

  /** R3, the last check: both doors are read here and now, whatever edges have been reported. */
  #release({ vestibule, door, grant, notAfter }: ReleaseCommand): void {
    if (!this.#pairs.has(vestibule)) return;
    for (const name of doorNames) {
      const { contact, bolt } = this.#hardware.read(vestibule, name);
      const at = this.#clock.now();
      this.#feed(vestibule, { type: "ContactChanged", at, door: name, contact });
      if (bolt !== "unfitted") this.#feed(vestibule, { type: "BoltChanged", at, door: name, bolt });
    }
    this.#feed(vestibule, { type: "ReleaseRequested", at: this.#clock.now(), door, grant, notAfter });
  }

  #restore({ vestibule, emergency, people }: Extract<InterlockCommand, { readonly type: "restore" }>): void {
    const pair = this.#pairs.get(vestibule);
    // Said until it has been heard, and so more than once: what has been reset since must stay so.
    if (pair === undefined || pair.restored) return;
    pair.restored = true;
    if (emergency) this.#feed(vestibule, { type: "EmergencyRestored", at: this.#clock.now() });
    this.#feed(vestibule, { type: "OccupancyKnown", at: this.#clock.now(), people });
  }

  /** Checked here as well: what lengthens a release must not come from a controller that has lost its mind. */
  #configure({ vestibule, rules }: Extract<InterlockCommand, { readonly type: "configure" }>): void {
    const pair = this.#pairs.get(vestibule);
    if (pair === undefined) return;
    const fault = faultOfRunningRules(rules);
    if (fault !== undefined) {
      const refusal = { type: "rulesRefused", run: this.#run, vestibule, rules, fault } as const;
      return this.#link.send("controller", refusal satisfies InterlockMessage);
    }
    pair.awaited = rules;
    this.#feed(vestibule, { type: "TimePassed", at: this.#clock.now() });
    this.#report();
  }

  #all(input: (at: Instant) => InterlockInput): void {
    for (const id of this.#pairs.keys()) this.#feed(id, input(this.#clock.now()));
  }

  /**
   * A lock that moves may report it before its command returns; were that judged in between, the rest of the step
   * under way would be carried out after what already undid it.
   */
  #feed(id: VestibuleId, input: InterlockInput): void {
    this.#waiting.push({ id, input });
    if (this.#feeding) return;
    this.#feeding = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        this.#take(next.id, next.input);
      }
    } finally {
      this.#feeding = false;
    }
  }

  #take(id: VestibuleId, input: InterlockInput): void {
    const pair = this.#pairs.get(id);
    if (pair === undefined || this.#stopped) return;
    const isBack = cameBack(pair.state, input);
    const events = decide(pair.state, input, pair.policy);
    let basis = pair.trail.follow(pair.state, input, pair.policy, events);
    pair.state = events.reduce(evolve, pair.state);
    // The record of a release exists before it was asked for; securing waits for nothing.
    for (const event of events) this.#carryOut(id, event);
    for (const event of events) {
      if (!isRecorded(event)) continue;
      this.#tell(id, event, basis);
      // Beside the first of the step's records only.
      basis = undefined;
    }
    // Lines that come back come back secured (T32): a door that a fire or operators still hold released is again.
    if (isBack !== undefined && pair.state.doors[isBack].lock.commanded === "released")
      this.#commandAgain(id, isBack);
    const isChanged = takeUpAwaited(pair);
    this.#sound(id, pair);
    pair.wake?.[Symbol.dispose]();
    const next = deadline(pair.state, pair.policy);
    pair.wake =
      next === undefined
        ? undefined
        : this.#clock.wakeAt(next, () => this.#feed(id, { type: "TimePassed", at: this.#clock.now() }));
    if (isChanged || events.some(({ type }) => type !== "ControllerHeard")) this.#report();
  }

  /** R6, the local warning. A buzzer that fails is no reason to do anything else differently. */
  #sound(id: VestibuleId, pair: Pair): void {
    const sounds = isWarning(pair.state);
    if (sounds === pair.sounding) return;
    pair.sounding = sounds;
    try {
      this.#hardware.sound(id, sounds);
    } catch (error) {
      if (!(error instanceof HardwareFault)) throw error;
    }
  }

  #carryOut(id: VestibuleId, event: InterlockEvent): void {
    const effect = effectOf(event);
    if (effect === undefined || this.#switches(id, effect.door, effect.lock)) return;
    this.#feed(id, { type: "CommandFailed", at: this.#clock.now(), door: effect.door });
    this.#retryLater(id, effect.door);
  }

  /** Whether the line did what was commanded. */
  #switches(id: VestibuleId, door: DoorName, lock: Lock): boolean {
    try {
      this.#hardware.command(id, door, lock);
      return true;
    } catch (error) {
      if (!(error instanceof HardwareFault)) throw error;
      return false;
    }
  }

  #retryLater(id: VestibuleId, door: DoorName): void {
    const key = `${id}.${door}`;
    this.#retries.get(key)?.[Symbol.dispose]();
    const at = after(this.#clock.now(), retryInterval);
    this.#retries.set(
      key,
      this.#clock.wakeAt(at, () => this.#commandAgain(id, door)),
    );
  }

  #commandAgain(id: VestibuleId, door: DoorName): void {
    const commanded = this.#pairs.get(id)?.state.doors[door].lock.commanded;
    if (commanded === undefined) return;
    if (!this.#switches(id, door, commanded)) return this.#retryLater(id, door);
    this.#retries.delete(`${id}.${door}`);
    this.#feed(id, { type: "CommandWorked", at: this.#clock.now(), door });
  }

  #tell(vestibule: VestibuleId, event: InterlockEvent, basis: StepBasis | undefined): void {
    this.#eventCount += 1;
    const said = { type: "event", run: this.#run, number: this.#eventCount, vestibule, event } as const;
    const message = basis === undefined ? said : { ...said, basis };
    this.#unacknowledged.add(message);
    this.#link.send("controller", message);
  }

  #report(): void {
    const at = this.#clock.now();
    this.#link.send("controller", {
      type: "report",
      run: this.#run,
      oldest: this.#unacknowledged.all()[0]?.number ?? this.#eventCount + 1,
      vestibules: [...this.#pairs].map(([id, { state, policy, awaited }]) =>
        reportOf(id, state, policy, awaited, at),
      ),
    } satisfies InterlockMessage);
  }
}
