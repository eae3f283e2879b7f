import type { JournalRecord } from "../ports/journal.ts";
import { AccessReplay } from "./access-replay.ts";
import { AlarmReplay } from "./alarm-replay.ts";
import { type Decided, type Difference, type Reason, reasons } from "./findings.ts";
import { InterlockReplay } from "./interlock-replay.ts";

export type { Decided, Difference, Reason } from "./findings.ts";

/** How many could not be asked again for one reason, and where the first is. */
export interface Skipped {
  readonly count: number;
  readonly first: number;
}

export interface ReplayAccount {
  readonly records: number;
  /** Asked again. */
  readonly decisions: { readonly access: number; readonly interlock: number };
  /** What happened to alarms, and was held against their life cycle: read from the journal's first record on only. */
  readonly alarms: number;
  /** In the order of their records, at most a hundred. */
  readonly differences: readonly Difference[];
  readonly skipped: Partial<Readonly<Record<Reason, Skipped>>>;
  /** Of the program that wrote, as it said at its starts, in their order; nothing twice in a row. */
  readonly versions: readonly string[];
}

/** Beyond the first the others are mostly its consequences. */
const mostDifferences = 100;

export interface ReplayOptions {
  /** What is said of decisions before this record is not of interest. */
  readonly from?: number;
  readonly onDecided?: (decision: Decided) => void;
}

/**
 * Reads a journal record by record and asks the rules again at each decision: the same input, state and rules must come
 * to the same. Where they do not, it goes on from what was recorded.
 */
export class Replay {
  readonly #from: number;
  readonly #onDecided: (decision: Decided) => void;
  readonly #access: AccessReplay;
  readonly #interlock: InterlockReplay;
  readonly #alarms: AlarmReplay;
  #alarmEvents = 0;
  #records = 0;
  readonly #decisions = { access: 0, interlock: 0 };
  readonly #differences: Difference[] = [];
  readonly #skipped = new Map<Reason, { count: number; first: number }>();
  readonly #versions: string[] = [];

  constructor({ from = 0, onDecided = () => {} }: ReplayOptions = {}) {
    this.#from = from;
    this.#onDecided = onDecided;
    const listener = {
      decided: (decision: Decided) => this.#decided(decision),
      differs: (difference: Difference) => this.#differs(difference),
      skipped: (reason: Reason, seq: number) => this.#skip(reason, seq),
    };
    this.#access = new AccessReplay(listener);
    this.#interlock = new InterlockReplay(listener);
    this.#alarms = new AlarmReplay(listener);
  }

  get hasDifference(): boolean {
    return this.#differences.length > 0;
  }

  take(record: JournalRecord): void {
    this.#records += 1;
    if (record.type === "ControllerStarted") this.#started(record);
    this.#access.take(record);
    this.#interlock.take(record);
    if (this.#alarms.take(record) && record.seq >= this.#from) this.#alarmEvents += 1;
  }

  finish(): ReplayAccount {
    this.#access.finish(true);
    this.#interlock.finish();
    this.#alarms.finish();
    return {
      records: this.#records,
      decisions: { ...this.#decisions },
      alarms: this.#alarmEvents,
      differences: this.#differences
        .filter(isOfItself(this.#differences))
        .toSorted((one, other) => one.seq - other.seq),
      skipped: Object.fromEntries(
        reasons.flatMap((reason) => {
          const found = this.#skipped.get(reason);
          return found === undefined ? [] : [[reason, { ...found }]];
        }),
      ),
      versions: [...this.#versions],
    };
  }

  #started({ payload: { version } }: JournalRecord): void {
    if (typeof version === "string" && this.#versions.at(-1) !== version) this.#versions.push(version);
  }

  #decided(decision: Decided): void {
    if ((decision.seqs.at(-1) ?? 0) < this.#from) return;
    this.#decisions[decision.rules] += 1;
    this.#onDecided(decision);
  }

  #differs(difference: Difference): void {
    if (difference.seq < this.#from || this.#differences.length >= mostDifferences) return;
    this.#differences.push(difference);
  }

  #skip(reason: Reason, seq: number): void {
    if (seq < this.#from) return;
    const found = this.#skipped.get(reason);
    if (found === undefined) this.#skipped.set(reason, { count: 1, first: seq });
    else found.count += 1;
  }
}

/** A record that says something else than was decided has no alarm, or another: that is one difference. */
const isOfItself =
  (differences: readonly Difference[]) =>
  ({ rules, seq }: Difference): boolean =>
    rules !== "alarms" || differences.every((other) => other.rules === "alarms" || other.seq !== seq);
