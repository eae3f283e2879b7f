import type { AccessEvent } from "../domain/access/access.ts";
import type { AlarmId, AlarmRecord } from "../domain/alarm/alarm.ts";
import { type Condition, conditionsOfInterlock } from "../domain/alarm/conditions.ts";
import type { AlarmEvent } from "../domain/alarm/life-cycle.ts";
import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import type { VestibuleId } from "../domain/names.ts";
import type { CardRead } from "../ports/card-reader.ts";
import type { ControllerServices, SimulatorServices, SiteState } from "../ports/controller-services.ts";
import {
  type JournalEntry,
  type JournalQuery,
  type JournalRecord,
  type JournalVerdict,
  type JsonObject,
  StorageFault,
} from "../ports/journal.ts";
import type { CameraHealthEvent } from "../ports/vision-link.ts";
import { AlarmDesk, alarmEventTypes } from "./alarm-desk.ts";
import { ClockWatch } from "./clock-watch.ts";
import type { ControllerOptions } from "./controller-options.ts";
import { DiskWatch } from "./disk-watch.ts";
import { Displays } from "./displays.ts";
import { accessEntry, alarmEntry, interlockEntry } from "./entries.ts";
import { InterlockClient } from "./interlock-client.ts";
import { journalRecords } from "./journal-reading.ts";
import { Occupancy } from "./occupancy.ts";
import { Outbox } from "./outbox.ts";
import { Passages } from "./passages.ts";
import { People } from "./people.ts";
import { ProcessWatch } from "./process-watch.ts";
import { Recorder } from "./recorder.ts";
import { vestibuleView } from "./site-view.ts";
import { StateFeed } from "./state-feed.ts";
import { VisionClient } from "./vision-client.ts";

/** Puts the parts together: what comes in from the other processes, and what the API may ask. */
export class Controller implements ControllerServices, AsyncDisposable {
  readonly directory: ControllerServices["directory"];
  readonly simulator: SimulatorServices | undefined;
  readonly #options: ControllerOptions;
  readonly #recorder: Recorder;
  readonly #alarms: AlarmDesk;
  readonly #interlock: InterlockClient;
  readonly #vision: VisionClient;
  readonly #passages: Passages;
  readonly #people: People;
  readonly #displays: Displays;
  readonly #occupancy = new Occupancy();
  readonly #processes: ProcessWatch;
  readonly #outbox: Outbox | undefined;
  readonly #feed: StateFeed;
  readonly #watches = new DisposableStack();
  readonly #recordListeners = new Set<(record: JournalRecord) => void>();

