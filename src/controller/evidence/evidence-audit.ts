import { createHash } from "node:crypto";
import { evidenceNamedBy } from "../../domain/evidence/named-evidence.ts";
import { after, type Milliseconds, wallTime } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { EvidenceAltered, type EvidenceStore, type OpenedEvidence } from "../../ports/evidence-store.ts";
import { type Journal, type JournalRecord, StillIndexing, StorageFault } from "../../ports/journal.ts";
import type { AlarmDesk } from "../alarm-desk.ts";
import type { Chronicle } from "../chronicle.ts";
import type { SitePlan } from "../controller-options.ts";
import { isActive } from "../standing-conditions.ts";
import { type AuditPlace, newRound, readPlace, writtenPlace } from "./audit-place.ts";
import type { EvidenceIndex } from "./evidence-index.ts";

export interface AuditParts {
  readonly store: EvidenceStore;
  readonly journal: Pick<Journal, "query" | "last">;
  readonly chronicle: Pick<Chronicle, "keep" | "entry" | "note">;
  readonly alarms: Pick<AlarmDesk, "find">;
  readonly index: EvidenceIndex;
  readonly clock: Clock;
  readonly retention: SitePlan["evidenceRetention"];
}

/** After a start, and between two rounds. */
const startPause: Milliseconds = 600_000;
const roundPause: Milliseconds = 86_400_000;
/** Between two steps, each some milliseconds long: 100,000 files take about six hours. */
const stepPause: Milliseconds = 200;
/** Of a clip, between two of which others have their turn. */
const partLength = 512 * 1024;
const recordsAtOnce = 100;
/** Named in one record. */
const mostNamed = 64;
/** A picture is written right after the record that names it; what ends in between leaves the record alone. */
const writtenWithin: Milliseconds = 5_000;
const keptBeside: Milliseconds = 60_000;

/**
 * Looks at everything that is kept, slowly and again and again: whether each file is still what its name says, and
 * whether each that the journal names is there as long as it has to be. What was deleted in its time is in the journal
 * too; what is gone without that was taken away.
 */
export class EvidenceAudit implements Disposable {
  readonly #parts: AuditParts;
  #place: AuditPlace;
  #left: string[] | undefined;
  #wake: Disposable | undefined;
  #hasBegun = false;
  #isOver = false;

  constructor(parts: AuditParts) {
    this.#parts = parts;
    this.#place = newRound(false);
  }

  start(): void {
    this.#hasBegun = this.#tried(() => this.#begin());
    this.#again(startPause);
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#wake?.[Symbol.dispose]();
  }

  /** Found by whoever looked at it, or by the round. */
  altered(hash: string): void {
    const { index, store } = this.#parts;
    if (index.isLost(hash)) return;
    const kept = store.list().find((file) => file.hash === hash);
    const record = kept === undefined ? undefined : this.#recordAround(hash, kept.keptAt);
    this.#tell("EvidenceAltered", hash, record, "is not what was kept");
  }

  #again(wait: Milliseconds): void {
    const { clock } = this.#parts;
    if (!this.#isOver) this.#wake = clock.wakeAt(after(clock.now(), wait), () => void this.#step());
  }

