import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { weekdays } from "../../../domain/access/access.ts";
import { localeOf } from "../../texts/locale.ts";
import { useLanguage } from "../../texts/use-language.ts";
import { markText, shownKind } from "../day-words.ts";
import { type Holiday, markOf, nameOfHoliday } from "../documents.ts";
import { weekdayOfDate } from "../site-day.ts";
import { datePlus, marksOn } from "./holiday-dates.ts";

interface YearProps {
  readonly year: number;
  readonly today: string;
  readonly holidays: readonly Holiday[];
  readonly readOnly: boolean;
  readonly onToggle: (date: string) => void;
}

/** Twelve months of days that are pressed to mark them; one stop for the keyboard, arrows from day to day. */
export function YearCalendar(props: YearProps) {
  const { t } = useTranslation();
  const { year } = props;
  const [at, setAt] = useState(() => firstStop(props));
  const focus = useRef(false);
  const marked = useMemo(() => marksOn(props.holidays), [props.holidays]);
  const stop = at.startsWith(`${year}-`) ? at : firstStop(props);
  useEffect(() => {
    if (!focus.current) return;
    focus.current = false;
    document.querySelector<HTMLElement>(`[data-date="${stop}"]`)?.focus();
  }, [stop]);
  const onKey = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, PageUp: -28, PageDown: 28 }[
      event.key
    ];
    if (by === undefined) return;
    event.preventDefault();
    const next = datePlus(stop, by);
    if (!next.startsWith(`${year}-`)) return;
    focus.current = true;
    setAt(next);
  };
  return (
    <section className="year" aria-label={t("rulePages.holidays.calendar", { year })}>
      {Array.from({ length: 12 }, (_, month) => (
        <Month
          key={month}
          {...props}
          month={`${year}-${String(month + 1).padStart(2, "0")}`}
          marked={marked}
          stop={stop}
          onFocus={setAt}
          onKeyDown={onKey}
        />
      ))}
    </section>
  );
}

const firstStop = ({ year, today }: YearProps): string =>
  today.startsWith(`${year}-`) ? today : `${year}-01-01`;

function Month(
  props: YearProps & {
    /** YYYY-MM */
    readonly month: string;
    readonly marked: (date: string) => Holiday | undefined;
    readonly stop: string;
    readonly onFocus: (date: string) => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  },
) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = new Intl.DateTimeFormat(localeOf(language), {
    month: "long",
    timeZone: "UTC",
  });
  const cells = monthCells(props.month);
  return (
    <table className="month">
      <caption>{name.format(Date.parse(`${props.month}-01T00:00:00Z`))}</caption>
      <thead>
        <tr>
          {weekdays.map((day) => (
            <th key={day} scope="col" abbr={t(`rulePages.day.${day}`)}>
              {t(`rulePages.shortDay.${day}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cells.map((week) => (
          <tr key={week.find((date) => date !== "") ?? ""}>
            {week.map((date, column) => (
              // Before the first and after the last there is nothing to tell apart but the column.
              <td key={date || `none-${column}`}>{date === "" ? null : <Day date={date} {...props} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day(props: {
  readonly date: string;
  readonly today: string;
  readonly marked: (date: string) => Holiday | undefined;
  readonly stop: string;
  readonly readOnly: boolean;
  readonly onToggle: (date: string) => void;
  readonly onFocus: (date: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}) {
  const { t } = useTranslation();
  const { date, marked, today } = props;
  const mark = marked(date);
  const day = t(`rulePages.day.${weekdayOfDate(date)}`);
  const as = mark === undefined ? undefined : markOf(mark);
  const kind = as === undefined ? undefined : shownKind(as.as, date);
  const said = as === undefined || mark === undefined ? "" : markText(date, as.as, nameOfHoliday(mark), t);
  return (
    <button
      type="button"
      className="year-day"
      data-date={date}
      data-past={date < today}
      data-today={date === today}
      data-kind={kind}
      data-sign={kind === undefined ? undefined : t(`rulePages.holidays.mark.${kind}`)}
      data-yearly={as?.yearly}
      aria-pressed={mark !== undefined}
      aria-label={[String(Number(date.slice(8))), date, day, said].filter((one) => one !== "").join(", ")}
      aria-disabled={props.readOnly}
      title={said === "" ? undefined : said}
      tabIndex={date === props.stop ? 0 : -1}
      onFocus={() => props.onFocus(date)}
      onKeyDown={props.onKeyDown}
      onClick={() => (props.readOnly ? undefined : props.onToggle(date))}
    >
      {Number(date.slice(8))}
    </button>
  );
}

/** Weeks from Monday; empty where the week belongs to another month. */
function monthCells(month: string): readonly (readonly string[])[] {
  const first = `${month}-01`;
  const before = weekdays.indexOf(weekdayOfDate(first));
  const dates = Array.from({ length: 31 }, (_, index) => datePlus(first, index)).filter((date) =>
    date.startsWith(month),
  );
  const all = [...Array.from({ length: before }, () => ""), ...dates];
  while (all.length % 7 !== 0) all.push("");
  return Array.from({ length: all.length / 7 }, (_, week) => all.slice(week * 7, week * 7 + 7));
}
