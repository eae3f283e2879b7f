import "./holidays.css";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { calendarOf, specialDays } from "../../../domain/access/access.ts";
import { Antd } from "../../shell/antd.tsx";
import { isWeekday, type MarkKind, markKinds, markText, shownKind } from "../day-words.ts";
import { dateOf, type Holiday, markOf, nameOfHoliday } from "../documents.ts";
import { RuleFrame } from "../rule-frame.tsx";
import { holidaySource, scheduleSource } from "../rule-sources.ts";
import { plainCalendar, useSiteDay, weekdayOfDate } from "../site-day.ts";
import { ruleKey, useRuleDraft } from "../use-rule-draft.ts";
import { datesOf, isException, marksOn, placeOf, toggled, withHolidays } from "./holiday-dates.ts";
import { RangeForm } from "./holiday-forms.tsx";
import { MarkChooser, type Marking, markedAs } from "./mark-chooser.tsx";
import { PasteForm } from "./paste-form.tsx";
import { YearCalendar } from "./year-calendar.tsx";

/** From October on the next year's are known, and missed if they are not there. */
const nextYearFrom = "10-01";

/** On which days schedules go by another row than their weekday's. */
export function HolidaysPage() {
  return (
    <Antd>
      <Holidays />
    </Antd>
  );
}

function Holidays() {
  const { t } = useTranslation();
  const draft = useRuleDraft(holidaySource);
  const now = useSiteDay(plainCalendar);
  const [search, setSearch] = useSearchParams();
  const [marking, setMarking] = useState<Marking>({ kind: "holiday", worked: "monday", yearly: false });
  const holidays = draft.draft ?? [];
  const today = now?.date ?? "";
  const thisYear = Number(today.slice(0, 4));
  const year = Number(search.get("year")) || thisYear;
  const go = (to: number): void => setSearch({ year: String(to) }, { replace: true });
  const missing = [thisYear, ...(today.slice(5) >= nextYearFrom ? [thisYear + 1] : [])].filter(
    (one) => today !== "" && countsIn(holidays, one).holiday === 0,
  );
  const closed = useClosedKinds(holidays);
  const toggle = (date: string): void =>
    draft.edit(toggled(holidays, { date, as: markedAs(marking), yearly: marking.yearly }));
  const remove = (holiday: Holiday): void => draft.edit(holidays.filter((one) => one !== holiday));
  const add = (added: readonly Holiday[]): void => {
    draft.edit(withHolidays(holidays, added));
    const first = added.find((one) => !markOf(one).yearly);
    if (first !== undefined) go(Number(dateOf(first).slice(0, 4)));
  };
  const counts = countsIn(holidays, year);
  return (
    <RuleFrame title={t("rulePages.holidays.title")} lead={t("rulePages.holidays.lead")} draft={draft}>
      {missing.map((one) => (
        <Alert key={one} type="warning" showIcon title={t("rulePages.holidays.missing", { year: one })} />
      ))}
      {closed.length === 0 ? null : (
        <Alert
          type="info"
          showIcon
          title={t("rulePages.holidays.nobodyPasses", {
            kinds: closed.map((kind) => t(`rulePages.day.${kind}`)).join(t("rulePages.and")),
          })}
        />
      )}
      <div className="holidays">
        <div className="rules-panel">
          <div className="year-head">
            <Button onClick={() => go(year - 1)} aria-label={t("rulePages.holidays.earlier")}>
              ‹
            </Button>
            <h3>{year}</h3>
            <Button onClick={() => go(year + 1)} aria-label={t("rulePages.holidays.later")}>
              ›
            </Button>
            <output>
              {counts.holiday === 1
                ? t("rulePages.holidays.countOne", { year })
                : t("rulePages.holidays.count", { number: counts.holiday, year })}
            </output>
          </div>
          <MarkChooser marking={marking} counts={counts} readOnly={!draft.may} onChange={setMarking} />
          {draft.may ? <p className="rules-soft">{t("rulePages.holidays.help")}</p> : null}
          {today === "" ? null : (
            <YearCalendar
              key={year}
              year={year}
              today={today}
              holidays={holidays}
              readOnly={!draft.may}
              onToggle={toggle}
            />
          )}
        </div>
        <div className="holidays-side">
          {draft.may ? (
            <>
              <RangeForm marking={marking} onAdd={add} />
              <PasteForm holidays={holidays} year={year} onAdd={add} />
            </>
          ) : null}
          <YearList
            holidays={holidays.filter((one) => countsInYear(one, year))}
            year={year}
            onRemove={draft.may ? remove : undefined}
          />
        </div>
      </div>
    </RuleFrame>
  );
}

