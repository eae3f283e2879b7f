import { createHash } from "node:crypto";
import type { DoorName, Lock, VestibuleId } from "../../../src/domain/names.ts";
import type { Instant } from "../../../src/domain/time.ts";
import type { Reading } from "../../../src/ports/door-hardware.ts";
import type { JournalRecord } from "../../../src/ports/journal.ts";
import type { Building } from "../../../src/simulation/building.ts";
import type { RunPlan, VestibuleDrawn } from "../plan.ts";
import type { ChildRole } from "../simulated-supervisor.ts";
import { textOf } from "../text-of.ts";
import { AlarmOracle } from "./alarms.ts";
import { Findings } from "./findings.ts";
import { JournalOracle } from "./journal.ts";
import { PassageOracle } from "./passages.ts";
import { PhysicsOracle } from "./physics.ts";
import { RelayOracle } from "./relays.ts";

interface Watched {
  readonly drawn: VestibuleDrawn;
  readonly relays: RelayOracle;
  readonly physics: PhysicsOracle;
}

/** Knows what is so in the building and what was asked of whom, and says when the program did something else. */
export class Oracle {
  readonly findings = new Findings();
  readonly alarms: AlarmOracle;
  readonly passages: PassageOracle;
  readonly journal: JournalOracle;
  readonly #plan: RunPlan;
  readonly #now: () => Instant;
  readonly #watched: ReadonlyMap<VestibuleId, Watched>;
  readonly #commands = createHash("sha256");
  readonly #stoppedSince = new Map<ChildRole, Instant>();
  readonly #lies = new Map<string, { contact: boolean; bolt: boolean }>();
  #commandCount = 0;

