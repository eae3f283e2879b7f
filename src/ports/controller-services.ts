import type { Display } from "../domain/access/display.ts";
import type { Factor } from "../domain/access/event.ts";
import type { VerificationMode } from "../domain/access/policy.ts";
import type { AlarmId, AlarmRecord } from "../domain/alarm/alarm.ts";
import type { Ageing } from "../domain/biometric/ageing.ts";
import type { AlikeFace } from "../domain/biometric/alike.ts";
import type { LivenessLevel } from "../domain/biometric/liveness/track.ts";
import type { OverriddenDoors, OverrideRefusal, ResetRefusal } from "../domain/interlock/event.ts";
import type { AccessPointName, DoorName, VestibuleId } from "../domain/names.ts";
import type { Instant, WallTime } from "../domain/time.ts";
import type { AlarmLinkState } from "./alarm-link.ts";
import type { ActionOutcome, BuildingAction } from "./building-link.ts";
import type {
  Card,
  Cardholder,
  CardholderChange,
  Directory,
  NewCardholder,
  PhotoSummary,
} from "./directory.ts";
import type { FrameSourceState } from "./frame-source.ts";
import type { DoorReport, VestibuleCondition } from "./interlock-link.ts";
import type { JournalQuery, JournalRecord, JournalVerdict, JsonObject } from "./journal.ts";
import type { AlarmServices } from "./services/alarm-services.ts";
import type { ApprovalServices } from "./services/approval-services.ts";
import type { BackupServices, BackupView } from "./services/backup-services.ts";
import type { CameraServices } from "./services/camera-services.ts";
import type { CommissioningServices } from "./services/commissioning-services.ts";
import type { DisplayServices } from "./services/display-services.ts";
import type { EvidenceServices } from "./services/evidence-services.ts";
import type { FigureServices } from "./services/figure-services.ts";
import type { PassageServices } from "./services/passage-services.ts";
import type { PeopleServices } from "./services/people-services.ts";
import type { PresenceServices } from "./services/presence-services.ts";
import type { ProofServices, ProofView } from "./services/proof-services.ts";
import type { ReportServices } from "./services/report-services.ts";
import type { RulesServices } from "./services/rules-services.ts";
import type { TemplateView } from "./template-store.ts";
import type { PhotoOutcome } from "./vision-link.ts";

/** What the API, and so the console, may ask of the controller. Every change goes through its input queue. */
export interface ControllerServices {
  state(): SiteState;
  events(query: JournalQuery): readonly JournalRecord[];
  /** Called for each record after it is durable, in order. */
  onRecord(listener: (record: JournalRecord) => void): Disposable;
  /** Called when the live state may have changed; at most ten times a second. */
  onState(listener: (state: SiteState) => void): Disposable;
  onAlarm(listener: (alarm: AlarmRecord) => void): Disposable;
  alarms(): readonly AlarmRecord[];
  /** `undefined` where no such alarm is open. */
  acknowledge(alarm: AlarmId, operator: string, comment: string): Promise<AlarmRecord | undefined>;
  readonly alarmDesk: AlarmServices;
  readonly cameras: CameraServices;
  verifyJournal(): Promise<JournalVerdict>;

  /** R14. An order stands until it is lifted, whether or not the interlock could confirm it. */
  lockDown(vestibule: VestibuleId, operator: string, reason: string): Promise<LockdownOutcome>;
  liftLockdown(vestibule: VestibuleId, operator: string): Promise<LockdownOutcome>;
  /** R13: proposes, or joins what another operator has proposed for the same doors. */
  override(
    vestibule: VestibuleId,
    doors: OverriddenDoors,
    operator: string,
    reason: string,
  ): Promise<OverrideOutcome>;
  /** R12 */
  resetEmergency(vestibule: VestibuleId, operator: string, comment: string): Promise<ResetOutcome>;

