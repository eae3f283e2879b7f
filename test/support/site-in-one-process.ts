import { setImmediate as immediate } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { Controller } from "../../src/controller/controller.ts";
import type { ControllerOptions } from "../../src/controller/controller-options.ts";
import type { AccessPolicy } from "../../src/domain/access/access.ts";
import type { AlikeFace } from "../../src/domain/biometric/alike.ts";
import type { AccessPointName, DoorName } from "../../src/domain/names.ts";
import type { Milliseconds } from "../../src/domain/time.ts";
import { InterlockProcess } from "../../src/interlock/interlock-process.ts";
import type { BuildingAction } from "../../src/ports/building-link.ts";
import type { Commissioning } from "../../src/ports/commissioning.ts";
import type { SiteState, VestibuleView } from "../../src/ports/controller-services.ts";
import { type JournalRecord, StorageFault } from "../../src/ports/journal.ts";
import type { ProcessLoss, SupervisorCommand, SupervisorMessage } from "../../src/ports/supervision.ts";
import type { Building } from "../../src/simulation/building.ts";
import { runBuilding } from "../../src/simulation/building-process.ts";
import { fixedRuleBook } from "../../src/simulation/fixed-rule-book.ts";
import { MemoryDirectory } from "../../src/simulation/memory-directory.ts";
import { MemoryEvidenceStore } from "../../src/simulation/memory-evidence-store.ts";
import { MemoryJournal } from "../../src/simulation/memory-journal.ts";
import { MemoryRules } from "../../src/simulation/memory-rules.ts";
import { MemoryTemplates } from "../../src/simulation/memory-templates.ts";
import { ProcessHub } from "../../src/simulation/process-hub.ts";
import { SimulatedCardReader } from "../../src/simulation/simulated-card-reader.ts";
import { SimulatedDoorHardware } from "../../src/simulation/simulated-door-hardware.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";
import {
  ObservedDoorHardware,
  ObservedJournal,
  ProcessClock,
  StartingLink,
  type Trace,
} from "./observed-parts.ts";
import { anna, bo, porter } from "./people-of-the-site.ts";
import { expectDecidedTheSame } from "./replayed.ts";
import { modelForTests, ScriptedVision } from "./scripted-vision.ts";
import { cameras, interlockPolicy, sitePlan, vestibulePlan } from "./site-plan-for-tests.ts";

export { anna, bo, porter };

export interface SiteChanges {
  readonly policy?: Partial<AccessPolicy>;
  readonly options?: Partial<ControllerOptions>;
  readonly commissioning?: (site: SiteInOneProcess) => Commissioning;
}

/** A whole site in one process and in virtual time: real controller, real interlock, simulated building. */
export class SiteInOneProcess {
  readonly clock = new VirtualClock();
  readonly hub = new ProcessHub();
  readonly trace: Trace = [];
  readonly disk = new MemoryJournal(this.clock);
  readonly journal = new ObservedJournal(this.disk, this.trace);
  readonly directory = new MemoryDirectory(this.clock);
  readonly templates = new MemoryTemplates(this.directory);
  readonly rules = new MemoryRules(this.clock, this.directory);
  readonly evidence = new MemoryEvidenceStore({ wall: () => this.clock.wall() });
  readonly toSupervisor: SupervisorCommand[] = [];
  readonly #building: Building;
  readonly #supervisor = this.hub.start("supervisor");
  readonly #changes: SiteChanges;
  /** By cardholder. */
  readonly pins = new Map<string, { readonly pin: string; readonly duressPin?: string }>();
  freeBytes = 1e9;
  /** Who has the face of the next photo, besides its owner. */
  alike: readonly AlikeFace[] | "fails" = [];
  #vision: ScriptedVision;
  #controller: { readonly controller: Controller; readonly clock: ProcessClock } | undefined;
  #interlock: { readonly clock: ProcessClock } | undefined;
  #passages = 0;
  #interlockRuns = 0;

