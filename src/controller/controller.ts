import { conditionsOfInterlock } from "../domain/alarm/conditions.ts";
import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import type { VestibuleId } from "../domain/names.ts";
import type { Milliseconds } from "../domain/time.ts";
import type { ControllerServices } from "../ports/controller-services.ts";
import { type InterlockBasis, plainJson } from "../ports/decided-on.ts";
import type { JournalRecord } from "../ports/journal.ts";
import { interlockEntry } from "../ports/recorded-events.ts";
import { followAlarms } from "./alarm-actions/site-alarm-actions.ts";
import { AlarmDesk } from "./alarm-desk.ts";
import type { Approvals } from "./approvals/approvals.ts";
import { interruptedApprovals } from "./approvals/interrupted-approvals.ts";
import { approvalsOf } from "./approvals/site-approvals.ts";
import { hearCentre } from "./centre-requests/hear-centre.ts";
import { Chronicle } from "./chronicle.ts";
import { ControllerHooks } from "./commissioning-hooks.ts";
import type { ControllerOptions, GivenOptions } from "./controller-options.ts";
import { Doorside } from "./doorside/doorside.ts";
import { RemoteGrants } from "./doorside/remote-grants.ts";
import { EvidenceCapture } from "./evidence-capture.ts";
import { InterlockClient } from "./interlock-client.ts";
import { readRecord } from "./on-record.ts";
import { OperatorActions } from "./operator-actions.ts";
import type { Outbox } from "./outbox.ts";
import { People } from "./people/people.ts";
import { TemplateAges } from "./people/template-ages.ts";
import { type Presence, presenceOf } from "./presence/presence.ts";
import { ProcessWatch } from "./process-watch.ts";
import { RecordListeners } from "./record-listeners.ts";
import { Recorder } from "./recorder.ts";
import type { Rules } from "./rules/rules.ts";
import type { RulesAtInterlock } from "./rules/rules-at-interlock.ts";
import { siteUnderRules } from "./rules/rules-of-site.ts";
import { Services } from "./services.ts";
import { SiteCameras } from "./site-cameras.ts";
import { SiteHealth } from "./site-health.ts";
import { outboxOf } from "./site-outbox.ts";
import { siteState } from "./site-state.ts";
import { SiteUpkeep } from "./site-upkeep.ts";
import { watchSite } from "./site-watches.ts";
import { isActive, knownFaults } from "./standing-conditions.ts";
import { StandingState } from "./standing-state.ts";
import { StateFeed } from "./state-feed.ts";
import { VisionClient } from "./vision-client.ts";

/** The interlock secures within milliseconds; whoever stops the controller waits no longer than this for word of it. */
const securingTime: Milliseconds = 500;

/** Puts the parts together and says what each thing that comes in is for. */
export class Controller implements AsyncDisposable {
  /** What the API may ask. */
  readonly services: ControllerServices;
  readonly #options: ControllerOptions;
  readonly #recorder: Recorder;
  readonly #alarms: AlarmDesk;
  readonly #chronicle: Chronicle;
  readonly #health: SiteHealth;
  readonly #interlock: InterlockClient;
  readonly #hooks: ControllerHooks;
  readonly #vision: VisionClient;
  readonly #cameras: SiteCameras;
  readonly #evidence: EvidenceCapture;
  readonly #templateAges: TemplateAges;
  readonly #approvals: Approvals;
  readonly #rules: Rules;
  readonly #atInterlock: RulesAtInterlock;
  readonly #presence: Presence;
  readonly #doorside: Doorside;
  readonly #standing: StandingState;
  readonly #actions: OperatorActions;
  readonly #processes: ProcessWatch;
  readonly #outbox: Outbox | undefined;
  readonly #feed: StateFeed;
  readonly #upkeep: SiteUpkeep;
  readonly #watches = new DisposableStack();
  readonly #told = new RecordListeners();

