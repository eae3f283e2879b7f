import { Controller } from "../../src/controller/controller.ts";
import { type DoorName } from "../../src/domain/names.ts";
import { after, type Milliseconds } from "../../src/domain/time.ts";
import { InterlockProcess } from "../../src/interlock/interlock-process.ts";
import type { BuildingAction } from "../../src/ports/building-link.ts";
import type { Journal, JournalRecord } from "../../src/ports/journal.ts";
import type { Building } from "../../src/simulation/building.ts";
import { runBuilding } from "../../src/simulation/building-process.ts";
import { fixedRuleBook } from "../../src/simulation/fixed-rule-book.ts";
import { MemoryDirectory } from "../../src/simulation/memory-directory.ts";
import { MemoryEvidenceStore } from "../../src/simulation/memory-evidence-store.ts";
import { MemoryCursor } from "../../src/simulation/memory-journal.ts";
import { MemoryRules } from "../../src/simulation/memory-rules.ts";
import { MemoryTemplates } from "../../src/simulation/memory-templates.ts";
import { ProcessHub } from "../../src/simulation/process-hub.ts";
import { RecordedAlarmLink } from "../../src/simulation/recorded-alarm-link.ts";
import { SimulatedCardReader } from "../../src/simulation/simulated-card-reader.ts";
import type { SimulatedDoor } from "../../src/simulation/simulated-door.ts";
import { SimulatedDoorHardware } from "../../src/simulation/simulated-door-hardware.ts";
import type { VirtualClock } from "../../src/simulation/virtual-clock.ts";
import { pinsOf } from "./cardholders.ts";
import { Draw } from "./draw.ts";
import { Lamps } from "./lamps.ts";
import {
  type CrashPoint,
  cursorOf,
  linkOf,
  ObservedDoorHardware,
  ObservedJournal,
} from "./observed-parts.ts";
import type { Oracle } from "./oracle/oracle.ts";
import { ordinaryDelay, type RunPlan } from "./plan.ts";
import { Scenes } from "./scenes.ts";
import { SimulatedProcess } from "./simulated-process.ts";
import { type ChildRole, patience, SimulatedSupervisor } from "./simulated-supervisor.ts";
import { SimulatedVision } from "./simulated-vision.ts";
import type { SiteParts } from "./site-parts.ts";

/** The whole site of one seed: real controller and interlock, everything around them simulated. */
export class SimulatedSite {
  readonly plan: RunPlan;
  readonly clock: VirtualClock;
  readonly hub = new ProcessHub(false);
  readonly journal: Journal;
  readonly building: Building;
  readonly oracle: Oracle;
  readonly lamps = new Lamps();
  readonly directory: MemoryDirectory;
  readonly broker: RecordedAlarmLink;
  readonly trace: SiteParts["trace"];
  /** Work that continues outside virtual time's own wakes is under way. */
  busy = true;
  disk: "works" | "loses" | "keeps" = "works";
  freeBytes = 1e9;
  /** Extra time every message takes. */
  slowness: { readonly shortest: Milliseconds; readonly longest: Milliseconds } = { shortest: 0, longest: 0 };
  readonly refusing = new Set<string>();
  readonly scenes: Scenes;
  /** A death at the next time this point is passed so many times. */
  crash: { readonly role: ChildRole; readonly point: CrashPoint; left: number } | undefined;
  readonly deaths: Record<ChildRole, number> = { interlock: 0, controller: 0, vision: 0 };
  readonly processes: Partial<Record<ChildRole, SimulatedProcess>> = {};
  readonly #evidence = new MemoryEvidenceStore();
  readonly #cursor = new MemoryCursor();
  readonly #delays: Draw;
  readonly #visionDraw: Draw;
  readonly #supervisor: SimulatedSupervisor;
  readonly #rules: SiteParts["rules"];
  #vision: SimulatedVision | undefined;
  #controller: Controller | undefined;
  #passages = 0;
  #runs = 0;

