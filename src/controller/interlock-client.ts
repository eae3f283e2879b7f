import type {
  Grant,
  InterlockEvent,
  OccupancyChange,
  OverriddenDoors,
  RunningRules,
} from "../domain/interlock/interlock.ts";
import { type DoorName, doorNames, type VestibuleId } from "../domain/names.ts";
import { after, type Instant, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { InterlockBasis } from "../ports/decided-on.ts";
import type {
  InterlockCommand,
  InterlockMessage,
  LineReport,
  VestibuleReport,
} from "../ports/interlock-link.ts";
import type { ProcessLink } from "../ports/process-link.ts";

export interface InterlockListener {
  /** Returns once it is recorded; false where it could not be, and then it will come again. */
  onEvent(vestibule: VestibuleId, event: InterlockEvent, basis: InterlockBasis): boolean;
  /** Events of a run of the interlock that were never received. */
  onGap(run: string, from: number, to: number): void;
  /** Before anything else is said to the interlock. `gap`: events of this run were lost. */
  onReport(vestibules: readonly VestibuleReport[], run: string, gap: boolean): void;
  onLost(): void;
  /** It goes on by the rules it has. */
  onRulesRefused(vestibule: VestibuleId, rules: RunningRules, fault: string): void;
  /** As asked for with `readLines`. */
  onLines?(lines: readonly LineReport[], at: Instant): void;
}

/** A quarter of the lease: three may be late or lost before the doors are secured (R16). */
const heartbeatInterval: Milliseconds = 250;

/** The interlock as the controller sees it: what it last reported, and what may be asked of it. */
export class InterlockClient implements Disposable {
  readonly #link: ProcessLink;
  readonly #clock: Clock;
  readonly #listener: InterlockListener;
  #reports: ReadonlyMap<VestibuleId, VestibuleReport> = new Map();
  #run: string | undefined;
  #received = 0;
  #asked = false;
  #present = false;
  #heart: Disposable | undefined;
  #whenSecured: (() => void) | undefined;

  constructor(link: ProcessLink, clock: Clock, listener: InterlockListener) {
    this.#link = link;
    this.#clock = clock;
    this.#listener = listener;
    link.onMessage((from, message) => {
      // Carried by the supervisor, sent by our own interlock. What comes before the start, or before it is up and
      // hears what is said to it, is asked for again then.
      if (from === "interlock" && this.#heart !== undefined && this.#present)
        this.#onMessage(message as InterlockMessage);
    });
    link.onPeer((role, presence) => {
      if (role !== "interlock") return;
      this.#present = presence === "up";
      if (this.#heart === undefined) return;
      if (this.#present) this.#hello();
      else this.#forget();
    });
  }

  /** The heart begins to beat; not earlier, since whoever is heard once must be heard from then on (R16). */
  start(): void {
    this.#beat();
    if (this.#present) this.#send({ type: "report" });
  }

  /** Undefined while the interlock is silent: then nothing is known, and no door is secure. */
  report(vestibule: VestibuleId): VestibuleReport | undefined {
    return this.#reports.get(vestibule);
  }

  release(vestibule: VestibuleId, door: DoorName, grant: Grant, notAfter: Instant): void {
    this.#send({ type: "releaseDoor", vestibule, door, grant, notAfter });
  }

  /** A8: the release of this passage, should it still stand; an opening that has begun goes on. */
  withdraw(vestibule: VestibuleId, door: DoorName, id: string): void {
    this.#send({ type: "withdrawRelease", vestibule, door, id });
  }

  readLines(): void {
    this.#send({ type: "readLines" });
  }

  /** R14; said again it changes nothing. */
  lockDown(vestibule: VestibuleId, active: boolean): void {
    this.#send({ type: "lockdown", vestibule, active });
  }

  /** R13: answered with `OverrideProposed`, `OverrideStarted` or `OverrideRefused` of this id. */
  override(
    vestibule: VestibuleId,
    id: string,
    doors: OverriddenDoors,
    operator: string,
    notAfter: Instant,
  ): void {
    this.#send({ type: "override", vestibule, id, doors, operator, notAfter });
  }

  /** R12: answered with `EmergencyReset` or `EmergencyResetRefused` of this id. */
  resetEmergency(vestibule: VestibuleId, id: string): void {
    this.#send({ type: "resetEmergency", vestibule, id });
  }

  /** To a run that has just begun: what held before it. */
  restore(vestibule: VestibuleId, emergency: boolean, people: number): void {
    this.#send({ type: "restore", vestibule, emergency, people });
  }

  /** As an operator has it, which is on record (R15). */
  resetOccupancy(vestibule: VestibuleId, change: OccupancyChange): void {
    this.#send({ type: "resetOccupancy", vestibule, change });
  }

  /** Taken up once nothing is released or open there, and then reported; or refused. */
  configure(vestibule: VestibuleId, rules: RunningRules): void {
    this.#send({ type: "configure", vestibule, rules });
  }

  secureAll(): void {
    this.#send({ type: "secureAll" });
  }

  /** Resolves when the interlock has told that every lock is secured, and why, or after `limit`. */
  async allSecured(limit: Milliseconds): Promise<void> {
    if (!this.#isAnyReleased()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    using _limit = this.#clock.wakeAt(after(this.#clock.now(), limit), resolve);
    this.#whenSecured = resolve;
    await promise;
  }

  /** After a storage fault: all that was received meanwhile is durable now. */
  acknowledgeReceived(): void {
    if (this.#run !== undefined)
      this.#send({ type: "acknowledgeEvents", run: this.#run, number: this.#received });
  }

  [Symbol.dispose](): void {
    this.#heart?.[Symbol.dispose]();
  }

  #beat(): void {
    this.#send({ type: "heartbeat", sentAt: this.#clock.now() });
    this.#heart = this.#clock.wakeAt(after(this.#clock.now(), heartbeatInterval), () => this.#beat());
  }

  #hello(): void {
    this.#send({ type: "heartbeat", sentAt: this.#clock.now() });
    this.#send({ type: "report" });
  }

  #isAnyReleased(): boolean {
    return [...this.#reports.values()].some(({ doors }) =>
      doorNames.some((door) => doors[door].lock === "released"),
    );
  }

  #forget(): void {
    this.#reports = new Map();
    this.#whenSecured?.();
    this.#listener.onLost();
  }

  #onMessage(message: InterlockMessage): void {
    switch (message.type) {
      case "report":
        this.#reports = new Map(message.vestibules.map((report) => [report.vestibule, report]));
        this.#listener.onReport(message.vestibules, message.run, this.#hasGap(message.run, message.oldest));
        if (!this.#isAnyReleased()) this.#whenSecured?.();
        return;
      case "event":
        return this.#onEvent(message);
      case "rulesRefused":
        return this.#listener.onRulesRefused(message.vestibule, message.rules, message.fault);
      case "lines":
        return this.#listener.onLines?.(message.lines, message.at);
    }
  }

  /** What the interlock no longer keeps will never come: of a run that goes on that has to be on record. */
  #hasGap(run: string, oldest: number): boolean {
    this.#asked = false;
    const known = run === this.#run;
    const missing = this.#received + 1;
    const gap = known && oldest > missing;
    if (gap) this.#listener.onGap(run, missing, oldest - 1);
    if (gap || !known) this.#received = oldest - 1;
    this.#run = run;
    return gap;
  }

  /** In order and each once; after a gap everything from it is asked for again. */
  #onEvent(message: Extract<InterlockMessage, { readonly type: "event" }>): void {
    const { run, number, vestibule, event, basis = {} } = message;
    if (run !== this.#run || number > this.#received + 1) return this.#askAgain();
    if (number <= this.#received) return;
    this.#received = number;
    const whole = { n: number, ...(basis.state === undefined ? {} : { run }), ...basis };
    if (this.#listener.onEvent(vestibule, event, whole))
      this.#send({ type: "acknowledgeEvents", run, number });
  }

  #askAgain(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#send({ type: "report" });
  }

  #send(command: InterlockCommand): void {
    this.#link.send("interlock", command);
  }
}