  readonly passages: PassageServices;
  readonly displays: DisplayServices;
  readonly people: PeopleServices;
  readonly presence: PresenceServices;
  readonly directory: Pick<Directory, "list" | "get" | "findByCard" | "photo">;
  addCardholder(cardholder: NewCardholder, operator: string): Promise<Cardholder>;
  changeCardholder(id: string, change: CardholderChange, operator: string): Promise<Cardholder>;
  removeCardholder(id: string, operator: string): Promise<void>;
  issueCard(
    id: string,
    number: string,
    format: string,
    operator: string,
    more?: { readonly duress?: boolean; readonly label?: string },
  ): Promise<Card>;
  reportLost(number: string, operator: string): Promise<Card>;
  replaceCard(number: string, replacement: string, operator: string): Promise<Card>;
  /** `distinctFrom`: cardholders who look alike and are other people, as the operator says. */
  enrolPhoto(
    id: string,
    image: Uint8Array,
    operator: string,
    distinctFrom?: readonly string[],
    appearance?: string,
  ): Promise<EnrolmentOutcome>;
  /** What `enrolPhoto` would say; stores nothing. */
  checkPhoto(
    id: string,
    image: Uint8Array,
    operator: string,
    distinctFrom?: readonly string[],
  ): Promise<PhotoCheck>;
  /** Whether a cardholder's templates grow old; undefined while there is too little to say. */
  ageing(id: string): Ageing | undefined;
  removePhoto(id: string, photo: string, operator: string): Promise<void>;
  readonly evidence: EvidenceServices;
  /** The newest picture of a camera, as JPEG. */
  snapshot(camera: string): Promise<Uint8Array | undefined>;

  readonly approvals: ApprovalServices;
  readonly rules: RulesServices;
  /** Undefined where the site's file has no `backup:`. */
  readonly backups: BackupServices | undefined;
  /** Undefined where nothing signs the journal. */
  readonly proofs: ProofServices | undefined;

  /** Records what an operator did; resolves once durable. Type in PascalCase, past tense. */
  record(type: string, payload: JsonObject): Promise<void>;
  /** Undefined where nothing keeps the journal in files. */
  readonly reports: ReportServices | undefined;
  /** As `reports`. */
  readonly figures: FigureServices | undefined;
  /** Undefined where nothing puts the site's file together. */
  readonly commissioning: CommissioningServices | undefined;
  /** Only where the configured board is simulated. */
  readonly simulator: SimulatorServices | undefined;
}

export type EnrolmentOutcome = { readonly enrolled: true; readonly photo: PhotoSummary } | RefusedPhoto;

export type RefusedPhoto =
  /** Nothing was stored: these have such a face. The nearest first. */
  | { readonly enrolled: false; readonly alreadyEnrolled: readonly AlikeFace[] }
  | Extract<PhotoOutcome, { usable: false }>;

/** `jpeg`: as it would be stored. */
export type PhotoCheck =
  | { readonly passes: true; readonly jpeg: Uint8Array; readonly quality: Readonly<Record<string, number>> }
  | RefusedPhoto;

/** `recorded`: durably; otherwise it is kept and written as soon as the storage takes it again. */
export type LockdownOutcome =
  | {
      readonly confirmed: true;
      readonly recorded: boolean;
      readonly lockdown: VestibuleCondition["lockdown"];
    }
  | { readonly confirmed: false; readonly recorded: boolean };

/** `unanswered`: the interlock was silent; whether it did anything is to be seen in the state. */
export type OverrideOutcome =
  | { readonly is: "proposed"; readonly until: WallTime; readonly recorded: boolean }
  | {
      readonly is: "overridden";
      readonly until: WallTime;
      readonly operators: readonly [string, string];
      readonly recorded: boolean;
    }
  | { readonly is: "refused"; readonly reason: OverrideRefusal }
  | { readonly is: "unanswered" };

export type ResetOutcome =
  | { readonly is: "reset"; readonly recorded: boolean }
  | { readonly is: "refused"; readonly reason: ResetRefusal }
  | { readonly is: "unanswered" };

export interface SimulatorServices {
  act(action: BuildingAction): Promise<ActionOutcome>;
  /** A demo cardholder's probe picture, by card number: 640×360 JPEG. */
  probe(cardNumber: string): Promise<Uint8Array | undefined>;
  /** Several demo people in one picture. */
  probes(cardNumbers: readonly string[]): Promise<Uint8Array | undefined>;
  /** The wall clock jumps, for the simulated site only. */
  stepClock(seconds: number): void;
}

export type DoorView = DoorReport & {
  /** The most pressing open alarm of this door. */
  readonly alarm: string | null;
};

