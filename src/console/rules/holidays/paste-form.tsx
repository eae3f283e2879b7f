import { Button, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { calendarOf, type weekdays } from "../../../domain/access/access.ts";
import { markText } from "../day-words.ts";
import { dateOf, type Holiday, markOf, nameOfHoliday } from "../documents.ts";
import { readCalendar } from "./calendar-import.ts";
import { placeOf } from "./holiday-dates.ts";
import { WorkedLike } from "./mark-chooser.tsx";
import type { LineFault } from "./read-days.ts";

const longestList = 40_000;
const mostShown = 8;

/** A year's list as the authorities publish it or a table has it: what it would change is told before it is taken. */
export function PasteForm(props: {
  readonly holidays: readonly Holiday[];
  readonly year: number;
  readonly onAdd: (holidays: readonly Holiday[]) => void;
}) {
  const { t } = useTranslation();
  const fileId = useId();
  const [text, setText] = useState("");
  const [worked, setWorked] = useState<(typeof weekdays)[number]>("monday");
  const [unread, setUnread] = useState(false);
  const { days, faults } = readCalendar(text, { year: props.year, worked });
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const content = file.size <= longestList * 4 ? await decoded(file) : undefined;
    setUnread(content === undefined);
    if (content !== undefined) setText(content.slice(0, longestList));
  };
  return (
    <form
      className="rules-panel holiday-form"
      aria-labelledby="paste-list"
      onSubmit={(event) => {
        event.preventDefault();
        props.onAdd(days);
        setText("");
      }}
    >
      <h3 id="paste-list">{t("rulePages.holidays.paste")}</h3>
      <Input.TextArea
        value={text}
        rows={5}
        maxLength={longestList}
        aria-labelledby="paste-list"
        aria-describedby="paste-rule"
        onChange={({ target }) => setText(target.value)}
      />
      <div className="holiday-fields">
        {/* The browser's own field speaks the browser's language, and is cut in a narrow panel. */}
        <label htmlFor={fileId} className="file-choice">
          <span>{t("rulePages.holidays.file")}</span>
          <input
            id={fileId}
            className="visually-hidden"
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            onChange={({ target }) => {
              void take(target.files?.[0]).finally(() => {
                // The same file again is another choice.
                target.value = "";
              });
            }}
          />
        </label>
        <div className="holiday-worked">
          <span>{t("rulePages.holidays.worked")}</span>
          <WorkedLike value={worked} onChange={setWorked} />
        </div>
      </div>
      <small id="paste-rule" className="rules-soft">
        {t("rulePages.holidays.pasteRule")}
      </small>
      {unread ? (
        <p className="failure" role="alert">
          {t("rulePages.holidays.fileFailed", { number: (longestList * 4) / 1_000 })}
        </p>
      ) : null}
      <Found days={days} holidays={props.holidays} />
      <Faults faults={faults} />
      <Button htmlType="submit" disabled={days.length === 0}>
        {days.length === 1
          ? t("rulePages.holidays.pasteTakeOne")
          : t("rulePages.holidays.pasteTake", { number: days.length })}
      </Button>
    </form>
  );
}

/** How many of which kind it has, and which dates would become something else than they are. */
function Found(props: { readonly days: readonly Holiday[]; readonly holidays: readonly Holiday[] }) {
  const { t } = useTranslation();
  const { days, holidays } = props;
  if (days.length === 0) return null;
  const known = new Map(holidays.map((one) => [placeOf(one), one]));
  const kindOf = calendarOf(holidays.map(markOf));
  const counts = new Map<string, number>();
  for (const day of days) {
    const kind = markText("", markOf(day).as, "", t);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const isNew = days.some((day) => JSON.stringify(known.get(placeOf(day))) !== JSON.stringify(day));
  const changed = days.filter((day) => known.has(placeOf(day)) && kindOf(dateOf(day)) !== markOf(day).as);
  const said = changed
    .slice(0, mostShown)
    .map((day) => `${dateOf(day)} ${markText(dateOf(day), markOf(day).as, nameOfHoliday(day), t)}`)
    .join(t("rulePages.after"));
  const list = [...counts].map(([kind, number]) => `${kind} × ${number}`).join(t("rulePages.and"));
  return (
    <output className="paste-found">
      {t("rulePages.holidays.pasteFound", { days: list })} {isNew ? null : t("rulePages.holidays.pasteSame")}
      {changed.length === 0 ? null : (
        <strong>
          {t("rulePages.holidays.pasteChanges", {
            dates:
              changed.length > mostShown
                ? t("rulePages.holidays.pasteMore", { dates: said, number: changed.length - mostShown })
                : said,
          })}
        </strong>
      )}
    </output>
  );
}

function Faults({ faults }: { readonly faults: readonly LineFault[] }) {
  const { t } = useTranslation();
  const weekday = (said: string | undefined): string =>
    said === undefined || !isDay(said) ? (said ?? "") : t(`rulePages.day.${said}`);
  return (
    <div role="alert">
      {faults.length === 0 ? null : (
        <>
          <p className="failure">{t("rulePages.holidays.pasteBad", { number: faults.length })}</p>
          <ul className="paste-faults">
            {faults.slice(0, 20).map(({ line, why, date = "", said }) => (
              <li key={`${line} ${why} ${date}`}>
                {t(`rulePages.holidays.fault.${why}`, { line, date, said: weekday(said) })}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const dayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const isDay = (text: string): text is (typeof dayNames)[number] => dayNames.some((day) => day === text);

/** As the tables of this trade are saved: in UTF-8, or in the Chinese code of a spreadsheet. */
async function decoded(file: File): Promise<string | undefined> {
  const bytes = await file.arrayBuffer();
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not in this one.
    }
  }
  return undefined;
}
