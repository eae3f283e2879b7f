import type { AccessPolicy } from "../domain/access/access.ts";
import type { AlarmPolicy } from "../domain/alarm/kinds.ts";
import type { ConsentRules } from "../domain/biometric/consent.ts";
import type { AccessPointName, AccessPointRef, VestibuleId } from "../domain/names.ts";
import type { Milliseconds } from "../domain/time.ts";
import type { AlarmLink } from "../ports/alarm-link.ts";
import type { CardReader } from "../ports/card-reader.ts";
import type { CentreRules } from "../ports/centre-rules.ts";
import type { Clock } from "../ports/clock.ts";
import type { Commissioning } from "../ports/commissioning.ts";
import type { SimulatorServices } from "../ports/controller-services.ts";
import type { Directory } from "../ports/directory.ts";
import type { EvidenceStore } from "../ports/evidence-store.ts";
import type { FindAlike } from "../ports/face-search.ts";
import type { Journal, JournalCursor, JournalVerdict, JsonObject } from "../ports/journal.ts";
import type { PresenceStore } from "../ports/presence-store.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import type { RuleBook } from "../ports/rule-book.ts";
import type { RulesStore } from "../ports/rules-store.ts";
import type { DisplaySettings } from "../ports/services/display-services.ts";
import type { MakeFigures } from "../ports/services/figure-services.ts";
import type { ExportEvents, MakeReport } from "../ports/services/report-services.ts";
import type { SurveyTemplates, TemplateStore } from "../ports/template-store.ts";
import type { AlarmMeans } from "./alarm-actions/alarm-actions.ts";
import type { ApprovalRules } from "./approvals/approvals.ts";
import type { PinJudge } from "./doorside/passages-options.ts";
import type { KeepingPlan } from "./keeping/site-keeping.ts";
import type { KeyChange } from "./key-rotation.ts";
import type { SiteCalendar } from "./local-time.ts";
import type { OnRecord } from "./on-record.ts";
import type { PinVault } from "./people/pins.ts";
import type { ProofPlan } from "./witness/site-proofs.ts";

export interface BilingualName {
  readonly en: string;
  readonly zh: string;
}

/** A site as the controller needs it; what it is written in is the configuration's business. */
export interface SitePlan {
  readonly id: string;
  readonly name: BilingualName;
  readonly timeZone: string;
  readonly vestibules: readonly {
    readonly id: VestibuleId;
    readonly name: BilingualName;
    readonly accessPoints: readonly AccessPointName[];
  }[];
  readonly cameras: readonly string[];
  readonly cameraOf: (where: AccessPointRef) => string | undefined;
  /** Left out: every display as it comes. */
  readonly displayOf?: (where: AccessPointRef) => DisplaySettings;
  readonly policy: AccessPolicy;
  /** Left out: consents are recorded, and nobody is refused for want of one. */
  readonly consent?: ConsentRules;
  /** Bytes that must stay free on the data disk. */
  readonly diskReserve: number;
  /** Left out: eight hours, and half an hour. */
  readonly alarms?: AlarmPolicy & { readonly clockUnsynchronisedAfter: Milliseconds };
  /** What a clip shows around its alarm. */
  readonly clips: { readonly before: Milliseconds; readonly after: Milliseconds };
  /** Days in milliseconds. An alarm's evidence is never deleted before its own. */
  readonly evidenceRetention: { readonly usual: Milliseconds; readonly ofAlarms: Milliseconds };
}

export interface ControllerOptions {
  readonly site: SitePlan;
  /** What the site's file says, and what was changed over it while the site ran. */
  readonly rules: { readonly book: RuleBook; readonly store: RulesStore };
  readonly calendar: SiteCalendar;
  readonly clock: Clock;
  readonly link: ProcessLink;
  readonly journal: Journal;
  readonly directory: Directory;
  /** Across the directory's people. */
  readonly templates: TemplateStore;
  /** Left out: on the controller's own loop. */
  readonly surveyTemplates?: SurveyTemplates | undefined;
  readonly evidence: EvidenceStore;
  readonly readers: readonly CardReader[];
  /** Undefined where the site has no broker. */
  readonly broker:
    | {
        readonly link: AlarmLink;
        readonly cursor: JournalCursor;
        /** Left out: the centre may ask for what it missed, and for nothing to be done. */
        readonly requests?: CentreRules | undefined;
      }
    | undefined;
  /** Left out: nothing follows from alarms but that they are told. */
  readonly alarmMeans?: AlarmMeans | undefined;
  /** Reads all of the journal, which takes a while, without holding up the loop that decides. */
  readonly verifyJournal: () => Promise<JournalVerdict>;
  readonly freeBytes: () => Promise<number>;
  /** Whether something holds the wall clock right; undefined where the machine does not say. Left out: nobody asks. */
  readonly isClockSynchronised?: (() => boolean | undefined) | undefined;
  /** Left out: who is where is read from the journal at each start. */
  readonly presence?: PresenceStore | undefined;
  readonly newPassage: () => string;
  readonly findAlike: FindAlike;
  /** Left out: there are no reports. */
  readonly makeReport?: MakeReport | undefined;
  readonly exportEvents?: ExportEvents | undefined;
  /** Left out: there are no charts. */
  readonly makeFigures?: MakeFigures | undefined;
  readonly pins: PinJudge & Pick<PinVault, "hashesFor">;
  /** Where the site's key was changed and not everything is sealed anew yet. */
  readonly keyChange?: KeyChange | undefined;
  /** Left out: no record ever goes, and there are no backups. */
  readonly keeping?: KeepingPlan | undefined;
  /** Left out: nothing signs the journal. */
  readonly proofs?: ProofPlan | undefined;
  /** What runs, for the record of the start: version, configuration's hash. */
  readonly about: JsonObject;
  readonly simulator: SimulatorServices | undefined;
  /** Left out: nobody tries the doors. */
  readonly commissioning?: Commissioning | undefined;
  /** Left out: nothing asks for a second operator. */
  readonly approvals?: ApprovalRules | undefined;
}

/** The calendar follows the rules: which days are holidays may change. */
export interface GivenOptions extends Omit<ControllerOptions, "calendar"> {
  /** Of this journal, and nothing was recorded since. Left out: read at once, which a long journal makes long. */
  readonly onRecord?: OnRecord | undefined;
}
