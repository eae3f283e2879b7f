import type { AccessPointName, DoorName, VestibuleId } from "../../domain/names.ts";
import type { WallTime } from "../../domain/time.ts";
import type { JsonObject, JsonValue } from "../journal.ts";
import type {
  BoardView,
  DoctorFinding,
  FoundDevice,
  FoundReader,
  LineView,
  ProbedDevice,
} from "./commissioning-finds.ts";

/** In both languages: whoever stands at the door may not be who sits at the screen. */
export interface Said {
  readonly en: string;
  readonly zh: string;
}

/** In the order of the work. */
export const commissioningSteps = [
  "board",
  "lines",
  "doors",
  "readers",
  "cameras",
  "clock",
  "broker",
  "interlock",
] as const;
export type CommissioningStep = (typeof commissioningSteps)[number];

/** Parts of the site's file, as they are written one after the other. */
export const draftSections = [
  "site",
  "board",
  "lines",
  "doors",
  "cameras",
  "readers",
  "clock",
  "broker",
] as const;
export type DraftSection = (typeof draftSections)[number];

export interface DraftFault {
  /** Whose it is, as far as that can be told. */
  readonly section: DraftSection | null;
  /** `vestibules[0].doors.outer.lock`; of a line `lines.outer.lock.chip`. */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
  readonly remedy: Said;
}

export interface DraftView {
  readonly sections: Readonly<Record<DraftSection, JsonValue>>;
  readonly faults: readonly DraftFault[];
  /** As it would be written, with comments. */
  readonly yaml: string;
  /** The board's profile with this site's lines; null on the simulated board. */
  readonly profileYaml: string | null;
  /** Against what runs. */
  readonly differences: readonly {
    readonly path: string;
    readonly before: JsonValue;
    readonly after: JsonValue;
  }[];
  /** SHA-256 of both texts, hexadecimal. */
  readonly hash: string;
}

export type TestKind =
  | "board"
  | "line"
  | "trial"
  | "relay"
  | "reader"
  | "keypad"
  | "camera"
  | "person"
  | "clock"
  | "broker"
  | "demonstration";

/** `doubtful`: it works, and somebody should know something about it. */
export type TestVerdict = "passed" | "doubtful" | "failed";

export interface TestResult {
  readonly verdict: TestVerdict;
  /** What exactly: `inOrder`, `contactsSwapped`, … */
  readonly finding: string;
  readonly seen: Said;
  readonly todo: Said | null;
  /** Measured. */
  readonly figures: JsonObject;
  /** Of a test with several steps, each. */
  readonly steps: readonly TestStepResult[];
  readonly operator: string;
  readonly at: WallTime;
  /** The record that says so. */
  readonly seq: number;
}

export interface TestStepResult {
  readonly asked: Said;
  readonly seen: Said;
  readonly verdict: TestVerdict;
}

export interface TestView {
  /** `trial.v1.outer` */
  readonly id: string;
  readonly step: CommissioningStep;
  readonly kind: TestKind;
  readonly title: Said;
  /** What it takes, before it is begun. */
  readonly about: Said;
  readonly vestibule: VestibuleId | null;
  readonly door: DoorName | null;
  readonly accessPoint: AccessPointName | null;
  readonly camera: string | null;
  /** Of the line, in kind `line`. */
  readonly line: string | null;
  /** `outdated`: what it was about has been changed since. */
  readonly state: "untried" | "outdated" | TestVerdict;
  readonly result: TestResult | null;
  /** Left out by the installer, who says why: an open point of the report. A test that is begun is so no more. */
  readonly leftOut: { readonly operator: string; readonly at: WallTime; readonly reason: string } | null;
}

/** The test that is under way; at most one is. */
export interface RunningTest {
  readonly id: string;
  readonly operator: string;
  readonly since: WallTime;
  /** What the person is to do now; null: nothing, wait. */
  readonly asked: Said | null;
  /** Until when. */
  readonly until: WallTime | null;
  /** What was seen last. */
  readonly seen: Said | null;
  readonly step: { readonly number: number; readonly of: number } | null;
  /** Steps that are done. */
  readonly done: readonly TestStepResult[];
}

