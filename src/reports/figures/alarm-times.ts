import type { AlarmFigures, FigureOrder } from "../../ports/services/figure-services.ts";
import { textOf } from "../ended-passages.ts";
import { type FoldedRecord, type Folding, isAsked, lies, type Period, quantile } from "./folding.ts";

interface OfType {
  raised: number;
  readonly times: number[];
}

type Raised = Pick<FoldedRecord, "at" | "boot" | "wall"> & { readonly alarm: string };

/** How often each alarm was raised, and how long it waited for somebody. */
export function alarmTimes(
  order: Pick<FigureOrder, "vestibule" | "door">,
  period: Period,
): Folding<readonly AlarmFigures[]> {
  const byType = new Map<string, OfType>();
  const unacknowledged = new Map<string, Raised>();
  const ofType = (alarm: string): OfType => {
    const of = byType.get(alarm) ?? { raised: 0, times: [] };
    byType.set(alarm, of);
    return of;
  };
  return {
    types: new Set(["AlarmRaised", "AlarmAcknowledged"]),
    take(record) {
      const { type, wall, at, boot, payload } = record;
      if (wall > period.to || !isAsked(order, record)) return;
      const id = textOf(payload["id"]);
      if (type === "AlarmRaised") {
        const alarm = textOf(payload["alarm"]);
        // Raised anew before anybody has seen to it: it has waited since the first time.
        if (!unacknowledged.has(id)) unacknowledged.set(id, { alarm, at, boot, wall });
        if (lies(wall, period)) ofType(alarm).raised++;
        return;
      }
      const raised = unacknowledged.get(id);
      unacknowledged.delete(id);
      if (raised === undefined || !lies(wall, period)) return;
      // Across a restart of the box only the wall clock goes on.
      const waited = raised.boot === boot ? at - raised.at : wall - raised.wall;
      ofType(raised.alarm).times.push(Math.max(0, waited));
    },
    figure: () =>
      [...byType]
        .map(([alarm, { raised, times }]) => ({
          alarm,
          raised,
          acknowledged: times.length,
          median: quantile(times, 0.5),
          p95: quantile(times, 0.95),
          longest: times.at(-1) ?? null,
        }))
        .toSorted((a, b) => b.raised - a.raised),
  };
}
