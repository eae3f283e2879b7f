import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Directory } from "../../ports/directory.ts";
import { StorageFault } from "../../ports/journal.ts";
import type {
  PhotoRef,
  SurveyTemplates,
  TemplateCoverage,
  TemplateStore,
  TemplateSurvey,
  TemplateView,
} from "../../ports/template-store.ts";
import type { Chronicle } from "../chronicle.ts";
import type { VisionClient, VisionReady } from "../vision-client.ts";

export interface TemplateUpkeepOptions {
  readonly templates: Pick<TemplateStore, "put" | "refuse">;
  readonly survey: SurveyTemplates;
  readonly directory: Pick<Directory, "photo">;
  readonly vision: Pick<VisionClient, "describeStored">;
  readonly chronicle: Chronicle;
  readonly clock: Clock;
  readonly onChange: () => void;
}

/** Between two photos: whoever stands at a door, or enrols, has the nets meanwhile. */
const pause: Milliseconds = 50;
/** After vision or the disk failed. */
const retryAfter: Milliseconds = 60_000;

/** A whole branch is enrolled in a row. */
const recountAfter: Milliseconds = 2_000;
/** Up to so many people the count costs next to nothing; beyond, it is made only while somebody is missing. */
const lightlyCounted = 2_000;
const enrolmentRecords: ReadonlySet<string> = new Set(["PhotoEnrolled", "PhotoRemoved", "CardholderRemoved"]);

interface Run {
  readonly of: number;
  readonly since: number;
  done: number;
  given: number;
  after: string;
  /** Found due, and not described yet. */
  waiting: readonly PhotoRef[];
}

/**
 * Sees to it that everybody who was enrolled has templates of the models in use. When those change, it computes
 * them from the stored photos, one after the other, beside everything else. What is done is in the store, so whatever
 * cuts it off, it goes on from there.
 */
export class TemplateUpkeep implements Disposable {
  readonly #options: TemplateUpkeepOptions;
  #models: readonly string[] = [];
  #coverage: TemplateCoverage | undefined;
  #run: Run | undefined;
  #wake: Disposable | undefined;
  #counting = false;
  /** What comes back for an earlier one is nobody's any more. */
  #turn = 0;

  constructor(options: TemplateUpkeepOptions) {
    this.#options = options;
  }

  view(): TemplateView | undefined {
    if (this.#coverage === undefined) return undefined;
    const run = this.#run;
    return {
      ...this.#coverage,
      models: this.#models,
      recomputing: run === undefined ? null : { done: run.done, of: run.of, secondsLeft: this.#left(run) },
    };
  }

  onReady({ model, second }: VisionReady): void {
    this.#stop();
    this.#models = [model.id, ...(second === undefined ? [] : [second.id])];
    void this.#begin();
  }

  onLost(): void {
    this.#stop();
  }

  /** Somebody may have been enrolled, or removed. */
  onRecord(type: string): void {
    const { without, enrolled } = this.#coverage ?? { without: 0, enrolled: 0 };
    const isWorthIt = this.#run === undefined && (without > 0 || enrolled <= lightlyCounted);
    if (!isWorthIt || !enrolmentRecords.has(type) || this.#counting) return;
    this.#counting = true;
    // Not within the write, and once for many.
    this.#later(recountAfter, () => {
      this.#counting = false;
      void this.#survey("");
    });
  }

  [Symbol.dispose](): void {
    this.#stop();
  }

  async #begin(): Promise<void> {
    const { clock, chronicle } = this.#options;
    const found = await this.#survey("");
    if (found === undefined || found.coverage.due === 0) return;
    const { due, without } = found.coverage;
    this.#run = { of: due, since: clock.now(), done: 0, given: 0, after: "", waiting: found.due };
    this.#guarded(() =>
      chronicle.note("TemplatesRecomputationStarted", { models: this.#models, photos: due, without }),
    );
    this.#later(pause, () => this.#next());
  }

  #next(): void {
    const run = this.#run;
    if (run === undefined) return;
    const [photo, ...others] = run.waiting;
    if (photo === undefined) return void this.#refill(run);
    run.waiting = others;
    void this.#describe(run, photo);
  }

  /** The next of those that are due; none: all are done. */
  async #refill(run: Run): Promise<void> {
    const found = await this.#survey(run.after);
    if (found === undefined || run !== this.#run) return;
    run.waiting = found.due;
    if (found.due.length > 0) this.#later(pause, () => this.#next());
    else this.#guarded(() => this.#end(run, found.coverage));
  }

  async #describe(run: Run, at: PhotoRef): Promise<void> {
    const turn = this.#turn;
    const { templates, vision } = this.#options;
    const jpeg = this.#photo(at);
    const outcome = jpeg === undefined ? undefined : await vision.describeStored(jpeg);
    if (turn !== this.#turn) return;
    this.#guarded(() => {
      if (outcome?.usable === false && outcome.reason === "engineFault") return this.#again();
      if (outcome?.usable === true && templates.put(at, outcome.templates)) run.given += 1;
      if (outcome?.usable === false) {
        templates.refuse(at, this.#models, `${outcome.reason}: ${outcome.detail}`);
      }
      run.done += 1;
      run.after = at.photo;
      this.#later(pause, () => this.#next());
    });
  }

  /** Undefined where it is gone, or was altered: it stays due, and the next ones go on. */
  #photo({ cardholder, photo }: PhotoRef): Uint8Array | undefined {
    try {
      return this.#options.directory.photo(cardholder, photo);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      return undefined;
    }
  }

  #end(run: Run, { without, refused, due }: TemplateCoverage): void {
    this.#run = undefined;
    const facts = { models: this.#models, photos: run.given, refused, unread: due, without };
    this.#options.chronicle.note("TemplatesRecomputed", facts);
    this.#options.onChange();
  }

  /** Undefined where it is nobody's any more, or the disk failed: then all begins again later. */
  async #survey(from: string): Promise<TemplateSurvey | undefined> {
    const turn = this.#turn;
    try {
      const found = await this.#options.survey(this.#models, from);
      if (turn !== this.#turn) return undefined;
      this.#coverage = found.coverage;
      this.#options.onChange();
      return found;
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      if (turn === this.#turn) this.#again();
      return undefined;
    }
  }

  #left({ since, done, of }: Run): number | null {
    if (done === 0) return null;
    return Math.ceil((((this.#options.clock.now() - since) / done) * (of - done)) / 1_000);
  }

  /** From the beginning: what is done is not due any more. */
  #again(): void {
    this.#run = undefined;
    this.#later(retryAfter, () => void this.#begin());
  }

  #later(wait: Milliseconds, work: () => void): void {
    const { clock } = this.#options;
    this.#wake = clock.wakeAt(after(clock.now(), wait), () => this.#guarded(work));
    this.#options.onChange();
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      this.#again();
    }
  }

  #stop(): void {
    this.#turn += 1;
    this.#wake?.[Symbol.dispose]();
    this.#run = undefined;
    this.#counting = false;
  }
}
