import type { JsonObject } from "../ports/journal.ts";
import { factsOf } from "../ports/journal-facts.ts";
import { isWithinPeriod, type RecordReport, type ReportRow, type ReportTools } from "./report.ts";
import { inWords } from "./texts.ts";

/** Between the decision and its passage lie at most these, however busy the doors are. */
const lookBack = { records: 500 };

/** Decisions whose end is still waited for; a door holds far fewer. */
const mostUnderWay = 1_000;

/** Who passed which door when, verified how; also who was let through and did not go. */
export function passagesReport(tools: ReportTools): RecordReport {
  const { order, texts, time } = tools;
  /** How a passage was verified, until it ends. */
  const underWay = new Map<string, { readonly mode: string; readonly operator: string }>();
  let taken = 0;
  let notTaken = 0;

  const write = (
    seen: { readonly wall: number; readonly type: string; readonly payload: JsonObject },
    mode: string,
    operator: string,
    outcome: string,
    emit: (row: ReportRow) => void,
  ): boolean => {
    const { payload, wall } = seen;
    const { door, vestibule, people } = factsOf(seen.type, payload);
    if (!isWithinPeriod(wall, order) || !isAskedFor(tools, people[0], door, mode)) return false;
    emit([
      time.text(wall),
      people[0] === undefined ? texts.nobody : tools.nameOf(people[0]),
      people[0] ?? "",
      textOf(payload["card"]),
      vestibule ?? "",
      inWords(texts.doors, door),
      inWords(texts.accessPoints, payload["accessPoint"]),
      inWords(texts.modes, mode),
      outcome,
      typeof payload["openFor"] === "number" ? (payload["openFor"] / 1_000).toFixed(1) : "",
      operator,
    ]);
    return true;
  };

  return {
    columns: [
      "time",
      "person",
      "cardholder",
      "card",
      "vestibule",
      "door",
      "accessPoint",
      "mode",
      "outcome",
      "openFor",
      "operator",
    ],
    types: new Set(["AccessGranted", "AccessTaken", "AccessNotTaken", "Egress"]),
    lookBack,
    take(seen, emit) {
      const { type, payload } = seen;
      const passage = textOf(payload["passage"]);
      if (type === "AccessGranted") {
        underWay.set(passage, { mode: textOf(payload["mode"]), operator: textOf(payload["operator"]) });
        const [oldest] = underWay.keys();
        if (underWay.size > mostUnderWay && oldest !== undefined) underWay.delete(oldest);
        return;
      }
      if (type === "Egress") {
        if (write(seen, "rex", "", texts.outcomes.released, emit)) taken++;
        return;
      }
      const { mode, operator } = underWay.get(passage) ?? { mode: "", operator: "" };
      underWay.delete(passage);
      const outcome = type === "AccessTaken" ? "taken" : "notTaken";
      if (!write(seen, mode, operator, texts.outcomes[outcome], emit)) return;
      if (outcome === "taken") taken++;
      else notTaken++;
    },
    finish() {},
    totals: () => [
      [texts.outcomes.taken, String(taken)],
      [texts.outcomes.notTaken, String(notTaken)],
    ],
  };
}

export function isAskedFor(
  { order }: ReportTools,
  cardholder: string | undefined,
  door: string | null,
  mode?: string,
): boolean {
  return (
    (order.cardholder === undefined || order.cardholder === cardholder) &&
    (order.door === undefined || order.door === door) &&
    (order.mode === undefined || mode === undefined || order.mode === mode)
  );
}

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
