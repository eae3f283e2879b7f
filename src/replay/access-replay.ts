import {
  type AccessEvent,
  type AccessInput,
  type AccessPolicy,
  type AccessState,
  decide,
  evolve,
  isRecorded,
} from "../domain/access/access.ts";
import { canonicalJson } from "../domain/journal/canonical-json.ts";
import { type AccessBasis, plainJson, type SharedField, sharedFields, stateOf } from "../ports/decided-on.ts";
import type { JournalRecord, JsonObject, JsonValue } from "../ports/journal.ts";
import { accessEntry } from "../ports/recorded-events.ts";
import type { Listener } from "./findings.ts";
import {
  accessEventOf,
  decidedOn,
  isAccessRecord,
  isEqual,
  isSame,
  type Outcome,
  outcomeOf,
} from "./recorded.ts";
import { RecordedRules } from "./recorded-rules.ts";

/** Asks the access rules again, decision by decision. */
export class AccessReplay {
  readonly #listener: Listener;
  readonly #rules = new RecordedRules();
  /** Records of the decision that is being read. */
  #pending: JournalRecord[] = [];
  /** Undefined: not known until a record says what is so. */
  #state: AccessState | undefined;
  #unknown: "startMissing" | "inputsLost" = "startMissing";
  /** Written since the last state. */
  #written: Readonly<Record<SharedField, JsonValue[]>> = nothingWritten();
  /** The decision before, where it opened a door: the disk may have refused it, and it was decided again. */
  #opened:
    | { readonly before: AccessState; readonly input: string; readonly recorded: readonly Outcome[] }
    | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  take(record: JournalRecord): void {
    // What a disk that failed takes later it takes in batches: a probe, or a count, may stand within a decision.
    if (record.type === "StorageTried") return;
    const isOurs = isAccessRecord(record);
    const begins = decidedOn(record).access !== undefined;
    if (record.type === "ControllerStarted") this.finish(true);
    else if (!isOurs || begins) this.finish();
    if (isOurs) this.#pending.push(record);
    else if (record.type === "RulesInForce") this.#rules.take(record);
    else if (record.type === "ControllerStarted") this.#forget("startMissing");
    else if (record.type === "RecordsDropped") this.#forget("inputsLost");
  }

  /** What has been read of a decision is all of it; `cut`: or all that could be written before the controller died. */
  finish(cut = false): void {
    const [first, ...others] = this.#pending;
    this.#pending = [];
    if (first === undefined) return;
    const { access } = decidedOn(first);
    if (access === undefined) {
      // Whatever it was, its state is not known after it.
      this.#listener.skipped(first.input === undefined ? "olderRelease" : "inputsLost", first.seq);
      return this.#forget("inputsLost");
    }
    this.#again(access, [first, ...others], cut);
  }