const countsInYear = (holiday: Holiday, year: number): boolean => {
  const first = Number(dateOf(holiday).slice(0, 4));
  return markOf(holiday).yearly ? first <= year : first === year;
};

/** How many days of a year are of which kind, those that come back included. */
function countsIn(holidays: readonly Holiday[], year: number): Readonly<Record<MarkKind, number>> {
  const counts: Record<MarkKind, number> = { holiday: 0, worked: 0, halfDay: 0, yearEnd: 0, special: 0 };
  const kindOf = calendarOf(holidays.map(markOf));
  const marks = marksOn(holidays);
  for (const date of datesOf(year)) {
    if (marks(date) === undefined) continue;
    const shown = shownKind(kindOf(date), date);
    const kind = markKinds.find((one) => one === shown);
    if (kind !== undefined) counts[kind] += 1;
  }
  return counts;
}

/** Special days of the calendar on which no schedule opens anything. A holiday without hours is what one expects. */
function useClosedKinds(holidays: readonly Holiday[]) {
  const schedules = useQuery({
    queryKey: ruleKey(scheduleSource.kind),
    queryFn: ({ signal }) => scheduleSource.read(signal),
  });
  const used = new Set(holidays.map((one) => markOf(one).as));
  if (schedules.data === undefined) return [];
  const open = new Set(schedules.data.document.flatMap(({ spans }) => spans.flatMap(({ days }) => days)));
  return specialDays.filter((kind) => kind !== "holiday" && used.has(kind) && !open.has(kind));
}

function YearList(props: {
  readonly holidays: readonly Holiday[];
  readonly year: number;
  readonly onRemove: ((holiday: Holiday) => void) | undefined;
}) {
  const { t } = useTranslation();
  return (
    <section className="rules-panel" aria-labelledby="listed">
      <h3 id="listed">{t("rulePages.holidays.listed", { year: props.year })}</h3>
      {props.holidays.length === 0 ? (
        <p className="rules-soft">{t("rulePages.holidays.noneListed")}</p>
      ) : null}
      <ul className="year-list">
        {props.holidays.map((holiday) => (
          <Listed key={placeOf(holiday)} holiday={holiday} onRemove={props.onRemove} />
        ))}
      </ul>
    </section>
  );
}

function Listed(props: {
  readonly holiday: Holiday;
  readonly onRemove: ((holiday: Holiday) => void) | undefined;
}) {
  const { t } = useTranslation();
  const { holiday, onRemove } = props;
  const { date, as, yearly } = markOf(holiday);
  const kind = isException(holiday) ? "ordinary" : shownKind(as, date);
  const said = isWeekday(as) || as !== "holiday" ? markText(date, as, "", t) : "";
  return (
    <li data-kind={kind}>
      <span className="mark-sign" aria-hidden="true">
        {t(`rulePages.holidays.mark.${kind}`)}
      </span>
      <span>
        {yearly
          ? t("rulePages.holidays.each", { date })
          : `${date} ${t(`rulePages.shortDay.${weekdayOfDate(date)}`)}`}
      </span>
      <span className="year-name">
        <strong>{nameOfHoliday(holiday)}</strong> <span className="rules-soft">{said}</span>
      </span>
      {onRemove === undefined ? null : (
        <Button
          size="small"
          type="text"
          aria-label={t("rulePages.holidays.clear", { day: date })}
          onClick={() => onRemove(holiday)}
        >
          ×
        </Button>
      )}
    </li>
  );
}