/** `uncommissioned`: there is no site file yet, no line is taken. `underWay`: cards open nothing. */
export type CommissioningState = "uncommissioned" | "underWay" | "inService";

export interface CommissioningView {
  readonly state: CommissioningState;
  readonly begun: { readonly operator: string; readonly at: WallTime } | null;
  readonly ended: { readonly operator: string; readonly at: WallTime; readonly comment: string } | null;
  /** Whether this service may write the file that it runs by; false: it stands in a place that is not its own. */
  readonly mayApply: boolean;
  readonly file: string;
  /** Of the configuration that runs. */
  readonly hash: string;
  readonly boots: { readonly version: string; readonly node: string; readonly machine: string };
  /** Faults of the draft, and whether it says something else than what runs. */
  readonly draft: { readonly faults: number; readonly differs: boolean };
  readonly tests: readonly TestView[];
  readonly running: RunningTest | null;
  /** Whether a report can be made: commissioning has ended, and nothing has changed since. */
  readonly report: { readonly seq: number; readonly at: WallTime } | null;
}

export type CommissioningRefusal =
  | "notBegun"
  | "alreadyBegun"
  | "testRunning"
  | "noSuchTest"
  | "notEditable"
  | "faulty"
  | "boardMissing"
  | "nothingToApply"
  | "moved"
  | "notFinished"
  | "tooMany";

export type CommissioningOutcome<Done = unknown> =
  | { readonly is: "done"; readonly value: Done }
  | { readonly is: "refused"; readonly reason: CommissioningRefusal; readonly detail: string };

/** What an installer does with doors before people depend on them. */
export interface CommissioningServices {
  view(): CommissioningView;
  /** From now on cards open nothing, until it is ended. */
  begin(operator: string): Promise<CommissioningOutcome>;
  /** `openPoints`: what remains to be done, in the installer's words. Makes the report. */
  end(
    operator: string,
    comment: string,
    openPoints: readonly string[],
  ): Promise<CommissioningOutcome<{ readonly seq: number }>>;

  draft(): DraftView;
  /** Kept even where it has faults: an installer is not done with a section at once. */
  change(section: DraftSection, value: JsonValue, operator: string): CommissioningOutcome<DraftView>;
  /** Back to what runs. */
  discard(operator: string): CommissioningOutcome<DraftView>;
  /** Whether it was ended once: from then on people depend on the doors, and other rules for them take two. */
  isHandedOver(): boolean;
  /** Writes the file and has the processes started again by it. `hash`: of the draft that was seen. */
  apply(
    operator: string,
    hash: string,
    reason: string,
    confirmedBy: string | null,
  ): Promise<CommissioningOutcome<{ readonly hash: string }>>;
  /** Into a file of the service's own, mode 0600; answers with its path, which the draft may name. */
  keepSecret(name: string, secret: string, operator: string): CommissioningOutcome<{ readonly file: string }>;

  boards(): Promise<readonly BoardView[]>;
  lines(): Promise<readonly LineView[] | undefined>;
  discoverCameras(): Promise<CommissioningOutcome<readonly FoundDevice[]>>;
  probeCamera(
    address: string,
    username: string | undefined,
    password: string | undefined,
  ): Promise<CommissioningOutcome<ProbedDevice>>;
  findReaders(): Promise<readonly FoundReader[]>;
  doctor(): Promise<readonly DoctorFinding[]>;

  /** `shown`: what the person says that a test cannot read: the time on their own clock. */
  startTest(id: string, operator: string, shown: WallTime | undefined): CommissioningOutcome<RunningTest>;
  cancelTest(operator: string): CommissioningOutcome;
  /** Kept with the tests, so that another device, or somebody else, goes on from there. Null takes it up again. */
  leaveOut(id: string, operator: string, reason: string | null): Promise<CommissioningOutcome>;

  report(): Promise<CommissioningReport | undefined>;
}

/** Signed over the PDFs and the JSON; each of them can be checked by itself. */
export interface CommissioningReport {
  readonly json: string;
  readonly pdf: Readonly<Record<"en" | "zh", Uint8Array>>;
  /** C2SP note by the journal's key; undefined where nothing signs it. */
  readonly note: string | undefined;
  readonly siteYaml: string;
}
