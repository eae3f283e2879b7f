import type { EChartsCoreOption } from "echarts/core";
import type { ChartColours } from "./chart.tsx";

export interface Bars {
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** Where the categories stand: at the foot, or at the left with bars lying. */
  readonly lying?: boolean;
  readonly stacked?: boolean;
  /** What the categories are called. */
  readonly axis?: string;
  /** Upright lines at a place between the categories, 0 at the left edge of the first. */
  readonly marks?: readonly { readonly at: number; readonly text: string }[];
}

/** Every chart here is of bars. */
export const barsOption =
  (bars: Bars) =>
  (colours: ChartColours): EChartsCoreOption => {
    const { categories, series, lying = false, stacked = false, axis, marks = [] } = bars;
    const names = {
      type: "category",
      data: categories,
      inverse: lying,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
      axisLabel: {
        color: colours.soft,
        hideOverlap: true,
        ...(lying && { width: Math.min(240, Math.round(window.innerWidth * 0.42)), overflow: "truncate" }),
      },
      ...(axis !== undefined && !lying && { name: axis, nameLocation: "middle", nameGap: 28 }),
      nameTextStyle: { color: colours.soft },
    };
    const numbers = {
      type: "value",
      minInterval: 1,
      axisLabel: { color: colours.soft },
      splitLine: { lineStyle: { color: colours.line } },
    };
    return {
      grid: {
        left: 8,
        right: 16,
        top: series.length > 1 || marks.length > 0 ? 40 : 16,
        bottom: axis === undefined || lying ? 8 : 28,
        containLabel: true,
      },
      legend:
        series.length > 1 ? { top: 0, left: 0, textStyle: { color: colours.ink }, type: "plain" } : undefined,
      xAxis: lying ? numbers : names,
      yAxis: lying ? names : numbers,
      series: [
        ...series.map(({ name, values }) => ({
          type: "bar",
          name,
          data: values,
          ...(stacked && { stack: "all" }),
          barCategoryGap: marks.length > 0 ? "8%" : "25%",
          barMaxWidth: 40,
        })),
        ...(marks.length > 0 ? [marksSeries(marks, categories.length, colours)] : []),
      ],
      ...(marks.length > 0 && {
        xAxis: [names, { type: "value", min: 0, max: categories.length, show: false }],
      }),
    };
  };

/** On an axis of its own, so that a line may stand between two bars. */
const marksSeries = (marks: NonNullable<Bars["marks"]>, width: number, colours: ChartColours) => ({
  type: "bar",
  xAxisIndex: 1,
  data: [],
  tooltip: { show: false },
  silent: true,
  markLine: {
    symbol: "none",
    lineStyle: { color: colours.bad, width: 2, type: "solid" },
    label: { color: colours.ink },
    data: marks.map(({ at, text }, nth) => ({
      xAxis: Math.max(0, Math.min(width, at)),
      label: {
        formatter: text,
        position: "end",
        // Two that stand close would cover each other's words.
        distance: nth % 2 === 0 ? 2 : 16,
        align: at > width * 0.8 ? "right" : at < width * 0.2 ? "left" : "center",
      },
    })),
  },
});
