import { type Instant, instant, type Milliseconds } from "../../../src/domain/time.ts";
import type { JournalRecord } from "../../../src/ports/journal.ts";
import { textOf } from "../text-of.ts";
import type { Findings } from "./findings.ts";

interface Passage {
  readonly begunAt: Instant;
  readonly card: boolean;
  grantedAt: Instant | undefined;
  grantSeq: number;
  releasedAt: Instant | undefined;
  endedAt: Instant | undefined;
  denied: number;
  ends: number;
}

/** The longest a passage takes from grant to its end: a door held open, at most. */
const longestPassage: Milliseconds = 400_000;
const ends: ReadonlySet<string> = new Set(["AccessTaken", "AccessNotTaken"]);

export interface PassageCounts {
  begun: number;
  granted: number;
  egress: number;
  taken: number;
  notTaken: number;
  readonly denied: Map<string, number>;
}

/** Reads the record as an auditor would: every passage has one beginning, one decision and one end. */
export class PassageOracle {
  readonly #now: () => Instant;
  readonly #findings: Findings;
  readonly #open = new Map<string, Passage>();
  readonly counts: PassageCounts = {
    begun: 0,
    granted: 0,
    egress: 0,
    taken: 0,
    notTaken: 0,
    denied: new Map(),
  };
  /** Instants at which a process was lost or stopped, or records were dropped. */
  readonly #losses: { readonly from: Instant; to: Instant }[] = [];

  readonly #calm: boolean;

  /** `calm`: nobody is turned away but for the other door, and whoever is let through goes. */
  constructor(now: () => Instant, findings: Findings, calm: boolean) {
    this.#calm = calm;
    this.#now = now;
    this.#findings = findings;
  }

  lost(): void {
    this.#losses.push({ from: this.#now(), to: this.#now() });
  }

  /** While messages come late, what they answer has been given up. */
  late(active: boolean): void {
    if (active) this.#losses.push({ from: this.#now(), to: instant(Number.POSITIVE_INFINITY) });
    else for (const loss of this.#losses) if (loss.to > this.#now()) loss.to = this.#now();
  }

  onRecord(record: JournalRecord): void {
    const { type, payload } = record;
    switch (type) {
      case "CardPresented":
        return this.#begin(record, true);
      case "Egress":
        this.#begin(record, false);
        return this.#granted(record);
      case "EgressDenied":
        this.counts.begun += 1;
        return this.#countDenial(`egress ${textOf(payload.reason)}`);
      case "AccessGranted":
        return this.#granted(record);
      case "AccessDenied":
        this.#countDenial(textOf(payload.reason));
        return this.#denied(record);
      case "DoorReleased":
        return this.#released(record);
      case "ReleaseRefused":
        // Of a card's passage the denial tells it; the button has nobody to tell.
        if (payload.grant === "egress") this.#ended(record);
        return;
      case "RecordsDropped":
      case "InterlockRecordsMissing":
        return this.lost();
      default:
        if (ends.has(type)) this.#ended(record);
    }
  }

  /** At the end of the run, when everything has come to rest. */
  finish(): void {
    for (const [id, passage] of this.#open) {
      const decisions = passage.denied + (passage.grantedAt === undefined ? 0 : 1);
      if (decisions === 0 && !this.#explained(passage.begunAt))
        this.#violated(id, "was begun and never decided");
      if (passage.grantedAt === undefined) continue;
      if (passage.ends + passage.denied === 0 && !this.#explained(passage.grantedAt))
        this.#violated(id, "was granted and has no end");
    }
  }

  #begin({ payload, at }: JournalRecord, card: boolean): void {
    const id = textOf(payload.passage);
    if (this.#open.has(id)) return this.#violated(id, "begins twice");
    this.counts.begun += 1;
    this.#open.set(id, {
      begunAt: at,
      card,
      grantedAt: undefined,
      grantSeq: 0,
      releasedAt: undefined,
      endedAt: undefined,
      denied: 0,
      ends: 0,
    });
  }

  #granted({ payload, seq, at, type }: JournalRecord): void {
    const id = textOf(payload.passage);
    if (type === "Egress") this.counts.egress += 1;
    else this.counts.granted += 1;
    const passage = this.#open.get(id);
    if (passage === undefined) return this.#violated(id, "is granted and never began");
    if (passage.grantedAt !== undefined) this.#violated(id, "is granted twice");
    if (passage.denied > 0) this.#violated(id, "is granted after it was denied");
    passage.grantedAt = at;
    passage.grantSeq = seq;
  }

  #denied({ payload }: JournalRecord): void {
    const id = textOf(payload.passage);
    if (this.#calm && payload.reason !== "interlocked")
      this.#violated(
        id,
        `is denied (${textOf(payload.reason)}: ${textOf(payload.detail)}) in a calm building`,
      );
    const passage = this.#open.get(id);
    if (passage === undefined) return this.#violated(id, "is denied and never began");
    passage.denied += 1;
    if (passage.denied > 1) this.#violated(id, "is denied twice");
    if (passage.ends > 0) this.#violated(id, "is denied after its end");
  }

  #released({ payload, at }: JournalRecord): void {
    const id = textOf(payload.passage);
    const passage = this.#open.get(id);
    if (passage?.grantedAt === undefined) return this.#violated(id, "has its door released without a grant");
    // The interlock says it again to a controller that may have died before it wrote it down.
    const again = passage.releasedAt === at && this.#explained(at);
    if (passage.releasedAt !== undefined && !again) this.#violated(id, "has its door released twice");
    passage.releasedAt = at;
  }

  #ended({ payload, type, at }: JournalRecord): void {
    const id = textOf(payload.passage);
    if (type === "AccessTaken") this.counts.taken += 1;
    else if (type === "AccessNotTaken") this.counts.notTaken += 1;
    const passage = this.#open.get(id);
    if (passage?.grantedAt === undefined) return this.#violated(id, `has the end ${type} without a grant`);
    if (passage.ends > 0 && this.#explained(passage.grantedAt)) return;
    passage.ends += 1;
    passage.endedAt = at;
    if (this.#calm && type === "AccessNotTaken") this.#violated(id, "is not taken in a calm building");
    if (passage.ends > 1) this.#violated(id, "has two ends");
    if (passage.denied > 0 && !this.#explained(passage.grantedAt))
      this.#violated(id, `was denied and has the end ${type}`);
  }

  #countDenial(reason: string): void {
    this.counts.denied.set(reason, (this.counts.denied.get(reason) ?? 0) + 1);
  }

  /** Whether something was lost while a passage of then was under way. */
  #explained(at: Instant): boolean {
    return this.#losses.some(({ from, to }) => to >= at - 2_000 && from <= at + longestPassage);
  }

  #violated(passage: string, what: string): void {
    this.#findings.violated("records", this.#now(), `passage ${passage} ${what}`);
  }
}
