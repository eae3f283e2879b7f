import type { AlarmId, AlarmRecord } from "../domain/alarm/alarm.ts";
import type { Ageing } from "../domain/biometric/ageing.ts";
import type { ControllerServices, SiteState } from "../ports/controller-services.ts";
import type { JournalQuery, JournalRecord, JournalVerdict, JsonObject } from "../ports/journal.ts";
import type { AlarmServices } from "../ports/services/alarm-services.ts";
import type { ApprovalServices } from "../ports/services/approval-services.ts";
import type { RulesServices } from "../ports/services/rules-services.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import { AlarmOrders } from "./alarm-orders.ts";
import type { Chronicle } from "./chronicle.ts";
import type { ControllerOptions } from "./controller-options.ts";
import { DisplayDesk } from "./doorside/display-desk.ts";
import type { Displays } from "./doorside/displays.ts";
import { EvidenceDesk } from "./evidence/evidence-desk.ts";
import type { EvidenceUpkeep } from "./evidence/evidence-upkeep.ts";
import { FigureDesk } from "./figure-desk.ts";
import type { InterlockClient } from "./interlock-client.ts";
import { LiveViews } from "./live-views.ts";
import type { OperatorActions } from "./operator-actions.ts";
import type { People } from "./people/people.ts";
import { peopleServices } from "./people/people-services.ts";
import type { TemplateAges } from "./people/template-ages.ts";
import type { Presence } from "./presence/presence.ts";
import { presenceDesk } from "./presence/presence-desk.ts";
import { ReportDesk } from "./report-desk.ts";
import type { SiteCameras } from "./site-cameras.ts";
import type { SiteUpkeep } from "./site-upkeep.ts";
import type { StateFeed } from "./state-feed.ts";
import type { VisionClient } from "./vision-client.ts";

export interface ServiceParts {
  readonly alarms: AlarmDesk;
  readonly chronicle: Chronicle;
  readonly approvals: ApprovalServices;
  readonly rules: RulesServices;
  readonly people: People;
  readonly presence: Presence;
  readonly passages: ControllerServices["passages"];
  readonly displays: Pick<Displays, "welcomed">;
  readonly templateAges: TemplateAges;
  readonly actions: OperatorActions;
  readonly vision: VisionClient;
  readonly interlock: Pick<InterlockClient, "resetOccupancy">;
  readonly cameras: Pick<SiteCameras, "watch">;
  readonly evidence: EvidenceUpkeep;
  readonly upkeep: SiteUpkeep;
  readonly feed: StateFeed;
  readonly onRecord: (listener: (record: JournalRecord) => void) => Disposable;
}

/** What the API may ask: answers from the parts, and changes that are recorded with who made them. */
export class Services implements ControllerServices {
  readonly alarmDesk: AlarmServices;
  readonly directory: ControllerServices["directory"];
  readonly people: ControllerServices["people"];
  readonly cameras: ControllerServices["cameras"];
  readonly presence: ControllerServices["presence"];
  readonly passages: ControllerServices["passages"];
  readonly displays: ControllerServices["displays"];
  readonly reports: ControllerServices["reports"];
  readonly figures: ControllerServices["figures"];
  readonly commissioning: ControllerServices["commissioning"];
  readonly simulator: ControllerServices["simulator"];
  readonly approvals: ApprovalServices;
  readonly rules: RulesServices;
  readonly backups: ControllerServices["backups"];
  readonly proofs: ControllerServices["proofs"];
  readonly evidence: EvidenceDesk;
  readonly #options: ControllerOptions;
  readonly #parts: ServiceParts;