  constructor(given: GivenOptions) {
    const { clock, link, journal, onRecord = readRecord(given) } = given;
    this.#recorder = new Recorder(journal, clock, {
      onRecord: (record) => this.#onRecord(record),
      // Not within the write that found out.
      onStorage: (state, detail) => queueMicrotask(() => this.#onStorage(state, detail)),
    });
    this.#alarms = new AlarmDesk(clock, given.site.alarms);
    this.#chronicle = new Chronicle(this.#recorder, this.#alarms, clock);
    const { rules, atInterlock, options } = siteUnderRules(given, this.#chronicle, {
      interlock: () => this.#interlock,
      onChange: () => this.#feed.changed(),
    });
    [this.#rules, this.#atInterlock, this.#options] = [rules, atInterlock, options];
    this.#presence = presenceOf(options, onRecord.presence, () => rules.current().access);
    this.#health = new SiteHealth(this.#chronicle);
    this.#templateAges = new TemplateAges(journal, this.#chronicle);
    this.#approvals = approvalsOf(options, this.#chronicle);
    this.#feed = new StateFeed(
      clock,
      () => siteState(options, this.#stateParts()),
      () => this.#doorside.displays.nextChange(),
    );
    this.#interlock = this.#interlockClient();
    this.#standing = new StandingState(this.#interlock, (run) =>
      this.#chronicle.note("InterlockStarted", { run }),
    );
    this.#alarms.restore(onRecord.alarms, journal);
    this.#standing.restore(journal);
    this.#cameras = this.#watches.use(new SiteCameras(clock, this.#chronicle, this.#alarms, this.#feed));
    this.#vision = this.#visionClient();
    this.#upkeep = new SiteUpkeep(options, this.#vision, this.#chronicle, () => this.#feed.changed());
    const around = { chronicle: this.#chronicle, alarms: this.#alarms, told: this.#told };
    this.#evidence = EvidenceCapture.of(options, this.#vision, { ...around, health: this.#health });
    this.#doorside = this.#openDoorside();
    this.#actions = OperatorActions.of(options, this.#interlock, this.#standing, this.#chronicle);
    this.#processes = new ProcessWatch(link, clock, {
      onLoss: (entry, conditions) => {
        this.#chronicle.keep([entry], conditions);
        return this.#recorder.storage === "ok";
      },
      onConditions: (conditions) => this.#chronicle.keep([], conditions),
      onChange: () => this.#feed.changed(),
    });
    this.#outbox = outboxOf(options, this.#health, this.#alarms);
    this.services = new Services(options, {
      alarms: this.#alarms,
      chronicle: this.#chronicle,
      people: People.of(options, this.#vision, this.#chronicle),
      templateAges: this.#templateAges,
      presence: this.#presence,
      ...{ approvals: this.#approvals, rules: this.#rules, cameras: this.#cameras },
      ...{ vision: this.#vision, evidence: this.#evidence.upkeep, upkeep: this.#upkeep },
      ...{ actions: this.#actions, displays: this.#doorside.displays, interlock: this.#interlock },
      passages: new RemoteGrants({
        passages: this.#doorside.passages,
        directory: options.directory,
        isFitted: (where) => this.#doorside.isFitted(where),
      }),
      feed: this.#feed,
      onRecord: (listener) => this.#told.listen(listener),
    });
    this.#hooks = new ControllerHooks(options, this.services, this.#interlock, this.#chronicle, this.#feed);
  }

  async start(): Promise<void> {
    const { about } = this.#options;
    this.#health.journalOpened(this.#options.journal);
    this.#chronicle.note("ControllerStarted", about);
    this.#rules.start(about);
    this.#health.livenessConfigured(this.#options.site);
    // What was just written shows it; a fault before the start may have ended untold.
    if (this.#recorder.storage === "ok" && isActive(this.#alarms.find("site.StorageFault")))
      this.#health.storageRestored();
    this.#alarms.listen((alarm) => {
      this.#outbox?.alarmChanged(alarm);
      this.#doorside.onAlarm(alarm);
      this.#feed.changed();
    });
    this.#feed.listen(({ vestibules }) => {
      vestibules.forEach((one) => this.#outbox?.stateChanged(one));
      this.#doorside.signals.follow(vestibules);
    });
    this.#outbox?.start(this.#alarms.open(), this.#feed.state().vestibules);
    this.#watches.use(
      watchSite(this.#options, this.#health, this.#alarms, this.#chronicle, this.#evidence.upkeep.keeping),
    );
    this.#processes.start();
    this.#watches.use(this.#evidence.upkeep).start();
    this.#watches.use(this.#upkeep).start(this.#stateParts(), this.#approvals);
    this.#watches.use(followAlarms(this.#options, this.#stateParts()));
    this.#watches.use(hearCentre(this.#options, this.services, this.#chronicle));
    this.#watches.use(this.#approvals).restore(interruptedApprovals(this.#options.journal));
    this.#watches.use(this.#options.commissioning?.begin(this.#hooks));
    this.#interlock.start();
    await this.#doorside.open();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#doorside.close();
    this.#watches.dispose();
    this.#interlock.secureAll();
    // What the interlock says of it belongs into the record; afterwards nobody would be there to write it.
    await this.#interlock.allSecured(securingTime);
    this.#interlock[Symbol.dispose]();
    this.#doorside[Symbol.dispose]();
    await this.#evidence.settled();
    this.#chronicle.note("ControllerStopped", {});
    this.#feed[Symbol.dispose]();
    await this.#outbox?.[Symbol.asyncDispose]();
    this.#recorder[Symbol.dispose]();
    this.#presence[Symbol.dispose]();
  }

  #interlockClient(): InterlockClient {
    const { link, clock } = this.#options;
    return new InterlockClient(link, clock, {
      onEvent: (...told) => this.#onInterlockEvent(...told),
      onGap: (run, from, to) => this.#chronicle.note("InterlockRecordsMissing", { run, from, to }),
      onReport: (reports, run, gap) => {
        if (gap) this.#standing.onGap(reports);
        this.#standing.onReport(run, reports);
        this.#atInterlock.onReport(reports);
        this.#health.doorsReported(reports, this.#standing);
        this.#actions.onReport();
        this.#feed.changed();
      },
      onLines: (...lines) => this.#hooks.onLines(...lines),
      onRulesRefused: (vestibule, rules, fault) => {
        this.#atInterlock.onRefused(vestibule, rules);
        this.#health.rulesRefused(vestibule, fault);
      },
      onLost: () => {
        this.#atInterlock.onLost();
        this.#doorside.onInterlockLost();
        this.#feed.changed();
      },
    });
  }

  #visionClient(): VisionClient {
    const { link, clock, site: plan } = this.#options;
    return new VisionClient(link, clock, knownFaults(plan.cameras, this.#alarms), {
      onChallenge: (passage, step) => this.#doorside.passages.onChallenge(passage, step),
      onVerdict: (passage, verdict) => this.#doorside.passages.onVerdict(passage, verdict),
      onCameraHealth: (id, event) => {
        this.#health.cameraChanged(id, event);
        this.#feed.changed();
      },
      onReady: (ready) => {
        this.#health.visionStarted(ready);
        this.#upkeep.templates.onReady(ready);
        this.#feed.changed();
      },
      onLost: () => {
        // Whatever ends, no door stays released (T33): whoever is half-way presents the card again.
        this.#interlock.secureAll();
        this.#doorside.passages.onVisionLost();
        this.#upkeep.templates.onLost();
        this.#feed.changed();
      },
      onCameraState: () => this.#feed.changed(),
      onCameraDevice: (id, event) => this.#cameras.onDevice(id, event),
      onLivePicture: (id, jpeg) => this.#cameras.onLivePicture(id, jpeg),
    });
  }

  #openDoorside(): Doorside {
    return new Doorside(this.#options, {
      ...{ interlock: this.#interlock, vision: this.#vision, evidence: this.#evidence },
      chronicle: this.#chronicle,
      recorder: this.#recorder,
      templateAges: this.#templateAges,
      ...{ presence: this.#presence, told: this.#told },
      openAlarms: this.#alarms.open(),
      onPresented: (presented) => this.#hooks.tellPresented(presented),
      onChange: () => this.#feed.changed(),
    });
  }

  #stateParts() {
    return {
      ...{ recorder: this.#recorder, chronicle: this.#chronicle, told: this.#told },
      ...{ alarms: this.#alarms, evidence: this.#evidence, cameras: this.#cameras },
      ...{ interlock: this.#interlock, vision: this.#vision, doorside: this.#doorside },
      ...{ standing: this.#standing, presence: this.#presence, processes: this.#processes },
      ...{ outbox: this.#outbox, upkeep: this.#upkeep },
    };
  }

  /** False where it is not durable yet: the interlock keeps what it is not told to forget. */
  #onInterlockEvent(vestibule: VestibuleId, event: InterlockEvent, interlock: InterlockBasis): boolean {
    // How a passage ended is told with its person by the access rules, where they know of it.
    const told = this.#doorside.onInterlock(vestibule, event, interlock);
    this.#chronicle.keep(
      told ? [] : [{ ...interlockEntry(vestibule, event), input: plainJson({ interlock }) }],
      conditionsOfInterlock(vestibule, event),
    );
    this.#standing.onInterlock(vestibule, event);
    this.#actions.onInterlock(event);
    this.#doorside.displays.onInterlock(vestibule, event);
    return this.#recorder.storage === "ok";
  }

  #onStorage(state: "ok" | "failed", detail: string): void {
    if (state === "failed") {
      this.#interlock.secureAll();
      this.#health.storageFailed(detail);
    } else {
      this.#interlock.acknowledgeReceived();
      this.#processes.acknowledgeRecorded();
      this.#health.storageRestored();
    }
    this.#feed.changed();
  }

  #onRecord(record: JournalRecord): void {
    this.#presence.onRecord(record);
    this.#told.tell(record);
    this.#outbox?.recordsAppended();
    this.#upkeep.templates.onRecord(record.type);
  }
}
