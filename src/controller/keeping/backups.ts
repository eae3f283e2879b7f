import { Cron } from "croner";
import { after, type Milliseconds, type WallTime } from "../../domain/time.ts";
import { BackupFault, type BackupFile, type BackupMaker } from "../../ports/backup.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Journal } from "../../ports/journal.ts";
import type { BackupServices, BackupView } from "../../ports/services/backup-services.ts";
import type { Chronicle } from "../chronicle.ts";

/** How a site wants its backups. */
export interface BackupPlan {
  readonly maker: BackupMaker;
  /** A cron expression of five fields, in the site's time zone. */
  readonly schedule: string;
  readonly timeZone: string;
  readonly overdueAfter: Milliseconds;
}

export interface BackupsOptions extends BackupPlan {
  readonly clock: Clock;
  readonly journal: Pick<Journal, "query">;
  readonly chronicle: Chronicle;
  readonly onChange: () => void;
}

/** The wall clock may be set at any time: it is looked at, not waited for. */
const lookEvery: Milliseconds = 30_000;
/** An unplugged disk is plugged in again; a full one may be looked after. */
const retryAfter: Milliseconds = 3_600_000;
const longestDetail = 300;

/** Has backups made when they are due, and says so when none succeeds. */
export class Backups implements BackupServices, Disposable {
  readonly #options: BackupsOptions;
  readonly #schedule: Cron;
  #last: BackupView["last"] = null;
  /** What the schedule counts from, and since when there should have been one. */
  #since: WallTime;
  #next: Date | undefined;
  #failedAt: WallTime | undefined;
  #running = false;
  #overdue = false;
  #timer: Disposable | undefined;

  constructor(options: BackupsOptions) {
    this.#options = options;
    this.#schedule = new Cron(options.schedule, { paused: true, mode: "5-part", timezone: options.timeZone });
    this.#since = options.clock.wall();
    this.#next = this.#nextAfter(this.#since);
  }

  /** `overdue`: whether the alarm is on already, from before the start. */
  start(overdue: boolean): void {
    this.#overdue = overdue;
    const [made] = this.#options.journal.query({ type: "BackupMade", limit: 1, newestFirst: true });
    if (made !== undefined) {
      const { bytes, last } = made.payload;
      this.#last = { madeAt: new Date(made.wall).toISOString(), bytes: Number(bytes), record: Number(last) };
      this.#madeAt(made.wall);
    }
    this.#look();
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }

  view(): BackupView {
    return {
      last: this.#last,
      next: this.#next?.toISOString() ?? null,
      running: this.#running,
      overdue: this.#overdue,
    };
  }

  list(): Promise<readonly BackupFile[]> {
    return this.#options.maker.list();
  }

  begin(operator: string): "begun" | "busy" {
    if (this.#running) return "busy";
    void this.#make({ operator });
    return "begun";
  }

  #look(): void {
    const { clock } = this.#options;
    this.#timer = clock.wakeAt(after(clock.now(), lookEvery), () => this.#look());
    this.#tellOverdue();
    if (this.#next === undefined || this.#next.getTime() > clock.wall() || this.#running) return;
    if (this.#failedAt !== undefined && Math.abs(clock.wall() - this.#failedAt) < retryAfter) return;
    void this.#make({});
  }

  #madeAt(wall: WallTime): void {
    this.#since = wall;
    this.#next = this.#nextAfter(wall);
  }

  #nextAfter(wall: WallTime): Date | undefined {
    return this.#schedule.nextRun(new Date(wall)) ?? undefined;
  }

  /** Rejects only for a bug; what went wrong otherwise is on record. */
  async #make(by: { readonly operator?: string }): Promise<void> {
    const { maker, chronicle, clock, onChange } = this.#options;
    this.#running = true;
    onChange();
    try {
      const { file, bytes, sha256, position, took } = await maker.make();
      this.#madeAt(clock.wall());
      this.#failedAt = undefined;
      const { last, head } = position;
      chronicle.note("BackupMade", { ...by, file, bytes, sha256, last, head, took });
      this.#last = { madeAt: new Date(this.#since).toISOString(), bytes, record: last };
      this.#tellOverdue();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.#failedAt = clock.wall();
      chronicle.note("BackupFailed", { ...by, detail: detail.slice(0, longestDetail) });
      if (!(error instanceof BackupFault)) throw error;
    } finally {
      this.#running = false;
      onChange();
    }
  }

  #tellOverdue(): void {
    const { clock, chronicle, overdueAfter } = this.#options;
    const overdue = clock.wall() - this.#since > overdueAfter;
    if (overdue === this.#overdue) return;
    this.#overdue = overdue;
    const hours = Math.round((clock.wall() - this.#since) / 3_600_000);
    const detail = overdue ? `none for ${hours} hours` : null;
    chronicle.keep([], [{ is: overdue ? "seen" : "gone", alarm: "BackupOverdue", place: {}, detail }]);
    this.#options.onChange();
  }
}