  constructor({ plan, clock, journal, rules, oracle, trace }: SiteParts) {
    this.#rules = rules;
    this.plan = plan;
    this.clock = clock;
    this.journal = journal;
    this.trace = trace;
    this.#delays = new Draw(plan.seed, "delays");
    this.#visionDraw = new Draw(plan.seed, "vision");
    this.directory = new MemoryDirectory(clock);
    this.broker = new RecordedAlarmLink(clock);
    this.building = runBuilding(this.hub.start("building"), { plan: plan.building, seed: plan.seed, clock });
    this.oracle = oracle(this.building);
    this.scenes = new Scenes(plan.site.cameraOf, (camera) => {
      this.busy = true;
      this.#vision?.look(camera);
    });
    const supervisor = new SimulatedProcess(this.#processOptions("supervisor"), false);
    this.#supervisor = new SimulatedSupervisor(
      supervisor.link,
      clock,
      new Draw(plan.seed, "supervisor"),
      (role) => this.start(role),
    );
  }

  get services(): Controller["services"] | undefined {
    return this.processes.controller?.running ? this.#controller?.services : undefined;
  }

  door(vestibule: string, door: DoorName): SimulatedDoor {
    const found = this.building.door(vestibule, door);
    if (found === undefined) throw new Error(`no door ${vestibule}.${door}`);
    return found;
  }

  act(action: BuildingAction): boolean {
    this.busy = true;
    return this.building.act(action).done;
  }

  start(role: ChildRole): void {
    this.busy = true;
    this.trace(() => `${role} starts`);
    switch (role) {
      case "interlock":
        return this.#startInterlock();
      case "controller":
        return this.#startController();
      case "vision":
        return this.#startVision();
    }
  }

  kill(role: ChildRole, how = "SIGKILL", wanted = false): void {
    const process = this.processes[role];
    if (process === undefined || process.dead) return;
    this.busy = true;
    this.trace(() => `${role} dies: ${how}`);
    if (!wanted) this.deaths[role] += 1;
    process.kill();
    this.oracle.died(role);
    if (role === "controller") this.#controller = undefined;
    if (role === "vision") this.#vision = undefined;
    this.hub.stop(role);
    if (role === "interlock") this.oracle.interlockGone();
    this.#supervisor.ended(role, how, wanted);
  }

  /** SIGSTOP; the supervisor ends it when it has been silent for too long. */
  stop(role: ChildRole, length: Milliseconds): void {
    const process = this.processes[role];
    if (process === undefined || !process.running) return;
    this.trace(() => `${role} is stopped for ${length} ms`);
    process.stop();
    this.oracle.stopped(role);
    this.clock.wakeAt(after(this.clock.now(), Math.min(length, patience[role])), () => {
      if (!process.stopped) return;
      this.busy = true;
      if (length > patience[role]) return this.kill(role, "no answer");
      this.trace(() => `${role} goes on`);
      this.oracle.resumed(role);
      process.resume();
    });
  }

  /** As by SIGTERM: it ends in order, and is started again. */
  endInOrder(role: "controller"): void {
    const process = this.processes[role];
    const controller = this.#controller;
    if (controller === undefined || process === undefined || !process.running) return;
    this.busy = true;
    this.trace(() => `${role} is asked to end`);
    this.oracle.leaving();
    void controller[Symbol.asyncDispose]().then(() => {
      if (this.processes[role] === process) this.kill(role, "exit 0", true);
    });
  }

