import type { FigureOrder, PassageSeries } from "../../ports/services/figure-services.ts";
import { EndedPassages } from "../ended-passages.ts";
import type { SiteTime } from "../site-time.ts";
import { type Folding, isAsked, lies, type Period } from "./folding.ts";
import type { Steps } from "./steps.ts";

const hoursOfDay = 24;

interface Counts {
  readonly vestibule: string;
  readonly accessPoint: PassageSeries["accessPoint"];
  readonly taken: number[];
  readonly byHour: number[];
  notTaken: number;
}

/** How many people passed where and which way, step by step and by the hour of the day. */
export function passageCounts(
  order: Pick<FigureOrder, "vestibule" | "door">,
  period: Period,
  steps: Steps,
  time: SiteTime,
): Folding<readonly PassageSeries[]> {
  const passages = new EndedPassages();
  const series = new Map<string, Counts>();
  const seriesOf = (vestibule: string, accessPoint: PassageSeries["accessPoint"]): Counts => {
    const key = `${vestibule} ${accessPoint}`;
    const known = series.get(key);
    if (known !== undefined) return known;
    const made: Counts = {
      vestibule,
      accessPoint,
      taken: steps.begins.map(() => 0),
      byHour: Array.from({ length: hoursOfDay }, () => 0),
      notTaken: 0,
    };
    series.set(key, made);
    return made;
  };
  return {
    types: new Set(["AccessGranted", "AccessTaken", "AccessNotTaken"]),
    take(record) {
      const { type, wall, payload } = record;
      if (type === "AccessGranted") {
        passages.grant(payload);
        return;
      }
      const ended = passages.end(payload);
      if (!lies(wall, period) || !isAsked(order, record)) return;
      for (const { vestibule, accessPoint } of ended) {
        if (accessPoint === undefined) continue;
        const counts = seriesOf(vestibule, accessPoint);
        if (type === "AccessNotTaken") counts.notTaken++;
        else {
          count(counts.taken, steps.at(wall));
          count(counts.byHour, Number(time.timeText(wall).slice(0, 2)));
        }
      }
    },
    figure: () =>
      [...series.values()].toSorted(
        (a, b) => compare(a.vestibule, b.vestibule) || compare(a.accessPoint, b.accessPoint),
      ),
  };
}

export function count(bins: number[], at: number): void {
  bins[at] = (bins[at] ?? 0) + 1;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
