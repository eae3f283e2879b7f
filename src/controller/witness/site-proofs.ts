import type { Condition } from "../../domain/alarm/conditions.ts";
import { NoteFault, parseNote } from "../../domain/journal/signed-note.ts";
import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Journal, StorageFault } from "../../ports/journal.ts";
import type { ProvableJournal, SignedCheckpoint } from "../../ports/journal-proofs.ts";
import { NoProof } from "../../ports/journal-proofs.ts";
import type { ProofServices, ProofView } from "../../ports/services/proof-services.ts";
import type { Chronicle } from "../chronicle.ts";
import { Witnessing, type WitnessPlan } from "./witnessing.ts";

/** What signs the journal, and who else sees it. */
export interface ProofPlan {
  readonly journal: ProvableJournal;
  readonly key: {
    readonly verifierKey: string;
    readonly handover:
      | { readonly former: string | undefined; readonly isSignedByFormer: boolean }
      | undefined;
    announced(): void;
  };
  /** Left out: nobody outside is asked to sign. */
  readonly witness?: WitnessPlan | undefined;
}

/** Whatever was written is signed within this time, occasion or not. */
const signedWithin: Milliseconds = 60_000;
/** How soon a new checkpoint is on its way to the centre. */
const toldWithin: Milliseconds = 2_000;

/** What the record says of the time before this start. */
export interface ProofsBefore {
  readonly isOverdue: boolean;
  /** The witness saw what is not in this journal, and has not signed since. */
  readonly isContradicted: boolean;
  /** The backup that this journal was put back from last: the record of it, and the last one that was in it. */
  readonly restored: { readonly seq: number; readonly last: number } | undefined;
}

export const nothingBefore: ProofsBefore = { isOverdue: false, isContradicted: false, restored: undefined };

export function proofsBefore(journal: Pick<Journal, "query">, isOverdue: boolean): ProofsBefore {
  const newest = (type: string) => journal.query({ type, limit: 1, newestFirst: true })[0];
  const contradicted = Math.max(...contradictions.map((type) => newest(type)?.seq ?? 0));
  const { seq, payload } = newest("JournalRestored") ?? {};
  const last = payload?.["last"];
  return {
    isOverdue,
    isContradicted: contradicted > (newest("WitnessReturned")?.seq ?? 0),
    restored: seq === undefined || typeof last !== "number" ? undefined : { seq, last },
  };
}

const contradictions = ["WitnessContradicted", "WitnessAheadOfBackup"];

/** Has the journal signed each minute, tells the centre, and has it witnessed. */
export class SiteProofs implements Disposable {
  readonly services: ProofServices;
  readonly #plan: ProofPlan;
  readonly #chronicle: Chronicle;
  readonly #clock: Clock;
  readonly #witnessing: Witnessing | undefined;
  #publish: (checkpoint: SignedCheckpoint) => void = () => undefined;
  #told = 0;
  /** Before anything of this start was written. */
  readonly #wasSignedByAnother: boolean;
  #isOverdue = false;
  #isForked = false;
  #restored: ProofsBefore["restored"];
  #sign: Disposable | undefined;
  #tell: Disposable | undefined;

  constructor(plan: ProofPlan, chronicle: Chronicle, clock: Clock, onChange: () => void) {
    this.#plan = plan;
    this.#chronicle = chronicle;
    this.#clock = clock;
    this.services = servicesOf(plan);
    this.#wasSignedByAnother = isSignedByAnother(plan);
    this.#witnessing =
      plan.witness &&
      new Witnessing(plan.witness, plan.journal, clock, {
        onCosigned: () => this.#cosigned(),
        onForked: (detail, saw) => this.#forked(detail, saw),
        onForgot: (saw, now) => this.#forgot(saw, now),
        onOverdue: (detail) => this.#overdue(detail),
        onChange,
      });
  }

  /** `publish`: to the security centre. */
  start(before: ProofsBefore, publish: (checkpoint: SignedCheckpoint) => void): void {
    this.#isOverdue = before.isOverdue;
    this.#isForked = before.isContradicted;
    this.#restored = before.restored;
    this.#publish = publish;
    this.#announce();
    this.#signSoon();
    this.#tellSoon();
    this.#witnessing?.start(this.#isForked);
  }

  /** However well the journal agrees with itself: one that was put back does. */
  get isContradicted(): boolean {
    return this.#isForked;
  }

