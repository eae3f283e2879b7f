import { useTranslation } from "react-i18next";
import type { RecordView } from "../../ports/record-view.ts";
import { useSiteTime } from "../texts/use-site-time.ts";
import { dayMarks } from "./person-figures.ts";

const length = 480;
const hours = [0, 6, 12, 18, 24];

/** Today's passages on the day's line; in words below it. */
export function DayLine({ records }: { readonly records: readonly RecordView[] }) {
  const { t } = useTranslation();
  const { timeZone } = useSiteTime();
  const marks = dayMarks(records, timeZone);
  if (marks.length === 0) return <p className="empty">{t("peopleNow.person.todayNone")}</p>;
  const times = (kind: string): number => marks.filter((mark) => mark.kind === kind).length;
  const said = t("peopleNow.person.times", {
    number: times("in"),
    out: times("out"),
    denied: times("denied"),
  });
  return (
    <figure>
      <svg className="day-line" viewBox={`-14 0 ${length + 28} 60`} role="img" aria-label={said}>
        <path className="day-axis" d={`M0 34H${length}`} />
        {hours.map((hour) => (
          <g key={hour} transform={`translate(${(hour / 24) * length} 34)`}>
            <path className="day-axis" d="M0-4v8" />
            <text y={20} textAnchor="middle">
              {hour}
            </text>
          </g>
        ))}
        {marks.map(({ seq, at, kind }) => (
          <path
            key={seq}
            className="day-mark"
            data-kind={kind}
            d={shapes[kind]}
            transform={`translate(${at * length} 22)`}
          />
        ))}
      </svg>
      <figcaption>{said}</figcaption>
    </figure>
  );
}

/** Told apart by their shapes: to the right, to the left, a cross. */
const shapes = { in: "M-5-6 6 0-5 6Z", out: "M5-6-6 0 5 6Z", denied: "M-5-5 5 5M5-5-5 5" } as const;
