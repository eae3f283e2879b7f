import {
  decide,
  evolve,
  type InterlockEvent,
  type InterlockInput,
  type InterlockPolicy,
  type InterlockState,
  isRecorded,
} from "../domain/interlock/interlock.ts";
import { type InterlockBasis, plainJson, readingEvent } from "../ports/decided-on.ts";
import type { JournalRecord } from "../ports/journal.ts";
import { interlockEntry } from "../ports/recorded-events.ts";
import type { Listener, Reason } from "./findings.ts";
import {
  decidedOn,
  interlockEventOf,
  isAccessRecord,
  isEqual,
  isInterlockRecord,
  isSame,
  outcomeOf,
} from "./recorded.ts";

interface Step {
  readonly input: InterlockInput;
  readonly before: InterlockState;
  readonly policy: InterlockPolicy;
  readonly events: readonly InterlockEvent[];
  readonly expected: readonly InterlockEvent[];
  readonly records: JournalRecord[];
  same: boolean;
}

/** One door pair, as far as its records tell. */
interface Pair {
  state: InterlockState;
  policy: InterlockPolicy;
  step: Step | undefined;
}

/** Asks the interlock's rules again, step by step. */
export class InterlockReplay {
  readonly #listener: Listener;
  readonly #pairs = new Map<string, Pair>();
  #run: string | undefined;
  /** Number of the last record of this run. */
  #last: number | undefined;
  #unknown: Reason = "startMissing";

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  take(record: JournalRecord): void {
    const { interlock } = decidedOn(record);
    const { vestibule } = record.payload;
    if (typeof vestibule !== "string") return;
    if (interlock === undefined) {
      if (isInterlockRecord(record)) this.#withoutInput(record);
      return;
    }
    if (interlock.run !== undefined && interlock.run !== this.#run) this.#begin(interlock.run, interlock.n);
    const last = this.#last ?? interlock.n - 1;
    // Sent once more to a controller that had begun anew, and recorded already.
    if (interlock.n <= last) return;
    if (interlock.n > last + 1) this.#forget("inputsLost");
    this.#last = interlock.n;
    if (interlock.input === undefined) this.#goOn(vestibule, record);
    else this.#step(vestibule, interlock, interlock.input, record);
  }

  /** What has been read of a step is all that will be; of one that is not whole nothing is said. */
  finish(): void {
    for (const [vestibule, pair] of this.#pairs) {
      if (pair.step !== undefined && isWhole(pair.step)) this.#end(vestibule, pair);
    }
  }

  #withoutInput(record: JournalRecord): void {
    const reason = record.input === undefined ? "olderRelease" : "inputsLost";
    this.#listener.skipped(reason, record.seq);
    this.#forget(reason);
  }

  /** Another run begins with its doors secured; what the last one was about to do, nobody knows. */
  #begin(run: string, n: number): void {
    this.finish();
    this.#pairs.clear();
    this.#run = run;
    this.#last = n - 1;
    this.#unknown = "startMissing";
  }

  #forget(reason: Reason): void {
    this.finish();
    this.#pairs.clear();
    this.#unknown = reason;
  }

  #step(vestibule: string, basis: InterlockBasis, input: InterlockInput, record: JournalRecord): void {
    const pair = this.#pairs.get(vestibule);
    if (pair?.step !== undefined) this.#end(vestibule, pair);
    const known = pair && silently(pair.state, basis);
    const state = basis.state ?? known;
    const policy = basis.policy ?? pair?.policy;
    if (state === undefined || policy === undefined) return this.#listener.skipped(this.#unknown, record.seq);
    if (known !== undefined && basis.tooMany !== true && !isEqual(plainJson(known), plainJson(state)))
      this.#otherState(vestibule, input, known, state, record.seq);
    const events = decide(state, input, policy);
    const expected = events.filter(isRecorded);
    const step = { input, before: state, policy, events, expected, records: [], same: true };
    this.#pairs.set(vestibule, { state, policy, step });
    this.#goOn(vestibule, record);
  }

  #goOn(vestibule: string, record: JournalRecord): void {
    const step = this.#pairs.get(vestibule)?.step;
    if (step === undefined) return this.#listener.skipped(this.#unknown, record.seq);
    const expected = step.expected[step.records.length];
    step.records.push(record);
    if (expected !== undefined && isTold(vestibule, expected, record)) return;
    if (step.same) this.#differs(vestibule, step, record.seq);
    step.same = false;
  }

  #end(vestibule: string, pair: Pair): void {
    const { step } = pair;
    if (step === undefined) return;
    const first = step.records[0];
    if (step.same && !isWhole(step)) {
      this.#differs(vestibule, step, first?.seq ?? 0);
      step.same = false;
    }
    const followed = step.same ? step.events : recordedOf(step);
    pair.state = followed.reduce(evolve, step.before);
    pair.step = undefined;
    this.#listener.decided({ ...factsOf(vestibule, step), same: step.same });
  }

  #differs(vestibule: string, step: Step, seq: number): void {
    const { seqs: _all, policy: _whole, ...facts } = factsOf(vestibule, step);
    this.#listener.differs({ ...facts, seq, policy: vestibule, kind: "outcome" });
  }

  #otherState(
    vestibule: string,
    input: InterlockInput,
    known: InterlockState,
    state: InterlockState,
    seq: number,
  ): void {
    this.#listener.differs({
      ...{ seq, rules: "interlock", input, policy: vestibule, kind: "state" },
      recorded: [{ type: "StateRecorded", at: 0, payload: plainJson(state) }],
      decided: [{ type: "StateReplayed", at: 0, payload: plainJson(known) }],
    });
  }
}

const isWhole = ({ records, expected }: Step): boolean => records.length >= expected.length;

/** What changed the state and is no record: the last heartbeat, and readings. */
function silently(state: InterlockState, { heard, before = [] }: InterlockBasis): InterlockState {
  const events = before.map(readingEvent);
  const heartbeats: readonly InterlockEvent[] =
    heard === undefined ? [] : [{ type: "ControllerHeard", at: heard, sentAt: heard }];
  return [...heartbeats, ...events].reduce(evolve, state);
}

const factsOf = (vestibule: string, { input, policy, records, expected }: Step) =>
  ({
    rules: "interlock",
    seqs: records.map(({ seq }) => seq),
    input,
    policy: { reference: vestibule, content: policy },
    recorded: records.map(outcomeOf),
    decided: expected.map((event) => outcomeOf(interlockEntry(vestibule, event))),
  }) as const;

/** The end of a passage is told once, with its person, by the access rules. */
function isTold(vestibule: string, event: InterlockEvent, record: JournalRecord): boolean {
  if (!isAccessRecord(record)) return isSame(outcomeOf(interlockEntry(vestibule, event)), outcomeOf(record));
  const { lead, openFor } = record.payload;
  if (event.type !== record.type || !("grant" in event) || event.grant.id !== lead) return false;
  return event.type !== "AccessTaken" || event.openFor === openFor;
}

/** What was recorded, with the readings that the rules take in besides. */
function recordedOf({ events, records }: Step): readonly InterlockEvent[] {
  const silent = events.filter((event) => !isRecorded(event));
  return [
    ...silent,
    ...records.filter((record) => !isAccessRecord(record)).map((one) => interlockEventOf(one)),
  ];
}
