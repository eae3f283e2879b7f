import type { JsonObject } from "../ports/journal.ts";
import { areaAfter } from "./area-after.ts";
import { EndedPassages, textOf } from "./ended-passages.ts";
import { isAskedFor } from "./passages.ts";
import { isWithinPeriod, type RecordReport, type ReportTools } from "./report.ts";

interface Whereabouts {
  readonly area: "vestibule" | "secure";
  readonly vestibule: string;
  readonly since: number;
}

/**
 * Who is behind the first door, as far as records tell; at the end of the period, or now. Where a door has stood open to
 * anybody since, whoever was inside may have left: they stay on the list, because it is also read after a fire, and the
 * list says so.
 */
export function insideReport(tools: ReportTools): RecordReport {
  const { order, texts, time } = tools;
  const passages = new EndedPassages();
  const where = new Map<string, Whereabouts>();
  const openedAt = new Map<string, number>();

  const move = (cardholder: string, area: string | undefined, vestibule: string, wall: number): void => {
    if (area !== "vestibule" && area !== "secure") {
      where.delete(cardholder);
      return;
    }
    const before = where.get(cardholder);
    if (before?.area === area && before.vestibule === vestibule) return;
    where.set(cardholder, { area, vestibule, since: wall });
  };

  const present = (): readonly (readonly [string, Whereabouts])[] =>
    [...where]
      .filter(([person]) => isAskedFor(tools, person, null))
      .toSorted(([, one], [, other]) => one.since - other.since);

  return {
    columns: ["person", "cardholder", "area", "vestibule", "since", "note"],
    types: new Set(["AccessGranted", "AccessTaken", "AreaReset", "CardholderRemoved", "DoorOpened"]),
    lookBack: "everything",
    take({ type, wall, payload }) {
      if (!isWithinPeriod(wall, { ...order, from: undefined })) return;
      if (type === "AccessGranted") passages.grant(payload);
      if (type === "AccessTaken") {
        for (const { cardholder, accessPoint, vestibule } of passages.end(payload)) {
          if (cardholder !== undefined && accessPoint !== undefined) {
            move(cardholder, areaAfter(accessPoint), vestibule, wall);
          }
        }
      }
      if (type === "CardholderRemoved") where.delete(textOf(payload["cardholder"]));
      if (type === "AreaReset") reset(where, payload, move, wall);
      if (type === "DoorOpened" && (payload["cause"] === "emergency" || payload["cause"] === "override")) {
        openedAt.set(textOf(payload["vestibule"]), wall);
      }
    },
    finish(emit) {
      for (const [person, { area, vestibule, since }] of present()) {
        const opened = openedAt.get(vestibule) ?? Number.NEGATIVE_INFINITY;
        const note = opened >= since ? texts.notes.openedSince : "";
        emit([tools.nameOf(person), person, texts.areas[area], vestibule, time.text(since), note]);
      }
    },
    totals: () =>
      (["vestibule", "secure"] as const).map((area) => [
        texts.areas[area],
        String(present().filter(([, whereabouts]) => whereabouts.area === area).length),
      ]),
  };
}

/** A3: what an operator said of one person, or of everybody. */
function reset(
  where: Map<string, Whereabouts>,
  { cardholder, vestibule, area }: JsonObject,
  move: (cardholder: string, area: string | undefined, vestibule: string, wall: number) => void,
  wall: number,
): void {
  const one = textOf(cardholder);
  if (one === "") where.clear();
  else move(one, textOf(area), textOf(vestibule) || (where.get(one)?.vestibule ?? ""), wall);
}
