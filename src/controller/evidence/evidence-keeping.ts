import { type Belonging, type KeptFile, pruning } from "../../domain/evidence/retention.ts";
import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { EvidenceStore } from "../../ports/evidence-store.ts";
import { type Journal, type JournalRecord, StorageFault } from "../../ports/journal.ts";
import type { AlarmDesk } from "../alarm-desk.ts";
import type { Chronicle } from "../chronicle.ts";
import type { SitePlan } from "../controller-options.ts";
import { isActive } from "../standing-conditions.ts";
import { EvidenceIndex } from "./evidence-index.ts";

export interface KeepingParts {
  readonly store: EvidenceStore;
  readonly journal: Pick<Journal, "query" | "last">;
  readonly chronicle: Pick<Chronicle, "note">;
  readonly alarms: Pick<AlarmDesk, "open">;
  readonly clock: Clock;
  readonly retention: SitePlan["evidenceRetention"];
  /** Of what alarms' evidence alone is over the limit; undefined once it is not. */
  readonly onExcess: (excess: { readonly bytes: number; readonly files: number } | undefined) => void;
}

/** Between two looks at what is to go. */
const interval: Milliseconds = 600_000;
/** Between two pages of the journal, and two batches of deletions. */
const pause: Milliseconds = 20;
/** One record names as many; a longer list would not be published whole. */
const batch = 64;

/** Keeps evidence within its limits and its retention, and says in the journal what was deleted and why. */
export class EvidenceKeeping implements Disposable {
  readonly index: EvidenceIndex;
  readonly #parts: KeepingParts;
  readonly #due: { readonly why: "age" | "space"; readonly files: readonly KeptFile[] }[] = [];
  #wake: Disposable | undefined;
  #excess = false;

  constructor(parts: KeepingParts) {
    this.#parts = parts;
    const { usual, ofAlarms } = parts.retention;
    this.index = new EvidenceIndex(parts.journal, parts.clock.wall(), Math.max(usual, ofAlarms));
  }

  start(): void {
    this.#again(pause);
  }

  /** Room is needed now. */
  prune(): void {
    if (this.index.isWhole && this.#due.length === 0) this.#again(0);
  }

  onRecord(record: JournalRecord): void {
    this.index.note(record);
  }

  /** Why nothing large should be kept now: what alarms left must stay, and the journal needs its room. */
  refusal(): string | undefined {
    if (this.#excess) return "the room for evidence is full of what may not be deleted yet";
    const isFull = this.#parts.alarms
      .open()
      .some((alarm) => alarm.type === "DiskNearlyFull" && isActive(alarm));
    return isFull ? "the disk is nearly full" : undefined;
  }

  [Symbol.dispose](): void {
    this.#wake?.[Symbol.dispose]();
  }

  #again(wait: Milliseconds): void {
    const { clock } = this.#parts;
    this.#wake?.[Symbol.dispose]();
    this.#wake = clock.wakeAt(after(clock.now(), wait), () => this.#step());
  }

  #step(): void {
    try {
      this.#advance();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      // A journal that cannot be read now has an alarm of its own; nothing is deleted meanwhile.
      this.#again(interval);
    }
  }

  #advance(): void {
    if (this.index.readOn()) return this.#again(pause);
    const next = this.#due.shift() ?? this.#look();
    if (next === undefined) return this.#again(interval);
    this.#delete(next.why, this.#stillDue(next.files));
    this.#again(pause);
  }

  #look(): { readonly why: "age" | "space"; readonly files: readonly KeptFile[] } | undefined {
    const { store, alarms, clock, retention, onExcess } = this.#parts;
    const open = alarms.open();
    // A clock that has jumped makes everything old; somebody looks at that first.
    const byAge = !open.some(({ type }) => type === "ClockStepped");
    const { tooOld, tooMuch, excess } = pruning(
      store.list(),
      this.#belongingNow(),
      { ...store.limits, ...retention },
      clock.wall(),
      byAge,
    );
    this.#excess = excess !== undefined;
    onExcess(excess);
    this.#due.push(...batches("age", tooOld), ...batches("space", tooMuch));
    return this.#due.shift();
  }

  /** What an open alarm has and no record of its own names yet, since it repeats itself too often, is an open alarm's. */
  #belongingNow(): (hash: string) => Belonging {
    const open = this.#parts.alarms.open();
    const ids = new Set(open.map(({ id }) => id));
    const held = new Set(open.flatMap(({ evidence }) => evidence));
    return (hash) => (held.has(hash) ? "openAlarm" : this.index.belonging(hash, ids));
  }

  /** An alarm may have come to own it since the look. */
  #stillDue(files: readonly KeptFile[]): readonly KeptFile[] {
    const belonging = this.#belongingNow();
    const { ofAlarms } = this.#parts.retention;
    return files.filter(({ hash }) => {
      const whose = belonging(hash);
      if (whose === undefined) return true;
      return whose !== "openAlarm" && this.#parts.clock.wall() - whose.alarmAt >= ofAlarms;
    });
  }

  /**
   * Recorded first: whatever is cut off in between, what is gone has been accounted for. A disk too full for the record
   * itself is made room on all the same; the record follows.
   */
  #delete(why: "age" | "space", files: readonly KeptFile[]): void {
    if (files.length === 0) return;
    const { store, chronicle } = this.#parts;
    const times = files.map(({ keptAt }) => keptAt);
    chronicle.note("EvidencePruned", {
      ...{ why, files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) },
      from: new Date(Math.min(...times)).toISOString(),
      until: new Date(Math.max(...times)).toISOString(),
      hashes: files.map(({ hash }) => hash),
    });
    try {
      store.remove(files.map(({ hash }) => hash));
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      // What is still there is found again by the next look.
      this.#due.length = 0;
      chronicle.note("EvidenceNotDeleted", { detail: error.message });
    }
  }
}

function batches(why: "age" | "space", files: readonly KeptFile[]) {
  const all: { readonly why: "age" | "space"; readonly files: readonly KeptFile[] }[] = [];
  for (let at = 0; at < files.length; at += batch) all.push({ why, files: files.slice(at, at + batch) });
  return all;
}
