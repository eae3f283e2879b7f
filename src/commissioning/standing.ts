import { type WallTime } from "../domain/time.ts";
import type { Journal, JournalRecord, JsonObject, JsonValue } from "../ports/journal.ts";
import type {
  CommissioningStep,
  Said,
  TestResult,
  TestStepResult,
  TestView,
} from "../ports/services/commissioning-services.ts";

/** What the record says of commissioning: so it outlives every restart, and nobody can make a better one up. */
export interface Standing {
  readonly begun: { readonly operator: string; readonly at: WallTime; readonly seq: number } | undefined;
  readonly ended:
    | {
        readonly operator: string;
        readonly at: WallTime;
        readonly seq: number;
        readonly comment: string;
        readonly openPoints: readonly string[];
      }
    | undefined;
  /** The newest of each test since it began. */
  readonly results: ReadonlyMap<string, RecordedResult>;
  /** By test; one that is done after all is left out no more. */
  readonly leftOut: ReadonlyMap<string, LeftOut>;
}

export type LeftOut = NonNullable<TestView["leftOut"]>;

export interface RecordedResult extends TestResult {
  readonly step: CommissioningStep;
  /** What it was about then. */
  readonly basis: string;
}

/** Beyond that the oldest tests are to be done again. */
const mostResults = 1_000;

const nothing: Standing = { begun: undefined, ended: undefined, results: new Map(), leftOut: new Map() };

export function standingOf(journal: Pick<Journal, "query">): Standing {
  const newest = (type: string): JournalRecord | undefined =>
    journal.query({ type, limit: 1, newestFirst: true })[0];
  const begun = newest("CommissioningBegan");
  if (begun === undefined) return nothing;
  // By one type each: those are found by their index, however long the journal is.
  const tested = ["CommissioningTested", "CommissioningTestLeftOut"].flatMap((type) =>
    journal.query({ type, limit: mostResults, newestFirst: true }),
  );
  const ended = newest("CommissioningEnded");
  return [begun, ...tested.toSorted((a, b) => a.seq - b.seq), ...(ended === undefined ? [] : [ended])]
    .filter(({ seq }) => seq >= begun.seq)
    .reduce(withRecord, nothing);
}

/** What a record makes of it. */
export function withRecord(standing: Standing, record: JournalRecord): Standing {
  const { seq, wall: at, payload } = record;
  const operator = textOf(payload["operator"]);
  switch (record.type) {
    case "CommissioningBegan":
      return { ...nothing, begun: { operator, at, seq } };
    case "CommissioningEnded": {
      const openPoints = listOf(payload["openPoints"]).map(textOf);
      return { ...standing, ended: { operator, at, seq, comment: textOf(payload["comment"]), openPoints } };
    }
    case "CommissioningTested": {
      const results = new Map([...standing.results, resultOf(record)]);
      return { ...standing, results, leftOut: without(standing.leftOut, textOf(payload["test"])) };
    }
    case "CommissioningTestLeftOut": {
      const test = textOf(payload["test"]);
      const others = without(standing.leftOut, test);
      if (payload["reason"] === null) return { ...standing, leftOut: others };
      const leftOut: LeftOut = { operator, at, reason: textOf(payload["reason"]) };
      return { ...standing, leftOut: new Map([...others, [test, leftOut]]) };
    }
    default:
      return standing;
  }
}

export const isUnderWay = ({ begun, ended }: Standing): boolean => begun !== undefined && ended === undefined;

/** As we wrote it ourselves, and the journal is verified. */
function resultOf({ seq, wall, payload }: JournalRecord): readonly [string, RecordedResult] {
  const { test, figures, todo, steps, seen } = payload;
  const fields = payload as unknown as Pick<
    RecordedResult,
    "verdict" | "finding" | "operator" | "step" | "basis"
  >;
  const { verdict, finding, operator, step, basis } = fields;
  return [
    textOf(test),
    {
      ...{ verdict, finding, operator, step, basis, seq },
      at: wall,
      seen: seen as unknown as Said,
      todo: (todo ?? null) as unknown as Said | null,
      figures: (figures ?? {}) as JsonObject,
      steps: listOf(steps) as unknown as readonly TestStepResult[],
    },
  ];
}

const without = (all: Standing["leftOut"], test: string): Standing["leftOut"] =>
  new Map([...all].filter(([id]) => id !== test));

const textOf = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");
const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);
