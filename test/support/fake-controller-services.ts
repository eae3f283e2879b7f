import { randomUUID } from "node:crypto";
import { Approvals } from "../../src/controller/approvals/approvals.ts";
import type { AlarmRecord } from "../../src/domain/alarm/alarm.ts";
import type { Ageing } from "../../src/domain/biometric/ageing.ts";
import type { DoorName } from "../../src/domain/names.ts";
import type { ActionOutcome, BuildingAction } from "../../src/ports/building-link.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type {
  ControllerServices,
  DisplayView,
  DoorView,
  EnrolmentOutcome,
  LockdownOutcome,
  OverrideOutcome,
  PhotoCheck,
  ResetOutcome,
  SimulatorServices,
  SiteState,
  VestibuleMode,
} from "../../src/ports/controller-services.ts";
import type {
  Card,
  Cardholder,
  CardholderChange,
  NewCardholder,
  PhotoSummary,
} from "../../src/ports/directory.ts";
import type { VestibuleCondition } from "../../src/ports/interlock-link.ts";
import type { JournalQuery, JournalRecord, JournalVerdict, JsonObject } from "../../src/ports/journal.ts";
import type { Operator } from "../../src/ports/operators.ts";
import type { EvidenceAnswer } from "../../src/ports/services/evidence-services.ts";
import type {
  PassageServices,
  RemoteDecision,
  RemoteOutcome,
  WaitingPassage,
} from "../../src/ports/services/passage-services.ts";
import { MemoryDirectory } from "../../src/simulation/memory-directory.ts";
import { MemoryJournal } from "../../src/simulation/memory-journal.ts";
import { MemoryRules } from "../../src/simulation/memory-rules.ts";
import { FakeAlarmServices } from "./fake-alarm-services.ts";
import { FakeCameras } from "./fake-cameras.ts";
import { fakeCommissioningServices } from "./fake-commissioning-services.ts";
import { FakeDisplays } from "./fake-display-services.ts";
import { fakeEvidence } from "./fake-evidence.ts";
import { fakePeopleServices } from "./fake-people-services.ts";
import { fakePresenceServices } from "./fake-presence-services.ts";
import { doorAtRest, fakeSiteState } from "./fake-site-state.ts";
import { quietCondition } from "./quiet-condition.ts";
import { rulesForTests } from "./rules-for-tests.ts";

