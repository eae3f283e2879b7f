import type { FigureOrder, Waiting } from "../../ports/services/figure-services.ts";
import { textOf } from "../ended-passages.ts";
import { type Folding, isAsked, lies, type Period, quantile } from "./folding.ts";
import { count } from "./passage-counts.ts";

const binWidth = 250;
const bins = 40;

/** Releases that are still waited for; a door holds far fewer. */
const mostUnderWay = 1_000;

/** From the card, of whoever came last where several pass together, to the instant at which the door was released. */
export function waitingTimes(
  order: Pick<FigureOrder, "vestibule" | "door">,
  period: Period,
): Folding<Waiting> {
  const presented = new Map<string, { readonly at: number; readonly boot: string }>();
  const waits: number[] = [];
  return {
    types: new Set(["AccessGranted", "DoorReleased"]),
    take(record) {
      const { type, wall, at, boot, payload } = record;
      const passage = textOf(payload["passage"]);
      if (type === "AccessGranted") {
        const presentedAt = payload["presentedAt"];
        if (typeof presentedAt !== "number") return;
        presented.set(textOf(payload["lead"]) || passage, { at: presentedAt, boot });
        const [oldest] = presented.keys();
        if (presented.size > mostUnderWay && oldest !== undefined) presented.delete(oldest);
        return;
      }
      const card = presented.get(passage);
      presented.delete(passage);
      // The monotonic clock begins anew with each boot.
      if (card === undefined || card.boot !== boot || at < card.at) return;
      if (lies(wall, period) && isAsked(order, record)) waits.push(at - card.at);
    },
    figure() {
      const counts = Array.from({ length: bins }, () => 0);
      let beyond = 0;
      for (const wait of waits) {
        const bin = Math.floor(wait / binWidth);
        if (bin < bins) count(counts, bin);
        else beyond++;
      }
      return {
        binWidth,
        bins: counts,
        beyond,
        count: waits.length,
        median: quantile(waits, 0.5),
        p95: quantile(waits, 0.95),
      };
    },
  };
}
