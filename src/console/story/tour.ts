import type { RecordView } from "../../ports/record-view.ts";

/** Six things that show what the product is for, in the order to try them. */
export const tourItems = ["goIn", "interlocked", "mismatch", "heldOpen", "forced", "acknowledged"] as const;
export type TourItem = (typeof tourItems)[number];

/** Which of them the record shows to have happened after `since`. `records` newest first. */
export function itemsDone(records: readonly RecordView[], since: number): ReadonlySet<TourItem> {
  const done = new Set<TourItem>();
  for (const record of records) {
    if (record.seq <= since) break;
    const item = itemShownBy(record);
    if (item !== undefined) done.add(item);
  }
  return done;
}

function itemShownBy(record: RecordView): TourItem | undefined {
  if (record.type === "AccessTaken" && record.accessPoint === "outer-entry") return "goIn";
  if (record.type === "AccessDenied" && record.reason === "interlocked") return "interlocked";
  if (record.type === "AccessDenied" && record.reason === "faceMismatch") return "mismatch";
  if (record.type === "DoorHeldOpen") return "heldOpen";
  if (record.type === "DoorForcedOpen") return "forced";
  if (record.type === "AlarmAcknowledged") return "acknowledged";
  return undefined;
}

export function nextItem(done: ReadonlySet<TourItem>): TourItem | undefined {
  return tourItems.find((item) => !done.has(item));
}