  private constructor(changes: SiteChanges) {
    this.#changes = changes;
    this.#supervisor.onMessage((_, message) => this.toSupervisor.push(message as SupervisorCommand)); // only the controller asks it
    const plan = { vestibules: [vestibulePlan], cameras, doorCloserTime: 4_000 };
    this.#building = runBuilding(this.hub.start("building"), { plan, seed: 7, clock: this.clock });
    this.#vision = new ScriptedVision(this.hub, this.clock, cameras);
    this.#enrol(anna, "staff");
    this.#enrol(bo, "staff");
    this.#enrol(porter, "porters");
  }

  /** Everything runs and both doors are secure. */
  static async open(changes: SiteChanges = {}): Promise<SiteInOneProcess> {
    const site = new SiteInOneProcess(changes);
    // Whatever else a test is about: from its record alone every decision comes out the same. Some lose records.
    onTestFinished(() => expectDecidedTheSame(site.disk));
    await site.startInterlock();
    await site.startController();
    await site.passes(1_000);
    return site;
  }

  get services() {
    if (this.#controller === undefined) throw new Error("no controller runs");
    return this.#controller.controller.services;
  }

  get vision(): ScriptedVision {
    return this.#vision;
  }

  async startInterlock(): Promise<void> {
    const link = this.hub.start("interlock");
    const clock = new ProcessClock(this.clock);
    const lines = new SimulatedDoorHardware([vestibulePlan], link, clock);
    const hardware = new ObservedDoorHardware(lines, this.trace);
    this.#interlockRuns += 1;
    const run = `run-${this.#interlockRuns}`;
    const pairs = [{ id: "v1", policy: interlockPolicy }];
    const interlock = new InterlockProcess({ vestibules: pairs, hardware, clock, link, run });
    this.#interlock = { clock };
    await interlock.start();
  }

  killInterlock(): void {
    this.#interlock?.clock.kill();
    this.hub.stop("interlock");
  }

  async startController(): Promise<void> {
    const link = new StartingLink(this.hub.start("controller"));
    const clock = new ProcessClock(this.clock);
    const controller = new Controller({
      site: sitePlan(this.#changes.policy ?? {}),
      rules: { book: fixedRuleBook(sitePlan(this.#changes.policy ?? {}).policy), store: this.rules },
      clock,
      link,
      journal: this.journal,
      directory: this.directory,
      templates: this.templates,
      evidence: this.evidence,
      readers: [new SimulatedCardReader(link, clock)],
      broker: undefined,
      verifyJournal: async () => this.journal.verify(),
      freeBytes: async () => this.freeBytes,
      newPassage: () => `p${++this.#passages}`,
      pins: {
        hashesFor: async (pin, duressPin) => ({ pin, duressPin }),
        judge: async (cardholder, entered) => {
          const { pin, duressPin } = this.pins.get(cardholder ?? "") ?? {};
          return entered === pin ? "correct" : entered === duressPin ? "duress" : "wrong";
        },
      },
      findAlike: async () => {
        if (this.alike === "fails") throw new StorageFault("the disk is gone");
        return this.alike;
      },
      about: { version: "0.0.0" },
      ...{ simulator: undefined, commissioning: this.#changes.commissioning?.(this) },
      ...this.#changes.options,
    });
    this.#controller = { controller, clock };
    await controller.start();
    link.up();
  }

  /** As by SIGKILL: whatever it still had in mind is gone. */
  killController(): void {
    this.#controller?.clock.kill();
    this.hub.stop("controller");
    this.#controller = undefined;
  }

  async stopController(): Promise<void> {
    await this.#controller?.controller[Symbol.asyncDispose]();
    this.killController();
  }

  killVision(): void {
    this.hub.stop("vision");
  }

  startVision(): void {
    this.#vision = new ScriptedVision(this.hub, this.clock, cameras);
  }

  supervisorSays(message: SupervisorMessage): void {
    this.#supervisor.send("controller", message);
  }

  loses(...losses: readonly ProcessLoss[]): void {
    const processes = (["controller", "interlock", "vision"] as const).map((role) => ({
      role,
      state: losses.some((loss) => loss.role === role) ? ("lost" as const) : ("running" as const),
      pid: 1,
      restarts: 0,
      since: this.clock.now(),
    }));
    this.supervisorSays({ type: "processes", processes, losses });
  }

  /** Time passes, and whatever was set going by it has come to rest. */
  async passes(length: Milliseconds): Promise<void> {
    this.clock.advance(length);
    await this.settles();
  }

  async settles(): Promise<void> {
    await immediate();
    await immediate();
  }

  /** And waits until it is decided: a card read waits for its turn. */
  async present(number: string, accessPoint: AccessPointName = "outer-entry"): Promise<void> {
    this.holds(number, accessPoint);
    await this.passes(0);
  }

  /** Without waiting. */
  holds(number: string, accessPoint: AccessPointName = "outer-entry"): void {
    this.#act({ type: "presentCard", vestibule: "v1", accessPoint, number });
  }

  setPin(person: { readonly card: string }, pin: string, duressPin: string): void {
    const id = this.cardholder(person);
    this.pins.set(id, { pin, duressPin });
    this.directory.setPin(id, { pin, duressPin });
  }

  /** On the keypad there; and waits until it is decided. */
  async press(keys: string, accessPoint: AccessPointName = "outer-entry"): Promise<void> {
    this.#act({ type: "pressKeys", vestibule: "v1", accessPoint, keys });
    await this.passes(0);
  }

  display(accessPoint: AccessPointName = "outer-entry"): string | undefined {
    return this.vestibule().displays[accessPoint]?.text;
  }

  moveDoor(name: DoorName, action: "open" | "close" | "force" | "prop"): void {
    this.#act({ type: "moveDoor", vestibule: "v1", door: name, action });
  }

  setInput(name: string, active: boolean | null): void {
    this.#act({ type: "setInput", name, active });
  }

  /** Every output by name, readers' lights with them. */
  outputs(): Readonly<Record<string, string>> {
    const outcome = this.#building.act({ type: "readOutputs" });
    return outcome.done ? (outcome.outputs ?? {}) : {};
  }

  /** What the building's locks do, whoever says what. */
  lock(name: DoorName): string {
    return this.#building.door("v1", name)?.lock() ?? "no such door";
  }

  /** From card to door closed again. */
  async goesThrough(person: { readonly card: string }, accessPoint: AccessPointName = "outer-entry") {
    await this.present(person.card, accessPoint);
    this.vision.accept();
    await this.passes(200);
    this.moveDoor(accessPoint.startsWith("outer") ? "outer" : "inner", "open");
    await this.passes(6_000);
  }

  /** The first thousand, of one type or of all. */
  records(type?: string): readonly JournalRecord[] {
    return this.disk.query({ limit: 1_000, ...(type === undefined ? {} : { type }) });
  }

  types(after = 0): readonly string[] {
    return this.disk.query({ limit: 1_000, after }).map(({ type }) => type);
  }

  vestibule(): VestibuleView {
    const [vestibule] = this.state().vestibules;
    if (vestibule === undefined) throw new Error("the site has no vestibule");
    return vestibule;
  }

  state(): SiteState {
    return this.services.state();
  }

  alarm(id: string) {
    return this.services.alarms().find((alarm) => alarm.id === id);
  }

  cardholder(person: { readonly card: string }): string {
    const found = this.directory.findByCard(person.card);
    if (found === undefined) throw new Error(`nobody holds ${person.card}`);
    return found.cardholder.id;
  }

  #act(action: BuildingAction): void {
    const outcome = this.#building.act(action);
    if (!outcome.done) throw new Error(outcome.detail);
  }

  #enrol({ name, card }: { readonly name: string; readonly card: string }, level: string): void {
    const { id } = this.directory.add({ name, groups: [], accessLevels: [level] });
    this.directory.issueCard(id, card, "raw");
    const descriptor = Float32Array.of(1, 0, 0, 0);
    this.directory.addPhoto(id, { jpeg: Uint8Array.of(1), quality: {}, model: modelForTests.id, descriptor });
  }
}
