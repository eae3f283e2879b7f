import type { WallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Commissioning, CommissioningHooks } from "../ports/commissioning.ts";
import type { Journal, JournalRecord } from "../ports/journal.ts";
import type { LineView } from "../ports/services/commissioning-finds.ts";
import type {
  CommissioningOutcome,
  CommissioningRefusal,
  CommissioningReport,
  CommissioningServices,
  CommissioningState,
  CommissioningView,
  RunningTest,
  TestView,
} from "../ports/services/commissioning-services.ts";
import type { CommissionedSite } from "./commissioned-site.ts";
import { lineViews, type WiredLine } from "./line-views.ts";
import { isUnderWay, type Standing, standingOf, withRecord } from "./standing.ts";
import { type PlannedTest, plannedTests } from "./test-plan.ts";
import { recordOfTest } from "./test-runs.ts";
import { TestCancelled, TestSession } from "./test-session.ts";
import { countsOf, testViews } from "./test-views.ts";

/** What is neither doors nor records: files, the network, the report. */
export interface CommissioningSurroundings
  extends Pick<
    CommissioningServices,
    | "draft"
    | "change"
    | "discard"
    | "keepSecret"
    | "boards"
    | "discoverCameras"
    | "probeCamera"
    | "findReaders"
  > {
  apply: CommissioningServices["apply"];
  /** `lines`: as the service reads them. */
  doctor(lines: readonly LineView[] | undefined): ReturnType<CommissioningServices["doctor"]>;
  /** Made once, from the record alone. */
  report(facts: ReportFacts): Promise<CommissioningReport>;
  begin(hooks: CommissioningHooks): void;
  readonly mayApply: boolean;
  readonly file: string;
  readonly hash: string;
  readonly boots: CommissioningView["boots"];
}

/** All that a report says. */
export interface ReportFacts {
  readonly begun: NonNullable<Standing["begun"]>;
  readonly ended: NonNullable<Standing["ended"]>;
  readonly tests: readonly TestView[];
  readonly lines: readonly LineView[];
  /** The record that ended it. */
  readonly position: { readonly seq: number; readonly hash: string };
}

export interface CommissioningOptions {
  /** Undefined: there is no site file yet, and no line is taken. */
  readonly site: CommissionedSite | undefined;
  readonly wiring: ReadonlyMap<string, WiredLine>;
  readonly surroundings: CommissioningSurroundings;
  readonly journal: Pick<Journal, "query">;
  readonly clock: Clock;
  readonly isClockSynchronised: () => boolean | undefined;
  readonly newId: () => string;
}

const done = <Value>(value: Value): CommissioningOutcome<Value> => ({ is: "done", value });
const refused = (reason: CommissioningRefusal, detail: string) =>
  ({ is: "refused", reason, detail }) as const;

interface Running {
  readonly session: TestSession;
  readonly ending: AbortController;
}

/** Where commissioning is at: begun, tested and ended as the record says, and one test under way at most. */
export class CommissioningDesk implements Commissioning {
  readonly services: CommissioningServices;
  readonly #options: CommissioningOptions;
  #standing: Standing;
  #hooks: CommissioningHooks | undefined;
  #lineNames: readonly string[] = [];
  #running: Running | undefined;
  #report: { readonly seq: number; readonly made: Promise<CommissioningReport> } | undefined;