  view(): ProofView {
    return { signed: this.#told, witness: this.#witnessing?.view() ?? null };
  }

  [Symbol.dispose](): void {
    this.#sign?.[Symbol.dispose]();
    this.#tell?.[Symbol.dispose]();
    this.#witnessing?.[Symbol.dispose]();
  }

  /** In the record, signed by the former key as well: whoever trusts that one can go on. */
  #announce(): void {
    const { key } = this.#plan;
    if (key.handover === undefined) return;
    const { former, isSignedByFormer } = key.handover;
    const entry = this.#chronicle.entry("JournalKeyChanged", {
      key: key.verifierKey,
      former: former ?? null,
      signedByFormer: isSignedByFormer,
    });
    const detail = "the journal's key was replaced without the former one's signature";
    // A first key is no alarm; one that follows another without its word is what a thief's would look like.
    const isSuspect = !isSignedByFormer && this.#wasSignedByAnother;
    if (this.#chronicle.keepDurably([entry], isSuspect ? [ofSite("seen", "AuditBroken", detail)] : []))
      key.announced();
  }

  #signSoon(): void {
    this.#sign = this.#clock.wakeAt(after(this.#clock.now(), signedWithin), () => {
      this.#trying(() => void this.#plan.journal.checkpointNow());
      this.#signSoon();
    });
  }

  #tellSoon(): void {
    this.#trying(() => {
      const checkpoint = this.#plan.journal.checkpoint();
      if (checkpoint === undefined || checkpoint.size === this.#told) return;
      this.#told = checkpoint.size;
      this.#publish(checkpoint);
    });
    this.#tell = this.#clock.wakeAt(after(this.#clock.now(), toldWithin), () => this.#tellSoon());
  }

  /** The recorder sees to a disk that fails; the next round signs what this one could not. */
  #trying(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
    }
  }

  #cosigned(): void {
    const gone = [
      ...(this.#isOverdue ? [ofSite("gone", "JournalUnwitnessed")] : []),
      ...(this.#isForked ? [ofSite("gone", "AuditBroken")] : []),
    ];
    [this.#isOverdue, this.#isForked] = [false, false];
    if (gone.length > 0) this.#chronicle.keep([this.#chronicle.entry("WitnessReturned", {})], gone);
  }

  #forked(detail: string, saw: number): void {
    if (this.#isForked) return;
    this.#isForked = true;
    const restored = this.#restored;
    const isAhead = restored !== undefined && saw > restored.last;
    const facts = isAhead
      ? { saw, last: restored.last, lost: saw - restored.last, restored: restored.seq, detail }
      : { detail };
    // A restore explains what is missing and excuses nobody: it is also how the last week would be made unhappen.
    const why = isAhead
      ? `; the backup of record ${restored.seq} ended with ${restored.last}: ${saw - restored.last} witnessed records are not in this journal`
      : "";
    this.#chronicle.keep(
      [this.#chronicle.entry(isAhead ? "WitnessAheadOfBackup" : "WitnessContradicted", facts)],
      [ofSite("seen", "AuditBroken", `${detail}${why}`)],
    );
  }

  /** What it signed stays signed; but a journal that is put back now would find nobody who remembers. */
  #forgot(saw: number, now: number): void {
    const detail = `the witness has forgotten what it saw: ${saw} records before, ${now} now`;
    this.#chronicle.keep(
      [this.#chronicle.entry("WitnessForgot", { saw, now })],
      [ofSite(this.#isOverdue ? "seen" : "pulsed", "JournalUnwitnessed", detail)],
    );
  }

  #overdue(detail: string): void {
    if (this.#isOverdue) return;
    this.#isOverdue = true;
    this.#chronicle.keep(
      [this.#chronicle.entry("WitnessSilent", { detail })],
      [ofSite("seen", "JournalUnwitnessed", detail)],
    );
  }
}

function isSignedByAnother({ journal, key }: ProofPlan): boolean {
  const checkpoint = journal.checkpoint();
  if (checkpoint === undefined) return false;
  const id = key.verifierKey.split("+")[1];
  try {
    return parseNote(checkpoint.note).signatures.every((one) => one.id !== id);
  } catch (error) {
    if (error instanceof NoteFault) return true;
    throw error;
  }
}

function servicesOf({ journal, key }: ProofPlan): ProofServices {
  return {
    key: () => key.verifierKey,
    checkpoint: () => journal.checkpoint(),
    witnessed: () => journal.witnessed(),
    inclusion(seq, size = journal.checkpoint()?.size) {
      if (size === undefined) throw new NoProof("nothing is signed yet");
      return journal.proveInclusion(seq, size);
    },
    consistency: (from, to) => journal.proveConsistency(from, to),
  };
}

const ofSite = (
  is: Condition["is"],
  alarm: "AuditBroken" | "JournalUnwitnessed",
  detail: string | null = null,
): Condition => ({ is, alarm, place: {}, detail });