  constructor(
    plan: RunPlan,
    building: Building,
    now: () => Instant,
    isRefusing: (vestibule: VestibuleId, door: DoorName) => boolean,
  ) {
    this.#plan = plan;
    this.#now = now;
    const { findings } = this;
    this.#watched = new Map(
      plan.vestibules.map((drawn) => [
        drawn.id,
        {
          drawn,
          relays: new RelayOracle(drawn, now, findings, (door) => isRefusing(drawn.id, door)),
          physics: new PhysicsOracle(building, drawn.id, now, findings),
        },
      ]),
    );
    const isReleased = (vestibule: VestibuleId, door: DoorName): boolean =>
      this.of(vestibule).relays.isReleased(door);
    this.alarms = new AlarmOracle(building, plan.vestibules, now, findings, isReleased);
    this.passages = new PassageOracle(now, findings, plan.weather === "calm");
    this.journal = new JournalOracle(now, findings);
    for (const role of ["interlock", "controller", "vision"] as const) this.alarms.disturbed(role, true);
  }

  get commands(): number {
    return this.#commandCount;
  }

  of(vestibule: VestibuleId): Watched {
    const found = this.#watched.get(vestibule);
    if (found === undefined) throw new Error(`no vestibule ${vestibule}`);
    return found;
  }

  onReading(reading: Reading): void {
    this.of(reading.vestibule).relays.onReading(reading);
  }

  onCommand(vestibule: VestibuleId, door: DoorName, lock: Lock): void {
    this.#commandCount += 1;
    this.#commands.update(`${this.#now()} ${vestibule}.${door} ${lock}\n`);
    this.of(vestibule).relays.onCommand(door, lock);
  }

  afterInterlockStep(): void {
    for (const { relays } of this.#watched.values()) relays.afterStep();
  }

  onRecords(records: readonly JournalRecord[]): void {
    for (const record of records) {
      this.journal.onRecord(record);
      this.passages.onRecord(record);
      this.alarms.onRecord(record);
      const { type, payload } = record;
      if (/^(Emergency|Lockdown)/.test(type) && typeof payload.vestibule === "string")
        this.#onOrderRecord(record, payload.vestibule);
      if (type !== "AccessGranted" && type !== "Egress") continue;
      const door = payload.door ?? (textOf(payload.accessPoint).startsWith("outer") ? "outer" : "inner");
      this.of(textOf(payload.vestibule)).relays.permitted(door as DoorName); // one of the two, as checked above
    }
  }

  /** What a sensor shows against what is so, or null. Only where nothing else shows an open door may both be open. */
  lies(
    vestibule: VestibuleId,
    door: DoorName,
    input: "contact" | "bolt",
    shows: boolean | "fault" | null,
  ): void {
    const { drawn, physics } = this.of(vestibule);
    const key = `${vestibule}/${door}`;
    const lies = this.#lies.get(key) ?? { contact: false, bolt: false };
    lies[input] = shows === false;
    this.#lies.set(key, lies);
    const blind = lies.contact && (lies.bolt || drawn.policy.doors[door].bolt === "unfitted");
    physics.lasting(`${door} unseen`, blind);
  }

  #onOrderRecord(record: JournalRecord, vestibule: VestibuleId): void {
    const { relays, physics } = this.of(vestibule);
    relays.orders.onRecord(record);
    if (relays.orders.emergency) return;
    physics.lasting("emergency", false);
    this.alarms.lying(vestibule, "emergency", false);
  }

  /** R12: the fire panel, or a break-glass. */
  fire(vestibule: VestibuleId): void {
    const { physics, relays } = this.of(vestibule);
    this.alarms.explain(
      "EmergencyRelease",
      "DoorHeldOpen",
      "InterlockViolated",
      "DoorForcedOpen",
      "LockFault",
    );
    if (!relays.orders.emergency) this.alarms.demand("EmergencyRelease", { vestibule }, 0, "there is a fire");
    this.alarms.lying(vestibule, "emergency", true);
    physics.lasting("emergency", true);
  }

  /** R13: one operator's part; what may come of it is over with `overrideOver`. */
  overrideAsked(vestibule: VestibuleId, doors: DoorName | "both", operator: string, cause: string): void {
    const { relays, physics } = this.of(vestibule);
    relays.orders.overrideAsked(doors, operator);
    this.alarms.explain("EmergencyOverride", "DoorHeldOpen", "InterlockViolated", "DoorForcedOpen");
    physics.lasting(cause, true);
    this.alarms.lying(vestibule, cause, true);
  }

  overrideOver(vestibule: VestibuleId, cause: string): void {
    this.of(vestibule).physics.lasting(cause, false);
    this.alarms.lying(vestibule, cause, false);
  }

  /** A new interlock process is about to take the lines. */
  interlockTakes(): void {
    for (const { relays, physics } of this.#watched.values()) {
      relays.taken();
      physics.lasting("unpowered", false);
    }
    this.alarms.disturbed("interlock", false);
  }

  interlockGone(): void {
    this.alarms.explain("DoorHeldOpen", "DoorForcedOpen");
    for (const { relays, physics, drawn } of this.#watched.values()) {
      relays.dropped();
      const { outer, inner } = drawn.policy.doors;
      if (outer.lockKind === "fail-secure" && inner.lockKind === "fail-secure") continue;
      // Without power a fail-safe lock opens to whoever pushes: the installer's choice, see the guide.
      physics.lasting("unpowered", true);
      this.alarms.explain("InterlockViolated");
    }
  }

  controllerUp(): void {
    this.#controllerSilent(false);
    this.alarms.disturbed("controller", false);
  }

  visionUp(): void {
    this.alarms.disturbed("vision", false);
  }

  /** It is asked to end, and says goodbye. */
  leaving(): void {
    this.passages.lost();
    this.alarms.explain("ControllerLost");
  }

  died(role: ChildRole): void {
    this.#stoppedSince.delete(role);
    this.passages.lost();
    this.alarms.disturbed(role, true);
    const lost = role === "vision" ? "VisionLost" : "ControllerLost";
    this.alarms.explain(lost, "ControllerLost");
    if (role === "controller") this.#controllerSilent(true);
    else this.alarms.demand(lost, {}, 100, `${role} died`);
  }

  stopped(role: ChildRole): void {
    this.#stoppedSince.set(role, this.#now());
    this.passages.lost();
    this.alarms.disturbed(role, true);
    this.alarms.explain("ControllerLost", "VisionLost", "DoorForcedOpen", "DoorHeldOpen");
    if (role === "controller") this.#controllerSilent(true);
    if (role === "interlock") for (const { relays } of this.#watched.values()) relays.interlockStopped();
  }

  resumed(role: ChildRole): void {
    const silent = this.#now() - (this.#stoppedSince.get(role) ?? this.#now());
    this.#stoppedSince.delete(role);
    this.alarms.disturbed(role, false);
    if (role === "interlock") for (const { relays } of this.#watched.values()) relays.interlockResumed();
    if (role !== "controller") return;
    this.#controllerSilent(false);
    if (silent > this.#plan.vestibules[0].policy.heartbeatTime + 500)
      this.alarms.demand("ControllerLost", {}, 500, `the controller was stopped for ${silent} ms`);
  }

  /** Whenever time has passed. */
  look(): void {
    for (const { relays, physics } of this.#watched.values()) {
      relays.look();
      physics.look();
    }
    this.alarms.look();
  }

  /** What tells two runs apart: every record and every command, to the byte. */
  hash(): string {
    return createHash("sha256")
      .update(`${this.journal.head} ${this.#commands.copy().digest("hex")}`)
      .digest("hex");
  }

  bothOpen(): number {
    return [...this.#watched.values()].reduce((sum, { physics }) => sum + physics.bothOpen, 0);
  }

  #controllerSilent(silent: boolean): void {
    for (const { relays } of this.#watched.values()) relays.controllerSilent(silent);
  }
}
