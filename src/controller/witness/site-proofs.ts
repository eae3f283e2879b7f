import type { Condition } from "../../domain/alarm/conditions.ts";
import { NoteFault, parseNote } from "../../domain/journal/signed-note.ts";
import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { StorageFault } from "../../ports/journal.ts";
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
        onForked: (detail) => this.#forked(detail),
        onOverdue: (detail) => this.#overdue(detail),
        onChange,
      });
  }

  /** `publish`: to the security centre. */
  start(isOverdue: boolean, publish: (checkpoint: SignedCheckpoint) => void): void {
    this.#isOverdue = isOverdue;
    this.#publish = publish;
    this.#announce();
    this.#signSoon();
    this.#tellSoon();
    this.#witnessing?.start();
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

  #forked(detail: string): void {
    if (this.#isForked) return;
    this.#isForked = true;
    this.#chronicle.keep(
      [this.#chronicle.entry("WitnessContradicted", { detail })],
      [ofSite("seen", "AuditBroken", detail)],
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
