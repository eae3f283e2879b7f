import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { localeOf } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { SaveButtons } from "./save-buttons.tsx";
import { ShownReport } from "./shown-report.tsx";
import { beginOf, daysLater, endOf, isSiteDay, type SiteDay } from "./site-days.ts";
import type { Asked } from "./use-period.ts";

const recentDays = 8;

/** Who was in the vault on Friday: the day, the people, and what it can be checked by. */
export function PastPresence({ asked: { today, timeZone } }: { readonly asked: Asked }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const id = useId();
  const [search, setSearch] = useSearchParams();
  const given = search.get("day");
  const day = isSiteDay(given) ? given : null;
  const [typed, setTyped] = useState<string>(day ?? "");
  const choose = (wanted: SiteDay): void => {
    const next = new URLSearchParams(search);
    next.set("day", wanted);
    setTyped(wanted);
    setSearch(next, { replace: true });
  };
  const recent = Array.from({ length: recentDays }, (_, ago) => daysLater(today, -ago));
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{t("reports.inside.heading")}</h3>
      <p className="panel-lead">{t("reports.inside.lead")}</p>
      <fieldset className="day-choice">
        <legend className="visually-hidden">{t("reports.inside.day")}</legend>
        {recent.map((one) => (
          <button key={one} type="button" aria-pressed={one === day} onClick={() => choose(one)}>
            {dayText(one, language, "short")}
          </button>
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isSiteDay(typed)) choose(typed);
          }}
        >
          <label htmlFor={`${id}-day`}>{t("reports.inside.day")}</label>
          <input
            id={`${id}-day`}
            type="date"
            max={today}
            required
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <button type="submit" className="primary">
            {t("reports.inside.show")}
          </button>
        </form>
      </fieldset>
      {day === null ? null : <OnThatDay key={day} day={day} today={today} timeZone={timeZone} />}
    </section>
  );
}

function OnThatDay(props: { readonly day: SiteDay; readonly today: SiteDay; readonly timeZone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const id = useId();
  const { day, today, timeZone } = props;
  const text = dayText(day, language, "long");
  const query = {
    from: new Date(beginOf(day, timeZone)).toISOString(),
    ...(day >= today ? {} : { to: new Date(endOf(day, timeZone)).toISOString() }),
  };
  const title = t("reports.inside.on", { day: text });
  return (
    <section className="panel that-day" aria-labelledby={id}>
      <div className="panel-head">
        <h4 id={id}>{title}</h4>
        <SaveButtons report="attendance" query={query} stamp={day} />
      </div>
      <ShownReport
        report="attendance"
        query={query}
        caption={t("reports.tableOf", { title })}
        empty={t("reports.inside.nobody", { day: text })}
        below={({ position }) => <HowToCheck seq={position.seq} />}
      />
      <p className="panel-lead">{t("reports.inside.limits")}</p>
    </section>
  );
}

/** What an auditor types who believes no page. */
function HowToCheck({ seq }: { readonly seq: number }) {
  const { t } = useTranslation();
  const steps = [
    [t("reports.inside.checkVerify"), "npx vestibule journal verify"],
    [
      t("reports.inside.checkRecord", { seq }),
      `npx vestibule journal show --after ${Math.max(0, seq - 1)} --limit 1 --json`,
    ],
    [t("reports.inside.checkOther"), "npx vestibule journal verify journal.jsonl --key KEY"],
  ] as const;
  return (
    <details className="how-to-check">
      <summary>{t("reports.inside.check")}</summary>
      <p>{t("reports.inside.checkLead")}</p>
      <ol>
        {steps.map(([text, command]) => (
          <li key={command}>
            {text} <code>{command}</code>
          </li>
        ))}
      </ol>
      <p>{t("reports.inside.checkSystem")}</p>
    </details>
  );
}

/** The site's day in words: it is a date, not an instant, so no zone comes into it. */
function dayText(day: SiteDay, language: "en" | "zh", length: "short" | "long"): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString(localeOf(language), {
    timeZone: "UTC",
    weekday: length,
    day: "numeric",
    month: length,
    ...(length === "long" && { year: "numeric" }),
  });
}
