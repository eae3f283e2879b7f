import "./holidays.css";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Antd } from "../shell/antd.tsx";
import { dateOf, type Holiday, nameOfHoliday } from "./documents.ts";
import { withHolidays } from "./holiday-dates.ts";
import { PasteForm, RangeForm } from "./holiday-forms.tsx";
import { RuleFrame } from "./rule-frame.tsx";
import { holidaySource } from "./rule-sources.ts";
import { useSiteDay, weekdayOfDate } from "./site-day.ts";
import { useRuleDraft } from "./use-rule-draft.ts";
import { YearCalendar } from "./year-calendar.tsx";

/** From October on the next year's are known, and missed if they are not there. */
const nextYearFrom = "10-01";
const noHolidays: ReadonlySet<string> = new Set();

/** On which days schedules look at their holiday row. */
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
  const now = useSiteDay(noHolidays);
  const [search, setSearch] = useSearchParams();
  const holidays = draft.draft ?? [];
  const today = now?.date ?? "";
  const thisYear = Number(today.slice(0, 4));
  const year = Number(search.get("year")) || thisYear;
  const go = (to: number): void => setSearch({ year: String(to) }, { replace: true });
  const ofYear = (which: number): readonly Holiday[] =>
    holidays.filter((one) => dateOf(one).startsWith(`${which}-`));
  const missing = [thisYear, ...(today.slice(5) >= nextYearFrom ? [thisYear + 1] : [])].filter(
    (one) => today !== "" && ofYear(one).length === 0,
  );
  const toggle = (date: string): void => {
    const without = holidays.filter((one) => dateOf(one) !== date);
    draft.edit(without.length < holidays.length ? without : withHolidays(holidays, [date]));
  };
  const add = (added: readonly Holiday[]): void => {
    draft.edit(withHolidays(holidays, added));
    const first = added[0];
    if (first !== undefined) go(Number(dateOf(first).slice(0, 4)));
  };
  return (
    <RuleFrame title={t("rulePages.holidays.title")} lead={t("rulePages.holidays.lead")} draft={draft}>
      {missing.map((one) => (
        <Alert key={one} type="warning" showIcon title={t("rulePages.holidays.missing", { year: one })} />
      ))}
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
            <output>{t("rulePages.holidays.count", { number: ofYear(year).length, year })}</output>
          </div>
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
              <RangeForm onAdd={add} />
              <PasteForm onAdd={add} />
            </>
          ) : null}
          <YearList holidays={ofYear(year)} year={year} onRemove={draft.may ? toggle : undefined} />
        </div>
      </div>
    </RuleFrame>
  );
}

function YearList(props: {
  readonly holidays: readonly Holiday[];
  readonly year: number;
  readonly onRemove: ((date: string) => void) | undefined;
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
          <li key={dateOf(holiday)}>
            <span>
              {dateOf(holiday)} {t(`rulePages.shortDay.${weekdayOfDate(dateOf(holiday))}`)}
            </span>
            <strong>{nameOfHoliday(holiday)}</strong>
            {props.onRemove === undefined ? null : (
              <Button
                size="small"
                type="text"
                aria-label={t("rulePages.holidays.clear", { day: dateOf(holiday) })}
                onClick={() => props.onRemove?.(dateOf(holiday))}
              >
                ×
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
