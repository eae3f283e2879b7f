import type { Area } from "../domain/access/input.ts";
import { areaAfter } from "./area-after.ts";
import { isAskedFor, textOf } from "./passages.ts";
import { isWithinPeriod, type RecordReport, type ReportTools } from "./report.ts";

interface Whereabouts {
  readonly area: Area;
  readonly vestibule: string;
  readonly since: number;
}

/** Who is behind the first door, as far as passages tell; at the end of the period, or now. */
export function insideReport(tools: ReportTools): RecordReport {
  const { order, texts, time } = tools;
  const where = new Map<string, Whereabouts>();
  const present = (): readonly (readonly [string, Whereabouts])[] =>
    [...where]
      .filter(([person, { area }]) => area !== "outside" && isAskedFor(tools, person, null))
      .toSorted(([, one], [, other]) => one.since - other.since);
  return {
    columns: ["person", "cardholder", "area", "vestibule", "since"],
    types: new Set(["AccessTaken", "PersonReset"]),
    lookBack: "everything",
    take({ type, wall, payload }) {
      const cardholder = textOf(payload["cardholder"]);
      if (cardholder === "" || !isWithinPeriod(wall, { ...order, from: undefined })) return;
      if (type === "PersonReset") {
        where.delete(cardholder);
        return;
      }
      const area = areaAfter(payload["accessPoint"]);
      if (area === undefined) return;
      const vestibule = textOf(payload["vestibule"]);
      const before = where.get(cardholder);
      const stays = before?.area === area && before.vestibule === vestibule;
      if (area === "outside") where.delete(cardholder);
      else if (!stays) where.set(cardholder, { area, vestibule, since: wall });
    },
    finish(emit) {
      for (const [person, { area, vestibule, since }] of present()) {
        emit([tools.nameOf(person), person, texts.areas[area], vestibule, time.text(since)]);
      }
    },
    totals: () =>
      (["vestibule", "secure"] as const).map((area) => [
        texts.areas[area],
        String(present().filter(([, whereabouts]) => whereabouts.area === area).length),
      ]),
  };
}