  #again(basis: AccessBasis, records: readonly [JournalRecord, ...JournalRecord[]], cut: boolean): void {
    const [{ seq }] = records;
    const policy = this.#rules.of(basis.rules);
    if (policy === undefined) {
      this.#listener.skipped("rulesUnknown", seq);
      return this.#forget("inputsLost");
    }
    if (basis.state !== undefined) this.#written = nothingWritten();
    const input = this.#wholeInput(basis, records);
    const known = input && this.#knownBefore(basis, input, policy);
    const state = basis.state === undefined ? known : stateOf(basis.state);
    if (input === undefined || state === undefined) return this.#listener.skipped(this.#unknown, seq);
    if (known !== undefined && !isEqual(known, state)) this.#otherState(basis, known, state, seq);
    this.#decide(state, input, policy, basis.rules, records, cut);
  }

  #decide(
    state: AccessState,
    input: AccessInput,
    policy: AccessPolicy,
    reference: string,
    records: readonly [JournalRecord, ...JournalRecord[]],
    cut: boolean,
  ): void {
    const events = decide(state, input, policy);
    const recorded = records.map(outcomeOf);
    const decided = this.#withoutThoseOnRecord(
      events.filter(isRecorded).map(accessEntry).map(outcomeOf),
      recorded,
      input,
    );
    const isBeginning = recorded.every((one, at) => isSame(one, decided[at]));
    if (cut && isBeginning && recorded.length < decided.length)
      return this.#listener.skipped("inputsLost", records[0].seq);
    const same = isBeginning && recorded.length === decided.length;
    const followed: readonly AccessEvent[] = same ? events : recorded.map(accessEventOf);
    this.#state = followed.reduce(evolve, state);
    this.#opened = recorded.some(({ type }) => type === "AccessGranted" || type === "Egress")
      ? { before: state, input: canonicalJson(withoutStorage(plainJson(input))), recorded }
      : undefined;
    const facts = { rules: "access", input, recorded, decided } as const;
    const seqs = records.map(({ seq }) => seq);
    this.#listener.decided({ ...facts, seqs, same, policy: { reference, content: policy } });
    const firstOther = records[recorded.findIndex((one, at) => !isSame(one, decided[at]))] ?? records[0];
    if (!same) this.#listener.differs({ ...facts, seq: firstOther.seq, policy: reference, kind: "outcome" });
  }

  /** What the records before it come to; undefined where that is not known. */
  #knownBefore(basis: AccessBasis, input: AccessInput, policy: AccessPolicy): AccessState | undefined {
    // What the disk refused may have reached it all the same: then nothing of it has happened.
    if (this.#isAgain(input)) return this.#opened?.before;
    const silently = (state: AccessState, one: AccessInput): AccessState =>
      decide(state, one, policy).reduce(evolve, state);
    return this.#state && (basis.before ?? []).reduce(silently, this.#state);
  }

  /** The disk refused it, and so it was decided once more; what it began with may be on record from the first time. */
  #isAgain(input: AccessInput): boolean {
    return (
      this.#opened !== undefined &&
      "surroundings" in input &&
      this.#opened.input === canonicalJson(withoutStorage(plainJson(input)))
    );
  }

  #withoutThoseOnRecord(
    decided: readonly Outcome[],
    recorded: readonly Outcome[],
    input: AccessInput,
  ): readonly Outcome[] {
    if (decided.length <= recorded.length || !this.#isAgain(input)) return decided;
    const first = decided.findIndex((one) => isSame(one, recorded[0]));
    const missing = decided.slice(0, first);
    const areThere = missing.every((one) => this.#opened?.recorded.some((other) => isSame(one, other)));
    return areThere ? decided.slice(missing.length) : decided;
  }

  #otherState({ rules, input }: AccessBasis, known: AccessState, state: AccessState, seq: number): void {
    this.#listener.differs({
      ...{ seq, rules: "access", input, policy: rules, kind: "state" },
      recorded: [{ type: "StateRecorded", at: 0, payload: plainJson(state) }],
      decided: [{ type: "StateReplayed", at: 0, payload: plainJson(known) }],
    });
  }

  /** With what has been written before, and the face that its own records tell of. */
  #wholeInput({ input, as = {} }: AccessBasis, records: readonly JournalRecord[]): AccessInput | undefined {
    const shared: Record<string, JsonValue> = {};
    for (const field of sharedFields) {
      const place = as[field];
      const value = place === undefined ? input[field] : this.#written[field][place];
      if (place === undefined && value !== undefined) this.#written[field].push(value);
      if (place !== undefined && value === undefined) return undefined;
      if (value !== undefined) shared[field] = value;
    }
    return { ...input, ...shared, ...faceOf(input, records) } as unknown as AccessInput; // as the controller wrote it
  }

  #forget(why: "startMissing" | "inputsLost"): void {
    this.#state = undefined;
    this.#unknown = why;
    this.#written = nothingWritten();
    this.#opened = undefined;
  }
}

function faceOf({ type, face }: JsonObject, records: readonly JournalRecord[]): JsonObject {
  if (type !== "FaceJudged" || face !== undefined) return {};
  const told = records.find(({ payload }) => "face" in payload)?.payload;
  if (told === undefined || typeof told["face"] !== "object") return {};
  const { evidence = null } = told;
  return { face: { ...(told["face"] as JsonObject), evidence } };
}

function withoutStorage(input: JsonObject): JsonObject {
  const { surroundings } = input;
  if (typeof surroundings !== "object") return input;
  return { ...input, surroundings: { ...(surroundings as JsonObject), storage: "failed" } };
}

const nothingWritten = (): Readonly<Record<SharedField, JsonValue[]>> => ({
  credential: [],
  surroundings: [],
  local: [],
});