/** A controller without doors behind it: keeps what the API asks for in memory and does what a test says. */
export class FakeControllerServices implements ControllerServices {
  readonly journal: MemoryJournal;
  readonly directory: MemoryDirectory;
  readonly alarmDesk: ControllerServices["alarmDesk"];
  readonly people: ControllerServices["people"];
  readonly presence: ControllerServices["presence"];
  readonly rules: ControllerServices["rules"];
  backups: ControllerServices["backups"] = undefined;
  proofs: ControllerServices["proofs"] = undefined;
  /** Undefined makes the board a real one. */
  simulator: SimulatorServices | undefined;
  /** What the simulated building was asked to do. */
  readonly actions: BuildingAction[] = [];
  commissioning: ControllerServices["commissioning"] = fakeCommissioningServices();
  readonly views: { operator: string; hash: string }[] = [];
  readonly pictures = new Map<string, Uint8Array>();
  /** Which of them are clips; what else is said of a hash; from where on evidence is not what was kept. */
  readonly clips = new Set<string>();
  readonly evidenceGone = new Map<string, EvidenceAnswer>();
  alteredFrom = Number.POSITIVE_INFINITY;
  nextOutcome: ActionOutcome | undefined;
  nextAgeing: Ageing | undefined;
  nextEnrolment: EnrolmentOutcome | undefined;
  mode: VestibuleMode = "normal";
  condition: VestibuleCondition | null = quietCondition;
  /** What operators asked of the doors, in the order in which they did, and how it is answered. */
  readonly orders: (readonly unknown[])[] = [];
  nextLockdown: LockdownOutcome = { confirmed: false, recorded: true };
  nextOverride: OverrideOutcome = { is: "unanswered" };
  nextReset: ResetOutcome = { is: "unanswered" };
  reports: NonNullable<ControllerServices["reports"]> | undefined;
  figures: NonNullable<ControllerServices["figures"]> | undefined;
  storage: "ok" | "failed" = "ok";
  shown: DisplayView = { text: "ready", hint: null, until: null };
  interlock: "starting" | "running" | "lost" = "running";
  readonly approvals: Approvals;
  /** What operators decided about people at the doors. */
  readonly decisions: RemoteDecision[] = [];
  nextDecision: RemoteOutcome = { is: "nobodyWaits" };
  waitingPassages: readonly WaitingPassage[] = [];
  readonly passages: PassageServices = {
    waiting: () => this.waitingPassages,
    decideRemotely: async (decision) => {
      this.decisions.push(decision);
      return this.nextDecision;
    },
  };
  /** Four-eyes, and who there is to confirm. */
  readonly approvalRules = {
    inForce: false,
    waitingTime: 86_400_000,
    operators: (): readonly Operator[] => [],
  };
  readonly #clock: Clock;
  readonly #alarms = new Map<string, AlarmRecord>();
  readonly #recordListeners = new Set<(record: JournalRecord) => void>();
  readonly #stateListeners = new Set<(state: SiteState) => void>();
  readonly #alarmListeners = new Set<(alarm: AlarmRecord) => void>();
  readonly doors: Record<DoorName, DoorView>;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.journal = new MemoryJournal(clock);
    this.directory = new MemoryDirectory(clock);
    const store = new MemoryRules(clock, this.directory);
    this.rules = rulesForTests({ clock, store, journal: this.journal, directory: this.directory }).rules;
    this.presence = fakePresenceServices(this.journal, this.directory, clock);
    this.alarmDesk = new FakeAlarmServices(this, clock);
    this.people = fakePeopleServices(this.directory, this.journal, clock);
    this.approvals = new Approvals({
      rules: this.approvalRules,
      clock,
      newId: randomUUID,
      record: (type, payload) => void this.happen(type, payload),
      note: (type, payload) => void this.happen(type, payload),
      raise: (detail) => void this.happen("AlarmRaised", { alarm: "ConfigurationChanged", detail }),
      operatorOf: (cardholder) => this.directory.get(cardholder)?.operator,
    });
    this.simulator = this.#simulator();
    this.doors = { outer: doorAtRest(clock.now()), inner: doorAtRest(clock.now()) };
  }

  state(): SiteState {
    return fakeSiteState(this, this.#clock);
  }

  events(query: JournalQuery): readonly JournalRecord[] {
    return this.journal.query(query);
  }

  onRecord(listener: (record: JournalRecord) => void): Disposable {
    return subscribe(this.#recordListeners, listener);
  }

  onState(listener: (state: SiteState) => void): Disposable {
    return subscribe(this.#stateListeners, listener);
  }

  onAlarm(listener: (alarm: AlarmRecord) => void): Disposable {
    return subscribe(this.#alarmListeners, listener);
  }

  get listeners(): number {
    return this.#recordListeners.size + this.#stateListeners.size + this.#alarmListeners.size;
  }

  alarms(): readonly AlarmRecord[] {
    return [...this.#alarms.values()];
  }

  async acknowledge(id: string, operator: string, comment: string): Promise<AlarmRecord | undefined> {
    const alarm = this.#alarms.get(id);
    if (alarm === undefined) return undefined;
    const acknowledged = { by: operator, at: this.#clock.wall(), comment };
    return this.raise({ ...alarm, phase: "active-acknowledged", acknowledged });
  }

  async verifyJournal(): Promise<JournalVerdict> {
    return this.journal.verify();
  }

  async lockDown(...order: Parameters<ControllerServices["lockDown"]>): Promise<LockdownOutcome> {
    this.orders.push(["lockDown", ...order]);
    return this.nextLockdown;
  }

  async liftLockdown(...order: Parameters<ControllerServices["liftLockdown"]>): Promise<LockdownOutcome> {
    this.orders.push(["liftLockdown", ...order]);
    return this.nextLockdown;
  }

  async override(...request: Parameters<ControllerServices["override"]>): Promise<OverrideOutcome> {
    this.orders.push(["override", ...request]);
    return this.nextOverride;
  }

  async resetEmergency(...request: Parameters<ControllerServices["resetEmergency"]>): Promise<ResetOutcome> {
    this.orders.push(["resetEmergency", ...request]);
    return this.nextReset;
  }

  async addCardholder(cardholder: NewCardholder, operator: string): Promise<Cardholder> {
    const added = this.directory.add(cardholder);
    await this.record("CardholderAdded", { operator, cardholder: added.id });
    return added;
  }

  async changeCardholder(id: string, change: CardholderChange): Promise<Cardholder> {
    return this.directory.change(id, change);
  }

  async removeCardholder(id: string): Promise<void> {
    this.directory.remove(id);
  }

  async issueCard(
    ...[id, number, format, , more]: Parameters<ControllerServices["issueCard"]>
  ): Promise<Card> {
    return this.directory.issueCard(id, number, format, more);
  }

  async reportLost(number: string): Promise<Card> {
    return this.directory.reportLost(number);
  }

  async replaceCard(number: string, replacement: string): Promise<Card> {
    return this.directory.replaceCard(number, replacement);
  }

  async enrolPhoto(id: string, image: Uint8Array): Promise<EnrolmentOutcome> {
    const planned = this.nextEnrolment;
    this.nextEnrolment = undefined;
    return planned ?? { enrolled: true, photo: this.addPhoto(id, image) };
  }

  async checkPhoto(_id: string, image: Uint8Array): Promise<PhotoCheck> {
    const planned = this.nextEnrolment;
    if (planned === undefined || ("enrolled" in planned && planned.enrolled))
      return { passes: true, jpeg: image, quality: { eyeDistance: 92 } };
    return planned;
  }

  ageing(): Ageing | undefined {
    return this.nextAgeing;
  }

  addPhoto(id: string, jpeg: Uint8Array): PhotoSummary {
    const descriptor = new Float32Array(128);
    return this.directory.addPhoto(id, { jpeg, quality: { eyeDistance: 92 }, model: "none", descriptor });
  }

  async removePhoto(id: string, photo: string): Promise<void> {
    this.directory.removePhoto(id, photo);
  }

  readonly evidence = fakeEvidence(this);
  readonly cameras = new FakeCameras(this);
  readonly displays = new FakeDisplays();

  async snapshot(camera: string): Promise<Uint8Array | undefined> {
    return this.pictures.get(camera);
  }

  async record(type: string, payload: JsonObject): Promise<void> {
    this.happen(type, payload);
  }

  /** Something was recorded. */
  happen(type: string, payload: JsonObject = {}): JournalRecord {
    const [record] = this.journal.append([{ type, at: this.#clock.now(), payload }]);
    if (record === undefined) throw new Error("nothing was written");
    for (const listener of this.#recordListeners) listener(record);
    return record;
  }

  raise(alarm: AlarmRecord): AlarmRecord {
    this.#alarms.set(alarm.id, alarm);
    for (const listener of this.#alarmListeners) listener(alarm);
    return alarm;
  }

  changed(): void {
    const state = this.state();
    for (const listener of this.#stateListeners) listener(state);
  }

  #simulator(): SimulatorServices {
    const picture = async (numbers: readonly string[]) =>
      numbers.every((number) => this.directory.findByCard(number) !== undefined)
        ? this.pictures.get("outer-entry")
        : undefined;
    return {
      act: async (action) => {
        this.actions.push(action);
        return this.nextOutcome ?? { done: true, outputs: { "outer.lock": this.doors.outer.lock } };
      },
      probe: (number) => picture([number]),
      probes: picture,
      stepClock: () => undefined,
    };
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): Disposable {
  listeners.add(listener);
  return { [Symbol.dispose]: () => listeners.delete(listener) };
}