  constructor(options: ControllerOptions) {
    this.#options = options;
    const { clock, link, journal, directory, evidence, site, calendar, broker } = options;
    this.directory = directory;
    this.simulator = options.simulator;
    this.#alarms = new AlarmDesk(clock);
    this.#displays = new Displays(clock);
    this.#feed = new StateFeed(
      clock,
      () => this.state(),
      () => this.#displays.nextChange(),
    );
    this.#recorder = new Recorder(journal, clock, {
      onRecord: (record) => this.#onRecord(record),
      onStorage: (state, detail) => queueMicrotask(() => this.#onStorage(state, detail)),
    });
    this.#restore();
    this.#interlock = new InterlockClient(link, clock, {
      onEvent: (vestibule, event) => this.#onInterlockEvent(vestibule, event),
      onGap: (run, from, to) => this.#note("InterlockRecordsMissing", { run, from, to }),
      onReport: () => this.#feed.changed(),
      onLost: () => {
        this.#passages.onInterlockLost();
        this.#feed.changed();
      },
    });
    this.#vision = new VisionClient(link, clock, site.cameras, {
      onVerdict: (passage, verdict) => this.#passages.onVerdict(passage, verdict),
      onCameraHealth: (camera, event) => this.#onCameraHealth(camera, event),
      onReady: () => this.#onVisionReady(),
      onLost: () => this.#passages.onVisionLost(),
      onCameraState: () => this.#feed.changed(),
    });
    this.#passages = new Passages({
      policy: site.policy,
      clock,
      calendar,
      directory,
      evidence,
      interlock: this.#interlock,
      vision: this.#vision,
      cameraOf: site.cameraOf,
      newPassage: options.newPassage,
      record: (events, conditions, mustBeDurable) => this.#recordAccess(events, conditions, mustBeDurable),
      storage: () => this.#recorder.storage,
      onEvent: (event) => this.#onAccessEvent(event),
    });
    this.#people = new People(directory, this.#vision, clock, (entry) => this.#require([entry]));
    this.#processes = new ProcessWatch(link, clock, {
      onLoss: (entry, conditions) => this.#keep([entry], conditions),
      onConditions: (conditions) => this.#keep([], conditions),
      onChange: () => this.#feed.changed(),
    });
    this.#outbox =
      broker &&
      new Outbox({
        journal,
        cursor: broker.cursor,
        link: broker.link,
        clock,
        onBrokerLost: (detail) => this.#keep([], [{ is: "seen", alarm: "BrokerLost", place: {}, detail }]),
        onBrokerReturned: () =>
          this.#keep([], [{ is: "gone", alarm: "BrokerLost", place: {}, detail: null }]),
      });
  }

  async start(): Promise<void> {
    const { readers, clock, site, freeBytes, about, evidence } = this.#options;
    this.#note("ControllerStarted", about);
    this.#alarms.listen((alarm) => this.#outbox?.alarmChanged(alarm));
    this.#feed.listen((state) =>
      state.vestibules.forEach((vestibule) => this.#outbox?.stateChanged(vestibule)),
    );
    this.#outbox?.start(this.#alarms.open(), this.state().vestibules);
    this.#watches.use(new ClockWatch(clock, (step, alarm) => this.#onClockStep(step, alarm)));
    this.#watches.use(
      new DiskWatch(freeBytes, site.diskReserve, clock, (nearlyFull, free) => this.#onDisk(nearlyFull, free)),
    );
    this.#processes.start();
    evidence.prune();
    for (const reader of readers) await reader.open((read) => this.#onCard(read));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const reader of this.#options.readers) await reader[Symbol.asyncDispose]();
    this.#watches.dispose();
    this.#interlock.secureAll();
    this.#interlock[Symbol.dispose]();
    this.#passages[Symbol.dispose]();
    this.#note("ControllerStopped", {});
    this.#feed[Symbol.dispose]();
    await this.#outbox?.[Symbol.asyncDispose]();
    this.#recorder[Symbol.dispose]();
  }

  state(): SiteState {
    const { site, clock, broker } = this.#options;
    const ready = this.#vision.ready();
    const vision = this.#processes.view("vision");
    return {
      site: { id: site.id, name: site.name },
      vestibules: site.vestibules.map(({ id, name, accessPoints }) =>
        vestibuleView({
          id,
          name,
          fittedAccessPoints: accessPoints,
          report: this.#interlock.report(id),
          alarms: this.#alarms.open(),
          access: this.#passages.state(),
          occupancy: this.#occupancy.of(id),
          degraded: this.#recorder.storage === "failed" || ready === undefined,
          display: (accessPoint) => this.#displays.view(id, accessPoint),
          now: clock.now(),
        }),
      ),
      processes: {
        interlock: this.#processes.view("interlock"),
        // Loading the nets is part of starting: until then no face is compared.
        vision:
          ready === undefined
            ? { ...vision, state: vision.state === "running" ? "starting" : vision.state }
            : {
                ...vision,
                detail: {
                  backend: ready.backend,
                  model: ready.model.id,
                  modelHash: ready.model.hash,
                  threshold: ready.threshold,
                },
              },
        controller: this.#processes.view("controller"),
      },
      cameras: site.cameras.map((id) => ({
        id,
        ...(this.#vision.camera(id) ?? { state: "starting", detail: null, health: [] }),
      })),
      clock: { wall: new Date(clock.wall()).toISOString(), monotonic: clock.now(), timeZone: site.timeZone },
      journal: { last: this.#options.journal.last(), storage: this.#recorder.storage },
      mqtt: {
        ...(broker?.link.state() ?? {
          phase: "offline",
          since: new Date(clock.wall()).toISOString(),
          detail: "no broker is configured",
        }),
        delivered: this.#outbox?.delivered() ?? 0,
      },
    };
  }

  events(query: JournalQuery): readonly JournalRecord[] {
    return this.#options.journal.query(query);
  }

  onRecord(listener: (record: JournalRecord) => void): Disposable {
    this.#recordListeners.add(listener);
    return { [Symbol.dispose]: () => void this.#recordListeners.delete(listener) };
  }

  onState(listener: (state: SiteState) => void): Disposable {
    return this.#feed.listen(listener);
  }

  onAlarm(listener: (alarm: AlarmRecord) => void): Disposable {
    return this.#alarms.listen(listener);
  }

  alarms(): readonly AlarmRecord[] {
    return this.#alarms.open();
  }

  async acknowledge(id: AlarmId, operator: string, comment: string): Promise<AlarmRecord | undefined> {
    const { clock } = this.#options;
    const before = this.#alarms.find(id);
    const events = this.#alarms.decide({
      type: "Acknowledged",
      at: clock.now(),
      wall: clock.wall(),
      id,
      by: operator,
      comment,
    });
    this.#require(events.map(alarmEntry));
    this.#applyAlarms(events);
    return this.#alarms.find(id) ?? (before && { ...before, phase: "normal" });
  }

  async verifyJournal(): Promise<JournalVerdict> {
    const verdict = this.#options.journal.verify();
    const condition: Condition = {
      is: verdict.intact ? "gone" : "seen",
      alarm: "AuditBroken",
      place: {},
      detail: verdict.intact ? null : `record ${verdict.seq}: ${verdict.detail}`,
    };
    this.#keep([], [condition]);
    return verdict;
  }

  async addCardholder(...change: Parameters<People["add"]>) {
    return this.#people.add(...change);
  }
  async changeCardholder(...change: Parameters<People["change"]>) {
    return this.#people.change(...change);
  }
  async removeCardholder(...change: Parameters<People["remove"]>) {
    this.#people.remove(...change);
  }
  async issueCard(...change: Parameters<People["issueCard"]>) {
    return this.#people.issueCard(...change);
  }
  async reportLost(...change: Parameters<People["reportLost"]>) {
    return this.#people.reportLost(...change);
  }
  async replaceCard(...change: Parameters<People["replaceCard"]>) {
    return this.#people.replaceCard(...change);
  }
  async enrolPhoto(...change: Parameters<People["enrolPhoto"]>) {
    return await this.#people.enrolPhoto(...change);
  }
  async removePhoto(...change: Parameters<People["removePhoto"]>) {
    this.#people.removePhoto(...change);
  }

  /** Who looked at a picture is part of the record. */
  async evidence(hash: string, operator: string): Promise<Uint8Array | undefined> {
    const picture = this.#options.evidence.get(hash);
    if (picture !== undefined) this.#require([this.#entry("EvidenceViewed", { operator, evidence: hash })]);
    return picture;
  }

  async snapshot(camera: string): Promise<Uint8Array | undefined> {
    return await this.#vision.snapshot(camera);
  }

  async record(type: string, payload: JsonObject): Promise<void> {
    this.#require([this.#entry(type, payload)]);
  }

  #onCard(read: CardRead): void {
    const known = this.#options.site.vestibules.some(
      ({ id, accessPoints }) => id === read.vestibule && accessPoints.includes(read.accessPoint),
    );
    if (known) this.#passages.onCard(read);
    else this.#note("CardReadAtUnknownPlace", { vestibule: read.vestibule, accessPoint: read.accessPoint });
  }

  /** False where it is not durable yet: the interlock keeps what it is not told to forget. */
  #onInterlockEvent(vestibule: VestibuleId, event: InterlockEvent): boolean {
    const recorded = this.#passages.onInterlock(vestibule, event);
    // How a passage ended is told with its person by the access rules, where they know of it.
    const told = recorded && (event.type === "AccessTaken" || event.type === "AccessNotTaken");
    this.#keep(told ? [] : [interlockEntry(vestibule, event)], conditionsOfInterlock(vestibule, event));
    if (event.type === "DoorHeldOpenWarning") this.#displays.onHeldOpenWarning(vestibule, event.door);
    if (event.type === "DoorClosed") this.#displays.onDoorClosed(vestibule, event.door);
    return this.#recorder.storage === "ok";
  }

  #recordAccess(
    events: readonly AccessEvent[],
    conditions: readonly Condition[],
    mustBeDurable: boolean,
  ): boolean {
    const alarms = this.#alarms.plan(conditions);
    const entries = [
      ...events.filter((event) => event.type !== "PassageReleased").map(accessEntry),
      ...alarms.map(alarmEntry),
    ];
    if (!mustBeDurable) this.#recorder.writeOrKeep(entries);
    else if (!this.#recorder.write(entries)) return false;
    this.#applyAlarms(alarms);
    return true;
  }

  #onAccessEvent(event: AccessEvent): void {
    this.#displays.onAccess(event);
    if (event.type === "AccessTaken") this.#occupancy.onTaken(event.vestibule, event.accessPoint);
    if (event.type === "AccessDenied" && event.face === null) void this.#capture(event);
    this.#feed.changed();
  }

  /** Whose card nobody knows, or is reported lost: the picture is what helps afterwards (A8). */
  async #capture({
    reason,
    vestibule,
    accessPoint,
    passage,
  }: Extract<AccessEvent, { readonly type: "AccessDenied" }>): Promise<void> {
    if (reason !== "unknownCredential" && reason !== "lostCredential") return;
    const { site, evidence, clock } = this.#options;
    const camera = site.cameraOf({ vestibule, accessPoint });
    const picture = camera === undefined ? undefined : await this.#vision.snapshot(camera);
    if (picture === undefined) return;
    try {
      const hash = evidence.put(picture);
      const alarm = reason === "lostCredential" ? "LostCardUsed" : "UnknownCard";
      const added = this.#alarms.decide({
        type: "EvidenceAdded",
        at: clock.now(),
        alarm,
        place: { vestibule, accessPoint },
        evidence: hash,
      });
      const entry = this.#entry("EvidenceCaptured", { vestibule, accessPoint, passage, evidence: hash });
      this.#recorder.writeOrKeep([entry, ...added.map(alarmEntry)]);
      this.#applyAlarms(added);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      this.#note("EvidenceNotKept", { vestibule, accessPoint, passage, detail: error.message });
    }
  }

  #onCameraHealth(camera: string, event: CameraHealthEvent): void {
    if (event.type === "CameraRestored") {
      this.#keep(
        [this.#entry(event.type, { camera, from: event.from })],
        [{ is: "gone", alarm: event.from, place: { camera }, detail: null }],
      );
    } else {
      this.#keep(
        [this.#entry(event.type, { camera, detail: event.detail })],
        [{ is: "seen", alarm: event.type, place: { camera }, detail: event.detail }],
      );
    }
    this.#feed.changed();
  }

  #onVisionReady(): void {
    const ready = this.#vision.ready();
    if (ready !== undefined)
      this.#note("VisionStarted", {
        backend: ready.backend,
        model: ready.model.id,
        modelHash: ready.model.hash,
        threshold: ready.threshold,
      });
    this.#feed.changed();
  }

  #onStorage(state: "ok" | "failed", detail: string): void {
    if (state === "failed") {
      this.#interlock.secureAll();
      this.#keep([], [{ is: "seen", alarm: "StorageFault", place: {}, detail }]);
    } else {
      this.#interlock.acknowledgeReceived();
      this.#keep(
        [this.#entry("StorageRestored", {})],
        [{ is: "gone", alarm: "StorageFault", place: {}, detail: null }],
      );
    }
    this.#feed.changed();
  }

  #onClockStep(step: number, alarm: boolean): void {
    const seconds = Math.round(step / 100) / 10;
    const conditions: readonly Condition[] = alarm
      ? [{ is: "pulsed", alarm: "ClockStepped", place: {}, detail: `by ${seconds} s` }]
      : [];
    this.#keep([this.#entry("ClockStepped", { seconds })], conditions);
  }

  #onDisk(nearlyFull: boolean, free: number): void {
    const detail = `${Math.round(free / 1e6)} MB free`;
    this.#keep(
      [this.#entry(nearlyFull ? "DiskNearlyFull" : "DiskSpaceRestored", { free })],
      [{ is: nearlyFull ? "seen" : "gone", alarm: "DiskNearlyFull", place: {}, detail }],
    );
    this.#options.evidence.prune();
  }

  /** Facts that happened whether or not they can be written, and what they mean for the alarms, in one batch. */
  #keep(entries: readonly JournalEntry[], conditions: readonly Condition[]): void {
    const alarms = this.#alarms.plan(conditions);
    this.#recorder.writeOrKeep([...entries, ...alarms.map(alarmEntry)]);
    this.#applyAlarms(alarms);
  }

  #note(type: string, payload: JsonObject): void {
    this.#recorder.writeOrKeep([this.#entry(type, payload)]);
  }

  /** What an operator does counts only once it is recorded. */
  #require(entries: readonly JournalEntry[]): void {
    if (!this.#recorder.write(entries))
      throw new StorageFault("the record cannot be written: nothing was done");
  }

  #applyAlarms(events: readonly AlarmEvent[]): void {
    this.#alarms.apply(events);
    if (events.length > 0) this.#feed.changed();
  }

  #entry(type: string, payload: JsonObject): JournalEntry {
    return { type, at: this.#options.clock.now(), payload };
  }

  #onRecord(record: JournalRecord): void {
    for (const listener of this.#recordListeners) listener(record);
    this.#outbox?.recordsAppended();
  }

  #restore(): void {
    const { journal } = this.#options;
    this.#alarms.restore(journalRecords(journal, alarmEventTypes));
    this.#occupancy.restore(
      journal.query({ type: "AccessTaken", limit: 500, newestFirst: true }).toReversed(),
    );
  }
}
