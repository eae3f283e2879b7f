import { factsOf } from "../../ports/journal-facts.ts";
import type { FigureOrder, Figures } from "../../ports/services/figure-services.ts";
import { type Folding, isAsked, lies, type Period } from "./folding.ts";

/** How often somebody was denied for which reason, the most frequent first. */
export function denialCounts(
  order: Pick<FigureOrder, "vestibule" | "door">,
  period: Period,
): Folding<Figures["denials"]> {
  const counts = new Map<string, number>();
  return {
    types: new Set(["AccessDenied", "EgressDenied"]),
    take(record) {
      if (!lies(record.wall, period) || !isAsked(order, record)) return;
      const reason = factsOf(record.type, record.payload).reason ?? "";
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    },
    figure: () =>
      [...counts].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count),
  };
}
