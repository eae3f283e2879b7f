import type { RecordView } from "../../ports/record-view.ts";
import { type Area, areaBehind, isAccessPoint } from "../building/whereabouts.ts";
import { siteMinuteOf } from "../texts/site-time.ts";

/** How often each reason was given, the most frequent first. */
export function denialsByReason(
  records: readonly Pick<RecordView, "reason">[],
): readonly (readonly [reason: string, times: number])[] {
  const counts = new Map<string, number>();
  for (const { reason } of records) {
    if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

/** Where somebody is by the newest record that tells; null: none does. */
export function whereNow(
  newest: RecordView | undefined,
): { readonly area: Area | null; readonly since: string } | null {
  if (newest === undefined) return null;
  const { type, accessPoint, time } = newest;
  if (type === "AccessTaken" && isAccessPoint(accessPoint)) {
    return { area: areaBehind(accessPoint), since: time };
  }
  const area = newest["area"];
  const isArea = area === "outside" || area === "vestibule" || area === "secure";
  return { area: type === "AreaReset" && isArea ? area : null, since: time };
}

/** A passage or a refusal on the day's line, from 0 at midnight to 1 at the next. */
export interface DayMark {
  readonly seq: number;
  readonly at: number;
  readonly kind: "in" | "out" | "denied";
}

export function dayMarks(records: readonly RecordView[], timeZone: string): readonly DayMark[] {
  return records.flatMap((record): DayMark[] => {
    const { seq, type, accessPoint, time } = record;
    if (type !== "AccessTaken" && type !== "AccessDenied") return [];
    const [hour = 0, minute = 0] = siteMinuteOf(Date.parse(time), timeZone).slice(11).split(":").map(Number);
    const at = (hour * 60 + minute) / 1_440;
    if (type === "AccessDenied") return [{ seq, at, kind: "denied" }];
    return [{ seq, at, kind: accessPoint?.endsWith("-exit") === true ? "out" : "in" }];
  });
}
