import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import { type GetFiguresData, getFigures } from "../api/client.ts";
import { useSite } from "../live/use-site.ts";
import type { Language } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { CameraStrips } from "./camera-strips.tsx";
import { ChartCard } from "./chart-card.tsx";
import {
  alarmsDrawn,
  byHourDrawn,
  denialsDrawn,
  lengthText,
  passagesDrawn,
  scoresDrawn,
  type Words,
  waitingDrawn,
} from "./drawn-figures.ts";
import { MadeFrom } from "./made-from.tsx";
import { useElapsed } from "./use-elapsed.ts";
import type { Asked } from "./use-period.ts";
import { isBusy, whyNot } from "./why-not.ts";

/** A year takes seconds, on a slow board a minute. */
const patience = 200_000;
/** What a minute ago was so is good enough for a chart; the server says the same for as long. */
const fresh = 60_000;
const mostTries = 60;

/** The charts of a period. */
export function FiguresPanel({ asked }: { readonly asked: Asked }) {
  const { t } = useTranslation();
  const { range, door, vestibule } = asked;
  const figures = useQuery({
    queryKey: ["figures", range, door, vestibule],
    enabled: range !== null,
    staleTime: fresh,
    retry: (failures, error) => failures < (isBusy(error) ? mostTries : 1),
    retryDelay: (_, error) => (isBusy(error) ? 2_000 : 1_000),
    queryFn: ({ signal }) =>
      getFigures(
        {
          from: range?.from ?? "",
          ...(range?.to === undefined ? {} : { to: range.to }),
          ...(door === undefined ? {} : { door }),
          ...(vestibule === undefined ? {} : { vestibule }),
        },
        { signal, timeoutMs: patience },
      ),
  });
  const { data, error, isFetching, failureReason } = figures;
  const seconds = useElapsed(isFetching);
  return (
    <div aria-busy={isFetching}>
      <output className="making">
        {isFetching ? t(isBusy(failureReason) ? "reports.failed.busy" : "reports.making", { seconds }) : ""}
      </output>
      {error !== null && !isFetching ? (
        <p className="failure" role="alert">
          {whyNot(t, error)}{" "}
          <button type="button" className="small" onClick={() => void figures.refetch()}>
            {t("reports.again")}
          </button>
        </p>
      ) : null}
      {data === undefined ? null : <Charts figures={data} />}
    </div>
  );
}

function Charts({ figures }: { readonly figures: GetFiguresData }) {
  const { t } = useTranslation();
  const language = useLanguage();
  // The live state changes ten times a second; names do not, and what does not change is not drawn anew.
  const known = JSON.stringify(useSite().state?.vestibules.map(({ id, name }) => [id, name]) ?? []);
  const words = useMemo((): Words => {
    const names = new Map<string, Readonly<Record<Language, string>>>(JSON.parse(known));
    return { t, language, nameOfVestibule: (id) => names.get(id)?.[language] ?? id };
  }, [t, language, known]);
  const drawn = useMemo(
    () => ({
      passages: passagesDrawn(figures, words),
      byHour: byHourDrawn(figures, words),
      denials: denialsDrawn(figures, words),
      waiting: waitingDrawn(figures, words),
      scores: figures.scores.map((one) => ({ model: one.model, ...scoresDrawn(one, words) })),
      alarms: alarmsDrawn(figures, words, (alarm) => alarmTypeText(t, alarm)),
    }),
    [figures, words, t],
  );
  const { waiting, passages } = figures;
  const notTaken = passages.reduce((sum, one) => sum + one.notTaken, 0);
  const lying = (rows: number): number => Math.max(140, 60 + rows * 28);
  return (
    <>
      <div className="chart-grid">
        <ChartCard
          title={t("reports.chart.passages")}
          lead={t(`reports.chart.passagesPer.${figures.step}`)}
          note={t("reports.chart.notTaken", { number: notTaken })}
          height={320}
          {...drawn.passages}
        />
        <ChartCard
          title={t("reports.chart.byHour")}
          lead={t("reports.chart.byHourLead")}
          height={320}
          {...drawn.byHour}
        />
        <ChartCard
          title={t("reports.chart.denials")}
          lead={t("reports.chart.denialsLead")}
          height={lying(figures.denials.length)}
          {...drawn.denials}
        />
        <ChartCard
          title={t("reports.chart.waiting")}
          lead={
            waiting.count === 0
              ? t("reports.chart.waitingNone")
              : t("reports.chart.waitingLead", {
                  count: waiting.count,
                  median: lengthText(t, waiting.median),
                  p95: lengthText(t, waiting.p95),
                })
          }
          {...drawn.waiting}
        />
        {drawn.scores.length === 0 ? (
          <ChartCard
            title={t("reports.chart.scores")}
            lead={t("reports.chart.scoresLead")}
            bars={null}
            table={{ columns: [], rows: [] }}
          />
        ) : null}
        {drawn.scores.map(({ model, bars, table }) => (
          <ChartCard
            key={model}
            title={t("reports.chart.scores")}
            lead={t("reports.chart.scoresLead")}
            note={t("reports.chart.model", { model })}
            bars={bars}
            table={table}
          />
        ))}
        <CameraStrips figures={figures} words={words} />
        <ChartCard
          title={t("reports.chart.alarms")}
          lead={t("reports.chart.alarmsLead")}
          height={lying(figures.alarms.length)}
          {...drawn.alarms}
        />
      </div>
      <MadeFrom verified={figures.verified} position={figures.position} />
    </>
  );
}
