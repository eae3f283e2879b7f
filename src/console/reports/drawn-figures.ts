import type { TFunction } from "i18next";
import { accessPointNames } from "../../domain/names.ts";
import type { GetFiguresData } from "../api/client.ts";
import { en } from "../texts/en.ts";
import { localeOf } from "../texts/locale.ts";
import type { Language } from "../texts/person-name.ts";
import type { CardTable } from "./chart-card.tsx";
import type { Bars } from "./chart-options.ts";

const isReason = (name: string): name is keyof typeof en.reason => Object.hasOwn(en.reason, name);

/** What a chart shows, and the same as a table. */
export interface Drawn {
  readonly bars: Bars | null;
  readonly table: CardTable;
}

/** What words and times are written with. */
export interface Words {
  readonly t: TFunction;
  readonly language: Language;
  readonly nameOfVestibule: (id: string) => string;
}

export function timeText(iso: string, { language }: Words, timeZone: string): string {
  return new Date(iso).toLocaleString(localeOf(language), {
    ...{ timeZone, month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
}

export function lengthText(t: TFunction, milliseconds: number | null): string {
  if (milliseconds === null) return "–";
  const seconds = milliseconds / 1_000;
  if (seconds < 120)
    return t("reports.chart.seconds", { seconds: seconds < 10 ? seconds.toFixed(1) : Math.round(seconds) });
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  return minutes < 120
    ? `${minutes}:${String(rest).padStart(2, "0")} min`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")} h`;
}

export function passagesDrawn(figures: GetFiguresData, words: Words): Drawn {
  const { t } = words;
  const categories = figures.steps.map((step) => stepText(step, figures, words));
  const series = seriesOf(figures, words, ({ taken }) => taken);
  return {
    bars: series.length === 0 ? null : { categories, series, stacked: true },
    table: {
      columns: [
        t(`reports.chart.time.${figures.step}`),
        ...series.map(({ name }) => name),
        t("reports.chart.total"),
      ],
      rows: rowsOf(categories, series),
    },
  };
}

export function byHourDrawn(figures: GetFiguresData, words: Words): Drawn {
  const { t } = words;
  const categories = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);
  const series = seriesOf(figures, words, ({ byHour }) => byHour);
  return {
    bars: series.length === 0 ? null : { categories, series, stacked: true },
    table: {
      columns: [t("reports.chart.time.hour"), ...series.map(({ name }) => name), t("reports.chart.total")],
      rows: rowsOf(categories, series),
    },
  };
}

export function denialsDrawn(figures: GetFiguresData, { t }: Words): Drawn {
  const categories = figures.denials.map(({ reason }) => (isReason(reason) ? t(`reason.${reason}`) : reason));
  const values = figures.denials.map(({ count }) => count);
  return {
    bars:
      values.length === 0
        ? null
        : { categories, series: [{ name: t("reports.chart.number"), values }], lying: true },
    table: {
      columns: [t("reports.chart.reason"), t("reports.chart.number")],
      rows: categories.map((reason, at) => [reason, String(values[at])]),
    },
  };
}

export function waitingDrawn({ waiting }: GetFiguresData, { t }: Words): Drawn {
  const { binWidth, bins, beyond, count, median, p95 } = waiting;
  const last = bins.findLastIndex((number) => number > 0);
  const edge = (bin: number): string => ((bin * binWidth) / 1_000).toFixed(2).replace(/0$/, "");
  const shown = bins.slice(0, Math.max(last + 1, 8));
  const range = (bin: number): string =>
    t("reports.chart.secondsRange", { from: edge(bin), to: edge(bin + 1) });
  const mark = (at: number | null, name: string) =>
    at === null ? [] : [{ at: at / binWidth, text: `${name} ${lengthText(t, at)}` }];
  const values = beyond > 0 ? [...shown, beyond] : shown;
  const longer = beyond > 0 ? [t("reports.chart.beyond")] : [];
  return {
    bars:
      count === 0
        ? null
        : {
            categories: [...shown.map((_, bin) => edge(bin)), ...longer],
            series: [{ name: t("reports.chart.number"), values }],
            axis: t("reports.chart.secondsAxis"),
            marks: [...mark(median, t("reports.chart.median")), ...mark(p95, t("reports.chart.p95"))],
          },
    table: {
      columns: [t("reports.chart.waiting"), t("reports.chart.number")],
      rows: [
        ...shown.map((number, bin) => [range(bin), String(number)]),
        ...longer.map((name) => [name, String(beyond)]),
      ],
    },
  };
}

export function scoresDrawn(scores: GetFiguresData["scores"][number], { t }: Words): Drawn {
  const { low, binWidth, thresholds } = scores;
  // Nobody is more alike than alike: what is empty at the right is not drawn.
  const highest = Math.max(...thresholds.map(({ similarity }) => (similarity - low) / binWidth));
  const last = scores.granted.findLastIndex((number, bin) => number > 0 || scores.faceMismatch[bin] !== 0);
  const width = Math.max(last, Math.ceil(highest)) + 1;
  const [granted, faceMismatch] = [scores.granted.slice(0, width), scores.faceMismatch.slice(0, width)];
  const digits = Math.max(2, -Math.floor(Math.log10(binWidth)));
  const categories = granted.map((_, bin) => (low + bin * binWidth).toFixed(digits));
  const series = [
    { name: t("reports.chart.granted"), values: granted },
    { name: t("reports.chart.faceMismatch"), values: faceMismatch },
  ];
  return {
    bars: {
      categories,
      series,
      stacked: true,
      axis: t("reports.chart.likeness"),
      marks: thresholds.map(({ similarity }) => ({
        at: (similarity - low) / binWidth,
        text: t("reports.chart.threshold", { threshold: similarity.toFixed(3) }),
      })),
    },
    table: {
      columns: [t("reports.chart.likeness"), ...series.map(({ name }) => name)],
      rows: categories.map((from, bin) => [from, String(granted[bin]), String(faceMismatch[bin])]),
    },
  };
}

export function alarmsDrawn(
  { alarms }: GetFiguresData,
  { t }: Words,
  nameOf: (alarm: string) => string,
): Drawn {
  const raised = alarms.filter((one) => one.raised > 0);
  return {
    bars:
      alarms.length === 0
        ? null
        : {
            categories: raised.map(({ alarm }) => nameOf(alarm)),
            series: [{ name: t("reports.chart.raised"), values: raised.map((one) => one.raised) }],
            lying: true,
          },
    table: {
      columns: [
        t("reports.chart.alarm"),
        t("reports.chart.raised"),
        t("reports.chart.acknowledged"),
        t("reports.chart.medianTime"),
        t("reports.chart.p95Time"),
        t("reports.chart.longest"),
      ],
      rows: alarms.map((one) => [
        nameOf(one.alarm),
        String(one.raised),
        String(one.acknowledged),
        ...[one.median, one.p95, one.longest].map((length) => lengthText(t, length)),
      ]),
    },
  };
}

type Series = GetFiguresData["passages"][number];

/** In the order of the way in and out; of several vestibules each by itself. */
function seriesOf(
  { passages }: GetFiguresData,
  { t, nameOfVestibule }: Words,
  of: (series: Series) => readonly number[],
) {
  const several = new Set(passages.map(({ vestibule }) => vestibule)).size > 1;
  return passages
    .toSorted(
      (a, b) =>
        a.vestibule.localeCompare(b.vestibule) ||
        accessPointNames.indexOf(a.accessPoint) - accessPointNames.indexOf(b.accessPoint),
    )
    .map((series) => {
      const where = t(`accessPoint.${series.accessPoint}`);
      return { name: several ? `${nameOfVestibule(series.vestibule)}: ${where}` : where, values: of(series) };
    });
}

const rowsOf = (categories: readonly string[], series: readonly { readonly values: readonly number[] }[]) =>
  categories.map((category, at) => {
    const values = series.map(({ values: all }) => all[at] ?? 0);
    return [category, ...values.map(String), String(values.reduce((sum, one) => sum + one, 0))];
  });

function stepText(iso: string, { step, steps, timeZone }: GetFiguresData, { language }: Words): string {
  const oneDay = step === "hour" && steps.length <= 26;
  return new Date(iso).toLocaleString(localeOf(language), {
    timeZone,
    ...(oneDay ? {} : ({ month: "short", day: "numeric" } as const)),
    ...(step === "hour" ? ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const) : {}),
  });
}
