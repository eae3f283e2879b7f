import type { TFunction } from "i18next";
import { type DayKind, dayKinds, specialDays } from "../../../domain/access/access.ts";
import type { WrittenSpan } from "../documents.ts";
import { blocksOf } from "./blocks.ts";
import { timesText } from "./times-text.ts";

/** `Mon–Fri 08:00–18:00; Sat 09:00–12:00`: days in a row that open alike are said once, closed ones not at all. */
export function weekText(spans: readonly WrittenSpan[], t: TFunction): string {
  const blocks = blocksOf(spans);
  const groups: { first: DayKind; last: DayKind; times: string }[] = [];
  for (const day of dayKinds) {
    const times = timesText(blocks.filter((block) => block.day === day));
    const group = groups.at(-1);
    // A holiday or another special day is no day of the week, and is said by itself.
    if (group?.times === times && !specialDays.some((special) => special === day)) group.last = day;
    else groups.push({ first: day, last: day, times });
  }
  const open = groups.filter(({ times }) => times !== "");
  if (open.length === 0) return t("rulePages.schedules.never");
  const name = (day: DayKind): string => t(`rulePages.shortDay.${day}`);
  return open
    .map(
      ({ first, last, times }) => `${first === last ? name(first) : `${name(first)}–${name(last)}`} ${times}`,
    )
    .join(t("rulePages.after"));
}