  constructor(options: ControllerOptions, parts: ServiceParts) {
    this.#options = options;
    this.#parts = parts;
    this.alarmDesk = new AlarmOrders(parts.alarms, parts.chronicle, options.journal, options.clock);
    this.directory = options.directory;
    this.people = peopleServices(options, parts.people, parts.vision, parts.chronicle);
    const { vision, chronicle, cameras: pictures } = parts;
    const vestibules = options.alarmMeans?.plan.vestibules ?? [];
    const views = new LiveViews({ clock: options.clock, chronicle, vision, pictures, vestibules });
    this.cameras = views;
    this.displays = new DisplayDesk(options, parts.displays, views);
    this.presence = presenceDesk(options, parts.presence, parts.chronicle, parts.interlock);
    this.passages = parts.passages;
    this.reports = ReportDesk.of(options, parts.chronicle);
    this.figures = FigureDesk.of(options, chronicle, () => this.state().cameras.map(({ id }) => id));
    this.commissioning = options.commissioning?.services;
    this.simulator = options.simulator;
    this.approvals = parts.approvals;
    this.rules = parts.rules;
    this.backups = parts.upkeep.keeping.backups;
    this.proofs = parts.upkeep.proofs?.services;
    this.evidence = new EvidenceDesk(options.evidence, parts.evidence, parts.chronicle, options.clock);
  }

  state(): SiteState {
    return this.#parts.feed.state();
  }

  onState(listener: (state: SiteState) => void): Disposable {
    return this.#parts.feed.listen(listener);
  }

  events(query: JournalQuery): readonly JournalRecord[] {
    return this.#options.journal.query(query);
  }

  onRecord(listener: (record: JournalRecord) => void): Disposable {
    return this.#parts.onRecord(listener);
  }

  alarms(): readonly AlarmRecord[] {
    return this.#parts.alarms.open();
  }

  onAlarm(listener: (alarm: AlarmRecord) => void): Disposable {
    return this.#parts.alarms.listen(listener);
  }

  async acknowledge(id: AlarmId, operator: string, comment: string): Promise<AlarmRecord | undefined> {
    return this.#parts.chronicle.alarmOrdered({ type: "Acknowledged", id, by: operator, comment });
  }

  async verifyJournal(): Promise<JournalVerdict> {
    const verdict = await this.#options.verifyJournal();
    // A journal that was put back agrees with itself: whom the witness contradicts this does not clear.
    if (verdict.intact && this.#parts.upkeep.proofs?.isContradicted === true) return verdict;
    const is = verdict.intact ? "gone" : "seen";
    const detail = verdict.intact ? null : `record ${verdict.seq}: ${verdict.detail}`;
    this.#parts.chronicle.keep([], [{ is, alarm: "AuditBroken", place: {}, detail }]);
    return verdict;
  }

  lockDown(...order: Parameters<OperatorActions["lockDown"]>) {
    return this.#parts.actions.lockDown(...order);
  }

  liftLockdown(...order: Parameters<OperatorActions["liftLockdown"]>) {
    return this.#parts.actions.liftLockdown(...order);
  }

  override(...request: Parameters<OperatorActions["override"]>) {
    return this.#parts.actions.override(...request);
  }

  resetEmergency(...request: Parameters<OperatorActions["resetEmergency"]>) {
    return this.#parts.actions.resetEmergency(...request);
  }

  async addCardholder(...change: Parameters<People["add"]>) {
    return this.#parts.people.add(...change);
  }

  async changeCardholder(...change: Parameters<People["change"]>) {
    return this.#parts.people.change(...change);
  }

  async removeCardholder(...change: Parameters<People["remove"]>) {
    this.#parts.people.remove(...change);
  }

  async issueCard(...change: Parameters<People["issueCard"]>) {
    return this.#parts.people.issueCard(...change);
  }

  async reportLost(...change: Parameters<People["reportLost"]>) {
    return this.#parts.people.reportLost(...change);
  }

  async replaceCard(...change: Parameters<People["replaceCard"]>) {
    return this.#parts.people.replaceCard(...change);
  }

  async enrolPhoto(...change: Parameters<People["enrolPhoto"]>) {
    return await this.#parts.people.enrolPhoto(...change);
  }

  async checkPhoto(...photo: Parameters<People["checkPhoto"]>) {
    return await this.#parts.people.checkPhoto(...photo);
  }

  ageing(id: string): Ageing | undefined {
    return this.#parts.templateAges.of(id);
  }

  async removePhoto(...change: Parameters<People["removePhoto"]>) {
    this.#parts.people.removePhoto(...change);
  }

  async snapshot(camera: string): Promise<Uint8Array | undefined> {
    return await this.#parts.vision.snapshot(camera);
  }

  async record(type: string, payload: JsonObject): Promise<void> {
    this.#parts.chronicle.require([this.#parts.chronicle.entry(type, payload)]);
  }
}
