import { factsOf } from "../ports/journal-facts.ts";
import { textOf } from "./ended-passages.ts";
import { isAskedFor } from "./passages.ts";
import { isWithinPeriod, type RecordReport, type ReportTools } from "./report.ts";
import { inWords } from "./texts.ts";

/**
 * Who was denied where, and why; under it how often for each reason. What the record adds for an operator is not
 * repeated: it might tell what nobody who reads over a shoulder may know (A5).
 */
export function denialsReport(tools: ReportTools): RecordReport {
  const { order, texts, time } = tools;
  const counts = new Map<string, number>();
  return {
    columns: ["time", "reason", "person", "cardholder", "card", "vestibule", "door", "accessPoint"],
    types: new Set(["AccessDenied", "EgressDenied"]),
    lookBack: { records: 0 },
    take({ type, wall, payload }, emit) {
      const { door, vestibule, people, reason } = factsOf(type, payload);
      if (!isWithinPeriod(wall, order) || !isAskedFor(tools, people[0], door)) return;
      const inText = inWords(texts.reasons, reason);
      counts.set(inText, (counts.get(inText) ?? 0) + 1);
      emit([
        time.text(wall),
        inText,
        people[0] === undefined ? texts.nobody : tools.nameOf(people[0]),
        people[0] ?? "",
        textOf(payload["card"]),
        vestibule ?? "",
        inWords(texts.doors, door),
        inWords(texts.accessPoints, payload["accessPoint"]),
      ]);
    },
    finish() {},
    totals: () =>
      [...counts]
        .toSorted(([, one], [, other]) => other - one)
        .map(([reason, count]) => [reason, String(count)]),
  };
}
