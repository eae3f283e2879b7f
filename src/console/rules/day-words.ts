import type { TFunction } from "i18next";
import { type DayKind, specialDays, weekdayOf, weekdays } from "../../domain/access/access.ts";

/** What days are marked as on the page; `worked` stands for seven kinds. */
export const markKinds = ["holiday", "worked", "halfDay", "yearEnd", "special"] as const;
export type MarkKind = (typeof markKinds)[number];
/** `ordinary`: marked as its own weekday, as an exception of what comes back every year. */
export type ShownKind = MarkKind | "ordinary";

export function shownKind(as: DayKind, date: string): ShownKind {
  const special = specialDays.find((kind) => kind === as);
  return special ?? (as === weekdayOf(date) ? "ordinary" : "worked");
}

export const isWeekday = (kind: DayKind): kind is (typeof weekdays)[number] =>
  weekdays.some((day) => day === kind);

/** What a marked date is called: its kind, and its own name. */
export function markText(date: string, as: DayKind, name: string, t: TFunction): string {
  const kind =
    as === "holiday"
      ? t("rulePages.holidays.isHoliday")
      : !isWeekday(as)
        ? t(`rulePages.day.${as}`)
        : shownKind(as, date) === "ordinary"
          ? t("rulePages.holidays.ordinaryOnce", { day: t(`rulePages.day.${as}`) })
          : t("rulePages.holidays.workedAs", { day: t(`rulePages.day.${as}`) });
  return name === "" ? kind : t("rulePages.holidays.named", { kind, name });
}

/** A date with its weekday and, where it counts as something else, as what. */
export function dayText(date: string, as: DayKind, name: string, t: TFunction): string {
  const day = t(`rulePages.day.${weekdayOf(date)}`);
  const said = as === weekdayOf(date) && name === "" ? "" : markText(date, as, name, t);
  return [date, day, said].filter((one) => one !== "").join(" · ");
}
