import { NoteFault, parseSignatures } from "../../domain/journal/signed-note.ts";
import { after, type Instant, instant, type Milliseconds, since } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { StorageFault } from "../../ports/journal.ts";
import { NoProof, type ProvableJournal, type SignedCheckpoint } from "../../ports/journal-proofs.ts";
import type { WitnessView } from "../../ports/services/proof-services.ts";
import type { Witness, WitnessAnswer } from "../../ports/witness.ts";

export interface WitnessPlan {
  readonly witness: Witness;
  /** How often it is asked while there is something new. */
  readonly interval: Milliseconds;
  /** How long ago its last signature may be before that is an alarm. */
  readonly overdueAfter: Milliseconds;
}

export interface WitnessListener {
  /** It signed: nothing is overdue, and nothing was forked. */
  onCosigned(): void;
  /** `saw`: how many records it has seen, of whatever journal. */
  onForked(detail: string, saw: number): void;
  /** It had seen `saw` records, and knows of `now` only: whoever keeps it put it back, or began it anew. */
  onForgot(saw: number, now: number): void;
  onOverdue(detail: string): void;
  onChange(): void;
}

/** Without anything new it is asked all the same, so that its silence is told from the site's. */
const heartbeat: Milliseconds = 600_000;

/** Has each new state of the journal cosigned by somebody elsewhere. */
export class Witnessing implements Disposable {
  readonly #plan: WitnessPlan;
  readonly #journal: ProvableJournal;
  readonly #clock: Clock;
  readonly #listener: WitnessListener;
  #wake: Disposable | undefined;
  #stopped = false;
  /** What the witness saw last, as far as is known here. */
  #seen: { size: number | null; at: string | null };
  #asked: Instant | undefined;
  #cosigned: Instant;
  #state: WitnessView["state"] = "waiting";
  #hasForgotten = false;
  #detail: string | null = null;

  constructor(plan: WitnessPlan, journal: ProvableJournal, clock: Clock, listener: WitnessListener) {
    this.#plan = plan;
    this.#journal = journal;
    this.#clock = clock;
    this.#listener = listener;
    const before = journal.witnessed();
    this.#seen = {
      size: before?.size ?? null,
      at: before === undefined ? null : timeOf(before.cosignatures),
    };
    // Kept over restarts: a box that is started again and again would never be found overdue.
    const age = this.#seen.at === null ? 0 : Math.max(0, clock.wall() - Date.parse(this.#seen.at));
    this.#cosigned = instant(clock.now() - age);
  }

  /** `isForked`: it contradicted this journal in a former run, and has not signed since. */
  start(isForked: boolean): void {
    if (isForked) this.#state = "forked";
    this.#again(1_000);
  }

  view(): WitnessView {
    return { ...this.#seen, state: this.#state, detail: this.#detail };
  }

  [Symbol.dispose](): void {
    this.#stopped = true;
    this.#wake?.[Symbol.dispose]();
  }

  #again(pause: Milliseconds): void {
    if (!this.#stopped)
      this.#wake = this.#clock.wakeAt(after(this.#clock.now(), pause), () => void this.#round());
  }

  async #round(): Promise<void> {
    try {
      const checkpoint = this.#journal.checkpointNow();
      if (checkpoint !== undefined && this.#isDue(checkpoint)) await this.#ask(checkpoint);
    } catch (error) {
      // The recorder sees to the disk; what is not proven now will be later.
      if (!(error instanceof StorageFault || error instanceof NoProof)) throw error;
      this.#detail = error.message;
    }
    if (this.#stopped) return;
    this.#judgeAge();
    this.#listener.onChange();
    this.#again(this.#plan.interval);
  }

  #isDue({ size }: SignedCheckpoint): boolean {
    const now = this.#clock.now();
    const quiet = this.#asked === undefined ? heartbeat : since(this.#asked, now);
    return size !== this.#seen.size || quiet >= heartbeat || this.#detail !== null;
  }

  async #ask(checkpoint: SignedCheckpoint): Promise<void> {
    this.#asked = this.#clock.now();
    const first = await this.#submit(this.#seen.size ?? 0, checkpoint);
    // It saw more than is known here: once more, from there.
    const isBehind = first.is === "conflict" && first.size <= checkpoint.size;
    if (isBehind) this.#compare(first.size);
    const answer = isBehind ? await this.#submit(first.size, checkpoint) : first;
    const saw = first.is === "conflict" ? first.size : (this.#seen.size ?? 0);
    if (!this.#stopped) this.#take(answer, checkpoint, saw);
  }

  /** What it has signed for us it has seen, whatever it says now. */
  #compare(now: number): void {
    const { size } = this.#seen;
    if (this.#stopped || this.#hasForgotten || size === null || now >= size) return;
    this.#hasForgotten = true;
    this.#listener.onForgot(size, now);
  }

  #submit(oldSize: number, { size, note }: SignedCheckpoint): Promise<WitnessAnswer> {
    const { proof } = this.#journal.proveConsistency(oldSize, size);
    return this.#plan.witness.submit({ oldSize, proof, note });
  }

  #take(answer: WitnessAnswer, { size }: SignedCheckpoint, saw: number): void {
    switch (answer.is) {
      case "cosigned":
        this.#journal.keepCosignatures(size, answer.lines);
        this.#seen = { size, at: new Date(answer.posixSeconds * 1_000).toISOString() };
        this.#cosigned = instant(this.#clock.now());
        [this.#state, this.#detail] = ["good", null];
        this.#hasForgotten = false;
        return this.#listener.onCosigned();
      case "conflict":
        // Checkpoints are only made of what is durable: whoever saw more saw another journal, or one before a roll-back.
        return this.#forked(
          answer.size > size
            ? `the witness saw ${answer.size} records, this journal has ${size}`
            : `the witness changes its mind about what it saw (${answer.size} records)`,
          answer.size,
        );
      case "forked":
        return this.#forked(`the witness saw another journal: ${answer.detail}`, saw);
      case "refused":
      case "unreachable":
        this.#detail = answer.detail;
    }
  }

  #forked(detail: string, saw: number): void {
    [this.#state, this.#detail] = ["forked", detail];
    this.#listener.onForked(detail, saw);
  }

  #judgeAge(): void {
    if (this.#state === "forked" || since(this.#cosigned, this.#clock.now()) < this.#plan.overdueAfter)
      return;
    this.#state = "old";
    const minutes = Math.round(since(this.#cosigned, this.#clock.now()) / 60_000);
    this.#listener.onOverdue(
      `nobody outside has witnessed the journal for ${minutes} min: ${this.#detail ?? "nothing to sign"}`,
    );
  }
}

/** When a witness signed, as it says: the first eight bytes (C2SP tlog-cosignature). Its signature was checked when it came. */
function timeOf(lines: string): string | null {
  try {
    const bytes = parseSignatures(lines)[0]?.signature;
    if (bytes === undefined || bytes.length < 8) return null;
    const posixSeconds = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
    return new Date(Number(posixSeconds) * 1_000).toISOString();
  } catch (error) {
    if (error instanceof NoteFault || error instanceof RangeError) return null;
    throw error;
  }
}