export interface VestibuleView {
  readonly id: VestibuleId;
  readonly name: { readonly en: string; readonly zh: string };
  readonly doors: Readonly<Record<DoorName, DoorView>>;
  /** The passage under way, if any. */
  readonly passage: PassageView | null;
  /** People between the doors as far as passages tell. */
  readonly occupancy: number;
  /** In the secure area behind this door pair: who came in through it, and has not left by it. */
  readonly occupancySecure: number;
  readonly limits: OccupancyLimits;
  /** The weightiest of what holds: `condition` has the rest. */
  readonly mode: VestibuleMode;
  /** Null while the interlock is silent. */
  readonly condition: VestibuleCondition | null;
  /** What each access point's display shows now. */
  readonly displays: Partial<Readonly<Record<AccessPointName, DisplayView>>>;
  /** What each access point asks for at the least; an access level may ask for more. */
  readonly liveness: Partial<Readonly<Record<AccessPointName, LivenessLevel>>>;
  /** Which camera sees who stands there. */
  readonly cameras: Partial<Readonly<Record<AccessPointName, string>>>;
}

export type VestibuleMode = "normal" | "degraded" | "override" | "lockdown" | "emergency";

export interface PassageView {
  readonly id: string;
  readonly accessPoint: AccessPointName;
  /** `waiting`: verified, and others are still to come; `counting`: faces between the doors. */
  readonly step: "verifying" | "waiting" | "counting" | "releasing" | "released" | "open";
  readonly cardholder: string | null;
  /** What has to be shown here besides the card, or instead of it. */
  readonly mode: VerificationMode;
  /** What is still asked of whoever is being verified; the first of them is waited for. */
  readonly wants: readonly Factor[];
  /** Those of whom everything has been shown, in the order in which they came. */
  readonly verified: readonly (string | null)[];
  /** How many pass together. */
  readonly of: number;
  /** When this one's card was read. */
  readonly since: Instant;
}

/** A4; 0: no such limit. */
export interface OccupancyLimits {
  readonly vestibuleMax: number;
  readonly secureMax: number;
  readonly secureMin: number;
}

export interface DisplayView extends Display {
  /** When it goes away by itself; null where it stays. */
  readonly until: Instant | null;
}

export interface ProcessView {
  readonly state: "starting" | "running" | "lost";
  readonly pid: number | null;
  readonly restarts: number;
  readonly since: string;
  /** For vision: model and backend in use. */
  readonly detail?: JsonObject;
}

export interface ReaderView {
  readonly vestibule: VestibuleId;
  readonly accessPoint: AccessPointName;
  readonly state: "online" | "lost";
  readonly tampered: boolean;
  readonly powerFault: boolean;
  readonly detail: string | null;
}

export interface CameraClockView {
  /** Seconds by which it is ahead of ours; negative: behind. */
  readonly offset: number;
  readonly measured: string;
}

export interface SiteState {
  readonly site: { readonly id: string; readonly name: { readonly en: string; readonly zh: string } };
  readonly vestibules: readonly VestibuleView[];
  readonly processes: {
    readonly interlock: ProcessView;
    readonly vision: ProcessView;
    readonly controller: ProcessView;
  };
  readonly cameras: readonly {
    readonly id: string;
    readonly state: FrameSourceState["phase"];
    readonly detail: string | null;
    readonly health: readonly string[];
    /** Of the camera's own clock; null where it tells none, or has not yet. */
    readonly clock: CameraClockView | null;
  }[];
  /** As far as they have told how they are. */
  readonly readers: readonly ReaderView[];
  readonly clock: { readonly wall: string; readonly monotonic: number; readonly timeZone: string };
  readonly journal: {
    /** The oldest record that is kept. */
    readonly first: number;
    readonly last: number;
    readonly storage: "ok" | "failed";
    /** Absent where nothing signs it. */
    readonly proofs?: ProofView;
  };
  /** Who can be compared with the models in use; null until vision has said which those are. */
  readonly templates: TemplateView | null;
  /** While cards open nothing: there is no site yet, or an installer tries the doors. Absent: in service. */
  readonly commissioning?: "uncommissioned" | "underWay";
  readonly mqtt: AlarmLinkState & { readonly delivered: number };
  /** Null where the site's file has no `backup:`. */
  readonly backup: BackupView | null;
}