  constructor(options: CommissioningOptions) {
    this.#options = options;
    this.#standing = standingOf(options.journal);
    const { surroundings } = options;
    this.services = {
      view: () => this.#view(),
      begin: async (operator) => this.#begin(operator),
      end: async (...how) => await this.#end(...how),
      draft: () => surroundings.draft(),
      change: (...how) => surroundings.change(...how),
      discard: (...how) => surroundings.discard(...how),
      isHandedOver: () => options.journal.query({ type: "CommissioningEnded", limit: 1 }).length > 0,
      apply: async (...how) => await this.#apply(...how),
      keepSecret: (...how) => surroundings.keepSecret(...how),
      boards: () => surroundings.boards(),
      lines: () => this.#lines(),
      discoverCameras: () => surroundings.discoverCameras(),
      probeCamera: (...how) => surroundings.probeCamera(...how),
      findReaders: () => surroundings.findReaders(),
      doctor: async () => await surroundings.doctor(await this.#lines()),
      startTest: (...how) => this.#startTest(...how),
      cancelTest: () => this.#cancelTest(),
      leaveOut: async (...how) => this.#leaveOut(...how),
      report: async () => await this.#reportNow(),
    };
  }

  /** Fail secure: also before there is a site at all. */
  isUnderWay(): boolean {
    return this.#options.site === undefined || isUnderWay(this.#standing);
  }

  state(): CommissioningState {
    if (this.#options.site === undefined) return "uncommissioned";
    return isUnderWay(this.#standing) ? "underWay" : "inService";
  }

  begin(hooks: CommissioningHooks): Disposable {
    this.#hooks = hooks;
    this.#options.surroundings.begin(hooks);
    void this.#lines();
    return {
      [Symbol.dispose]: () => {
        this.#running?.ending.abort();
        this.#hooks = undefined;
      },
    };
  }

  #view(): CommissioningView {
    const { surroundings } = this.#options;
    const { begun, ended } = this.#standing;
    const { faults, differences } = surroundings.draft();
    return {
      state: this.state(),
      begun: begun === undefined ? null : { operator: begun.operator, at: begun.at },
      ended: ended === undefined ? null : { operator: ended.operator, at: ended.at, comment: ended.comment },
      mayApply: surroundings.mayApply,
      file: surroundings.file,
      hash: surroundings.hash,
      boots: surroundings.boots,
      draft: { faults: faults.length, differs: differences.length > 0 },
      tests: this.#tests(),
      running: this.#running?.session.view() ?? null,
      report: ended === undefined ? null : { seq: ended.seq, at: ended.at },
    };
  }

  #planned(): readonly PlannedTest[] {
    const { site } = this.#options;
    return site === undefined ? [] : plannedTests(site, this.#lineNames);
  }

  #tests(): readonly TestView[] {
    return testViews(this.#planned(), this.#standing, this.#options.site?.basis);
  }

  #begin(operator: string): CommissioningOutcome {
    const { hooks } = this.#here();
    if (isUnderWay(this.#standing)) return refused("alreadyBegun", "It has been begun already.");
    this.#take(hooks.record("CommissioningBegan", { operator }));
    return done(null);
  }

  async #end(
    operator: string,
    comment: string,
    openPoints: readonly string[],
  ): Promise<CommissioningOutcome<{ readonly seq: number }>> {
    const { hooks } = this.#here();
    if (!isUnderWay(this.#standing)) return refused("notBegun", "Nothing has been begun.");
    if (this.#options.site === undefined)
      return refused("notFinished", "There is no site yet: apply the draft first.");
    if (this.#running !== undefined) return refused("testRunning", "A test is under way.");
    if (this.#options.surroundings.draft().differences.length > 0)
      return refused("notFinished", "The draft says something else than what runs: apply or discard it.");
    const { hash } = this.#options.surroundings;
    const record = hooks.record("CommissioningEnded", {
      ...{ operator, comment, openPoints, configuration: hash },
      ...countsOf(this.#tests()),
    });
    this.#take(record);
    // From the record as it is now: what is tried later is in no earlier report.
    await this.#reportNow();
    return done({ seq: record.seq });
  }

  async #apply(
    ...how: Parameters<CommissioningServices["apply"]>
  ): ReturnType<CommissioningServices["apply"]> {
    if (!isUnderWay(this.#standing)) return refused("notBegun", "Begin commissioning first.");
    if (this.#running !== undefined) return refused("testRunning", "A test is under way.");
    return await this.#options.surroundings.apply(...how);
  }

  async #lines(): Promise<readonly LineView[] | undefined> {
    const { site, wiring } = this.#options;
    if (site === undefined) return [];
    const answer = await this.#hooks?.readLines();
    if (answer === undefined) return undefined;
    this.#lineNames = answer.lines.map(({ name }) => name);
    return lineViews(answer, this.#hooks?.services.state().vestibules ?? [], wiring);
  }

  #startTest(
    id: string,
    operator: string,
    shownTime: WallTime | undefined,
  ): CommissioningOutcome<RunningTest> {
    const { hooks } = this.#here();
    const { site, clock, isClockSynchronised, newId } = this.#options;
    if (!isUnderWay(this.#standing)) return refused("notBegun", "Begin commissioning first.");
    const test = this.#planned().find((planned) => planned.id === id);
    if (test === undefined || site === undefined) return refused("noSuchTest", "There is no such test here.");
    if (this.#running !== undefined) return refused("testRunning", "A test is under way already.");
    const ending = new AbortController();
    const session = new TestSession({
      ...{ test, site, hooks, clock, operator, isClockSynchronised, newId },
      shown: shownTime,
      signal: ending.signal,
    });
    this.#running = { session, ending };
    void this.#run(session, site).finally(() => {
      session[Symbol.dispose]();
      this.#running = undefined;
    });
    return done(session.view());
  }

  /** A test that breaks has failed; one that was broken off is as if it had not been begun. */
  async #run(session: TestSession, site: CommissionedSite): Promise<void> {
    const { test, operator, hooks } = session.options;
    try {
      const payload = await recordOfTest(session, site.basis[test.step]);
      this.#take(hooks.record("CommissioningTested", payload));
    } catch (error) {
      if (error instanceof TestCancelled) return;
      const detail = error instanceof Error ? error.message : String(error);
      try {
        hooks.record("CommissioningTestBroke", { test: test.id, operator, detail });
      } catch {
        // the storage is what broke it, and says so by itself
      }
    }
  }

  #cancelTest(): CommissioningOutcome {
    this.#running?.ending.abort();
    return done(null);
  }

  #leaveOut(id: string, operator: string, reason: string | null): CommissioningOutcome {
    const { hooks } = this.#here();
    if (!isUnderWay(this.#standing)) return refused("notBegun", "Begin commissioning first.");
    if (!this.#planned().some((planned) => planned.id === id))
      return refused("noSuchTest", "There is no such test here.");
    this.#take(hooks.record("CommissioningTestLeftOut", { test: id, operator, reason }));
    return done(null);
  }

  async #reportNow(): Promise<CommissioningReport | undefined> {
    const { begun, ended } = this.#standing;
    const { journal, surroundings } = this.#options;
    if (begun === undefined || ended === undefined) return undefined;
    if (this.#report?.seq === ended.seq) return await this.#report.made;
    const [record] = journal.query({ type: "CommissioningEnded", limit: 1, newestFirst: true });
    const position = { seq: ended.seq, hash: record?.hash ?? "" };
    const lines = (await this.#lines()) ?? [];
    const made = surroundings.report({ begun, ended, tests: this.#tests(), lines, position });
    this.#report = { seq: ended.seq, made };
    made.catch(() => {
      this.#report = undefined;
    });
    return await made;
  }

  #take(record: JournalRecord): void {
    this.#standing = withRecord(this.#standing, record);
    this.#hooks?.changed();
  }

  #here(): { readonly hooks: CommissioningHooks } {
    if (this.#hooks === undefined) throw new Error("the controller has not started yet");
    return { hooks: this.#hooks };
  }
}
