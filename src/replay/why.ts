import type { AccessPolicy } from "../domain/access/access.ts";
import { plainJson } from "../ports/decided-on.ts";
import type { JournalQuery, JournalRecord, JsonObject } from "../ports/journal.ts";
import type { Decided, Reason } from "./findings.ts";
import { isAccessRecord, isInterlockRecord, type Outcome } from "./recorded.ts";
import { Replay } from "./replay.ts";

export type { Outcome } from "./recorded.ts";

/** The decision that a record tells of, made once more. */
export interface AskedAgain {
  readonly rules: Decided["rules"];
  /** Of the records it came to. */
  readonly seqs: readonly number[];
  /** All that it was decided on. */
  readonly input: JsonObject;
  /** What of the rules in force bore on it, and by what reference all of them stand in the record. */
  readonly policy: { readonly reference: string; readonly content: JsonObject };
  readonly recorded: readonly Outcome[];
  readonly decided: readonly Outcome[];
  /** Whether it comes out the same. */
  readonly same: boolean;
}

export interface Why {
  readonly record: JournalRecord;
  /** Undefined where nothing was decided, or it cannot be asked again: `notAgain` says why. */
  readonly decision: AskedAgain | undefined;
  /** `noDecision`: somebody's act, a state of the box, a camera's: it rests on no rule about doors and people. */
  readonly notAgain: Reason | "noDecision" | undefined;
  /** What else is on record of the same passage, oldest first. */
  readonly passage: readonly JournalRecord[];
}

/** How far back a state is looked for: one stands beside every fiftieth decision of each kind. */
const lookBack = [200, 1_000, 5_000, 20_000] as const;
/** How far on the end of a passage is looked for. */
const lookAhead = 400;
const mostOfPassage = 200;
const pageSize = 1_000;

type Read = (query: JournalQuery) => readonly JournalRecord[];

/** Undefined where there is no such record. */
export function whyOf(read: Read, seq: number): Why | undefined {
  const [record] = read({ after: seq - 1, limit: 1 });
  if (record?.seq !== seq) return undefined;
  const about = isDecision(record) ? record : causeOf(read, record);
  if (about === undefined) return { record, decision: undefined, notAgain: "noDecision", passage: [] };
  const ahead = read({ after: seq, limit: lookAhead });
  for (const distance of lookBack) {
    const before = recordsBefore(read, seq, distance);
    const records = [...before, record, ...ahead];
    const { decided, reason } = askedAgain([...rulesBefore(read, records), ...records], about.seq);
    const isAll = before.length < distance || distance === lookBack.at(-1);
    if (decided === undefined && !isAll) continue;
    const passage = ofPassage(records, about, decided);
    return {
      ...{ record, passage, decision: decided && shown(decided) },
      notAgain: decided === undefined ? (reason ?? "startMissing") : undefined,
    };
  }
  return undefined;
}

const isDecision = (record: JournalRecord): boolean => isAccessRecord(record) || isInterlockRecord(record);

const byConditions: ReadonlySet<string> = new Set([
  "AlarmRaised",
  "AlarmRepeated",
  "AlarmReturned",
  "AlarmHeldBack",
]);

/** An alarm is written with what it is about, right behind it and at once with it. */
function causeOf(read: Read, { seq, type, wall }: JournalRecord): JournalRecord | undefined {
  if (!byConditions.has(type)) return undefined;
  for (const record of read({ after: seq, limit: 20, newestFirst: true })) {
    if (isDecision(record)) return record.wall === wall ? record : undefined;
    if (!record.type.startsWith("Alarm")) return undefined;
  }
  return undefined;
}

function recordsBefore(read: Read, seq: number, most: number): readonly JournalRecord[] {
  const found: JournalRecord[] = [];
  while (found.length < most) {
    const limit = Math.min(pageSize, most - found.length);
    const page = read({ after: found.at(-1)?.seq ?? seq, limit, newestFirst: true });
    found.push(...page);
    if (page.length < limit) break;
  }
  return found.toReversed();
}

/** Rules that were written before the first of the records. */
function rulesBefore(read: Read, [first]: readonly JournalRecord[]): readonly JournalRecord[] {
  if (first === undefined) return [];
  return read({ type: "RulesInForce", after: first.seq, limit: 50, newestFirst: true }).toReversed();
}

function askedAgain(
  records: readonly JournalRecord[],
  seq: number,
): { readonly decided: Decided | undefined; readonly reason: Reason | undefined } {
  let decided: Decided | undefined;
  const replay = new Replay({
    from: seq,
    onDecided: (decision) => {
      if (decision.seqs.includes(seq)) decided ??= decision;
    },
  });
  for (const record of records) {
    replay.take(record);
    if (decided !== undefined) break;
  }
  const { skipped } = replay.finish();
  const reason = (Object.keys(skipped) as Reason[]).find((one) => skipped[one]?.first === seq); // its keys are reasons
  return { decided, reason };
}

function ofPassage(
  records: readonly JournalRecord[],
  about: JournalRecord,
  decided: Decided | undefined,
): readonly JournalRecord[] {
  const ids = new Set([about, ...(decided?.recorded ?? [])].flatMap(passagesOf));
  return records.filter((record) => passagesOf(record).some((id) => ids.has(id))).slice(-mostOfPassage);
}

const passagesOf = ({ payload }: Pick<JournalRecord, "payload">): readonly string[] =>
  [payload["passage"], payload["lead"]].flatMap((id) => (typeof id === "string" ? [id] : []));

function shown({ rules, seqs, input, policy, recorded, decided, same }: Decided): AskedAgain {
  const whole = plainJson(input);
  const content =
    rules === "access" ? mattering(policy.content as AccessPolicy, whole, recorded) : policy.content;
  return {
    ...{ rules, seqs, input: whole, recorded, decided, same },
    policy: { reference: policy.reference, content: plainJson(content as object) },
  };
}

/** Of a site's hundreds of levels those of this person, of its doors this one. */
function mattering(policy: AccessPolicy, input: JsonObject, recorded: readonly Outcome[]): object {
  const { levels, doors, areas, ...rest } = policy;
  const credential = (input["credential"] ?? {}) as JsonObject;
  const held = (credential["accessLevels"] ?? []) as readonly string[];
  const vestibules = new Set(recorded.map(({ payload }) => payload["vestibule"]));
  const isHere = (key: string): boolean => vestibules.has(key.split("/")[0] ?? "");
  return {
    ...rest,
    levels: levels.filter(({ name }) => held.includes(name)),
    doors: Object.fromEntries(Object.entries(doors).filter(([key]) => isHere(key))),
    areas: Object.fromEntries(Object.entries(areas).filter(([key]) => isHere(key))),
  };
}
