import { Input } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { calendarOf } from "../../../domain/access/access.ts";
import { dayText } from "../day-words.ts";
import { type Holiday, markOf, nameOfHoliday, type WrittenSpan } from "../documents.ts";
import { isDate, marksOn } from "../holidays/holiday-dates.ts";
import { clock } from "./blocks.ts";
import { type OpenStretch, openOn } from "./open-now.ts";

/** What a schedule, as it is drawn, comes to on a day that somebody names: the calendar counted in. */
export function DayEffect(props: {
  readonly spans: readonly WrittenSpan[];
  readonly holidays: readonly Holiday[];
  readonly today: string;
}) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState("");
  const date = isDate(asked) ? asked : props.today;
  const kindOf = calendarOf(props.holidays.map(markOf));
  const mark = marksOn(props.holidays)(date);
  const open = openOn(props.spans, kindOf, date);
  return (
    <div className="day-effect">
      <label>
        <span>{t("rulePages.holidays.effect.title")}</span>
        <Input
          type="date"
          value={date}
          aria-label={t("rulePages.holidays.effect.date")}
          onChange={({ target }) => setAsked(target.value)}
        />
      </label>
      <output>
        <strong>{dayText(date, kindOf(date), mark === undefined ? "" : nameOfHoliday(mark), t)}</strong>
        <span>
          {open.length === 0
            ? t("rulePages.holidays.effect.closed")
            : open.map((one) => stretchText(one, t)).join(t("rulePages.and"))}
        </span>
      </output>
    </div>
  );
}

const stretchText = ({ from, to }: OpenStretch, t: TFunction): string =>
  from < 0 ? t("rulePages.holidays.effect.fromNight", { to: clock(to) }) : `${clock(from)}–${clock(to)}`;
