import { doorOf } from "../domain/names.ts";
import { type EndedPassage, EndedPassages } from "./ended-passages.ts";
import { isWithinPeriod, type RecordReport, type ReportRow, type ReportTools } from "./report.ts";
import { inWords } from "./texts.ts";

/** Between the decision and the end of its passage lie fewer, however busy the doors are. */
const lookBack = { records: 500 };

/** Who passed which door when, verified how; also who was let through and did not go. */
export function passagesReport(tools: ReportTools): RecordReport {
  const { order, texts, time } = tools;
  const passages = new EndedPassages();
  let taken = 0;
  let notTaken = 0;

  const write = (
    { cardholder, card, vestibule, accessPoint, mode, operator }: EndedPassage,
    seen: { readonly wall: number; readonly openFor: unknown; readonly outcome: string },
    emit: (row: ReportRow) => void,
  ): boolean => {
    const door = accessPoint === undefined ? null : doorOf(accessPoint);
    if (!isWithinPeriod(seen.wall, order) || !isAskedFor(tools, cardholder, door, mode)) return false;
    emit([
      time.text(seen.wall),
      cardholder === undefined ? texts.nobody : tools.nameOf(cardholder),
      cardholder ?? "",
      card,
      vestibule,
      inWords(texts.doors, door),
      inWords(texts.accessPoints, accessPoint),
      inWords(texts.modes, mode),
      seen.outcome,
      typeof seen.openFor === "number" ? (seen.openFor / 1_000).toFixed(1) : "",
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
    types: new Set(["AccessGranted", "AccessTaken", "AccessNotTaken"]),
    lookBack,
    take({ type, wall, payload }, emit) {
      if (type === "AccessGranted") {
        passages.grant(payload);
        return;
      }
      const outcome = type === "AccessTaken" ? "taken" : "notTaken";
      for (const one of passages.end(payload)) {
        if (!write(one, { wall, openFor: payload["openFor"], outcome: texts.outcomes[outcome] }, emit))
          continue;
        if (outcome === "taken") taken++;
        else notTaken++;
      }
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