  #begin(): void {
    const { store, journal } = this.#parts;
    const isNew = journal.query({ type: "ControllerStarted", limit: 2 }).length < 2;
    const wasDone = journal.query({ type: "EvidenceAudited", limit: 1 }).length > 0;
    const known = readPlace(store.bookmark.get());
    this.#place = known ?? newRound(isNew || wasDone);
    this.#settleInterrupted();
    // Whether this was a new site is known now and not after the next start.
    if (known === undefined) this.#save();
  }

  /** False where the disk cannot be read now, which is an alarm of its own. */
  #tried(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      return false;
    }
  }

  async #step(): Promise<void> {
    if (!this.#hasBegun) this.#hasBegun = this.#tried(() => this.#begin());
    if (!this.#hasBegun) return this.#again(startPause);
    if (!this.#parts.index.isWhole) return this.#again(stepPause);
    try {
      if (this.#place.phase === "files") await this.#lookAtFile();
      else if (this.#place.phase === "journal") this.#lookAtRecords();
      else return this.#endRound();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      // A disk that cannot be read now has an alarm of its own.
      return this.#again(startPause);
    }
    this.#again(stepPause);
  }

  async #lookAtFile(): Promise<void> {
    const { store } = this.#parts;
    const place = this.#place;
    this.#left ??= store
      .list()
      .map(({ hash }) => hash)
      .filter((hash) => hash > place.at)
      .sort();
    const hash = this.#left.shift();
    if (hash === undefined) return this.#move({ phase: "journal", at: "" });
    if (!(await this.#isItself(hash))) this.altered(hash);
    this.#move({ at: hash, files: place.files + 1 });
  }

  async #isItself(hash: string): Promise<boolean> {
    try {
      const opened = this.#parts.store.open(hash);
      return opened === undefined || (await hashOf(opened)) === hash;
    } catch (error) {
      if (error instanceof EvidenceAltered) return false;
      throw error;
    }
  }

  #lookAtRecords(): void {
    const { journal } = this.#parts;
    const place = this.#place;
    const records = journal.query({ after: Number(place.at || 0), limit: recordsAtOnce });
    const missing = records.flatMap((record) => this.#missing(record));
    if (place.isStrict)
      for (const { hash, record } of missing) this.#tell("EvidenceMissing", hash, record, "is missing");
    else
      this.#noteNotKept(
        missing.map(({ hash }) => hash),
        "not there when all was checked for the first time",
      );
    const last = records.at(-1)?.seq;
    if (last === undefined || records.length < recordsAtOnce) this.#move({ phase: "over" });
    else this.#move({ at: String(last) });
  }

  #missing(record: JournalRecord): readonly { readonly hash: string; readonly record: JournalRecord }[] {
    const { store, index } = this.#parts;
    return evidenceNamedBy(record.type, record.payload)
      .filter((hash) => this.#mustBeThere(hash, record) && !index.isAccountedFor(hash) && !store.has(hash))
      .map((hash) => ({ hash, record }));
  }

  #mustBeThere(hash: string, { wall }: JournalRecord): boolean {
    const { index, clock, retention } = this.#parts;
    const age = clock.wall() - wall;
    // Just named: it may be on its way to the disk.
    if (age < writtenWithin) return false;
    if (age < retention.usual) return true;
    return age < retention.ofAlarms && index.belonging(hash, new Set()) !== undefined;
  }

  #endRound(): void {
    const { chronicle, journal } = this.#parts;
    const { files, found } = this.#place;
    chronicle.note("EvidenceAudited", { files, records: journal.last(), found });
    this.#move(newRound(true));
    this.#left = undefined;
    this.#again(roundPause);
  }

  #move(change: Partial<AuditPlace>): void {
    this.#place = { ...this.#place, ...change };
    this.#save();
  }

  /** What cannot be kept is found again, at worst from the beginning. */
  #save(): void {
    this.#tried(() => this.#parts.store.bookmark.set(writtenPlace(this.#place)));
  }

  #tell(
    type: "EvidenceAltered" | "EvidenceMissing",
    hash: string,
    record: JournalRecord | undefined,
    what: string,
  ): void {
    const { chronicle, alarms } = this.#parts;
    const facts = record === undefined ? {} : { record: record.seq, names: record.type };
    const named = record === undefined ? "" : `, which record ${record.seq} names,`;
    // Once for each, whatever the journal itself is found to be at the same time: that alarm has an end of its own.
    const is = isActive(alarms.find("site.AuditBroken")) ? "seen" : "pulsed";
    const detail = `evidence ${hash.slice(0, 16)}…${named} ${what}`;
    this.#place = { ...this.#place, found: this.#place.found + 1 };
    chronicle.keep(
      [chronicle.entry(type, { evidence: hash, ...facts })],
      [{ is, alarm: "AuditBroken", place: {}, detail }],
    );
  }

  /** The record that named it when it was kept. */
  #recordAround(hash: string, keptAt: number): JournalRecord | undefined {
    const [from, to] = [wallTime(keptAt - keptBeside), wallTime(keptAt + keptBeside)];
    try {
      return this.#parts.journal
        .query({ from, to, limit: 1_000 })
        .find(({ type, payload }) => evidenceNamedBy(type, payload).includes(hash));
    } catch (error) {
      if (error instanceof StillIndexing) return undefined;
      throw error;
    }
  }

  /** What the last run had named and did not come to write: it ended without saying so. */
  #settleInterrupted(): void {
    const { journal, store, index } = this.#parts;
    const started = journal.query({ type: "ControllerStarted", limit: 1, newestFirst: true })[0];
    if (started === undefined) return;
    const before = journal.query({ after: started.seq, limit: recordsAtOnce, newestFirst: true });
    const [last] = before;
    if (last === undefined || last.type === "ControllerStopped") return;
    const lost = before
      .filter(({ wall }) => last.wall - wall < writtenWithin)
      .flatMap(({ type, payload }) => evidenceNamedBy(type, payload))
      .filter((hash) => !store.has(hash) && !index.isAccountedFor(hash));
    this.#noteNotKept([...new Set(lost)], "the controller ended before it was written");
  }

  #noteNotKept(hashes: readonly string[], detail: string): void {
    for (let at = 0; at < hashes.length; at += mostNamed) {
      this.#parts.chronicle.note("EvidenceNotKept", { evidence: hashes.slice(at, at + mostNamed), detail });
    }
  }
}

async function hashOf(opened: OpenedEvidence): Promise<string> {
  const digest = createHash("sha256");
  for (let at = 0; at < opened.size; at += partLength) digest.update(await opened.read(at, at + partLength));
  return digest.digest("hex");
}