  #processOptions(role: "supervisor" | ChildRole) {
    return {
      role,
      hub: this.hub,
      clock: this.clock,
      delay: () => {
        this.busy = true;
        const { shortest, longest } = this.slowness;
        const extra = longest === 0 ? 0 : this.#delays.between(shortest, longest);
        return this.#delays.between(ordinaryDelay.shortest, ordinaryDelay.longest) + extra;
      },
      afterStep: () => {
        if (role === "interlock" && this.processes.interlock?.running) this.oracle.afterInterlockStep();
      },
    } as const;
  }

  #startInterlock(): void {
    const process = new SimulatedProcess(this.#processOptions("interlock"), false);
    this.processes.interlock = process;
    this.oracle.interlockTakes();
    const { clock, link } = process;
    const vestibules = this.plan.vestibules.map(({ building }) => building);
    const hardware = new ObservedDoorHardware(new SimulatedDoorHardware(vestibules, link, clock), process, {
      onReading: (reading) => this.oracle.onReading(reading),
      onCommand: (vestibule, door, lock) => {
        this.trace(() => `    ${vestibule}.${door} ${lock}`);
        this.oracle.onCommand(vestibule, door, lock);
      },
      refuses: (vestibule, door, lock) => {
        const refused = this.refusing.has(`${vestibule}.${door}`);
        if (refused) this.oracle.of(vestibule).relays.onRefused(door, lock);
        return refused;
      },
      passes: (point) => this.#passes("interlock", point),
    });
    this.#runs += 1;
    const pairs = this.plan.vestibules.map(({ id, policy }) => ({ id, policy: this.#rules(policy) }));
    const interlock = new InterlockProcess({
      vestibules: pairs,
      hardware,
      clock,
      link,
      run: `run-${this.#runs}`,
    });
    void interlock.start();
  }

  #startController(): void {
    const process = new SimulatedProcess(this.#processOptions("controller"), true);
    this.processes.controller = process;
    const { clock, link } = process;
    const journal = new ObservedJournal(this.journal, process, {
      disk: () => this.disk,
      onRecords: (records) => this.#onRecords(records),
      passes: (point) => this.#passes("controller", point),
    });
    const controller = new Controller({
      site: this.plan.site,
      rules: {
        book: fixedRuleBook(this.plan.site.policy),
        store: new MemoryRules(clock, this.directory),
      },
      clock,
      link,
      journal,
      directory: this.directory,
      templates: new MemoryTemplates(this.directory),
      evidence: this.#evidence,
      readers: [new SimulatedCardReader(link, clock)],
      broker: { link: linkOf(this.broker, process), cursor: cursorOf(this.#cursor, process) },
      verifyJournal: async () => this.journal.verify(),
      freeBytes: async () => {
        this.busy = true;
        return this.freeBytes;
      },
      newPassage: () => `p${++this.#passages}`,
      pins: pinsOf(this.directory, () => {
        this.busy = true;
      }),
      findAlike: async () => [],
      about: { version: "0.0.0" },
      simulator: undefined,
    });
    this.#controller = controller;
    void controller.start().then(() => {
      if (process.dead) return;
      this.oracle.controllerUp();
      process.up();
    });
  }

  #startVision(): void {
    const process = new SimulatedProcess(this.#processOptions("vision"), false);
    this.processes.vision = process;
    this.oracle.visionUp();
    this.#vision = new SimulatedVision({
      link: process.link,
      clock: process.clock,
      cameras: this.plan.site.cameras,
      scenes: this.scenes,
      draw: this.#visionDraw,
      threshold: 0.058,
      prompt: this.plan.weather === "calm",
    });
  }

  #passes(role: ChildRole, point: CrashPoint): void {
    if (this.crash?.role !== role || this.crash.point !== point) return;
    this.crash.left -= 1;
    if (this.crash.left > 0) return;
    this.crash = undefined;
    this.kill(role, `at ${point}`);
  }

  #onRecords(records: readonly JournalRecord[]): void {
    this.busy = true;
    // It will turn up on the disk, and nobody has acted upon it.
    if (this.disk === "keeps") this.oracle.passages.lost();
    for (const record of records) {
      this.trace(() => `  ${record.seq} ${record.type} ${JSON.stringify(record.payload)}`);
      this.lamps.onRecord(record);
    }
    this.oracle.onRecords(records);
  }
}
