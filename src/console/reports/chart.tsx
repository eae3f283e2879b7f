import type { EChartsCoreOption } from "echarts/core";
import { useEffect, useRef } from "react";
import { useTheme } from "../theme/use-theme.ts";

export interface ChartColours {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly panel: string;
  readonly bad: string;
  /** Told apart by a pattern as well. */
  readonly series: string[];
}

/** Drawn again where the colours, the size or what it says has changed. */
export function Chart(props: {
  readonly option: (colours: ChartColours) => EChartsCoreOption;
  /** What somebody reads who does not see it. */
  readonly label: string;
  readonly height?: number;
}) {
  const { option, label, height = 260 } = props;
  const frame = useRef<HTMLElement>(null);
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours, which are read anew
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let gone = false;
    let stop = (): void => undefined;
    void import("./echarts.ts").then(({ init }) => {
      if (gone) return;
      const chart = init(element, null, { renderer: "canvas" });
      chart.setOption({ ...common(coloursNow()), ...option(coloursNow()) });
      const sized = new ResizeObserver(() => chart.resize());
      sized.observe(element);
      stop = () => {
        sized.disconnect();
        chart.dispose();
      };
    });
    return () => {
      gone = true;
      stop();
    };
  }, [option, theme]);
  return <figure className="chart" ref={frame} aria-label={label} style={{ height }} />;
}

/** No text of a record is ever taken for markup; no style is set in one (the page's policy forbids it). */
const common = (colours: ChartColours): EChartsCoreOption => ({
  animation: false,
  color: colours.series,
  textStyle: { color: colours.ink, fontFamily: "system-ui, Noto Sans SC Variable, sans-serif" },
  tooltip: {
    trigger: "axis",
    renderMode: "richText",
    axisPointer: { type: "shadow" },
    backgroundColor: colours.panel,
    borderColor: colours.line,
    textStyle: { color: colours.ink },
    confine: true,
  },
  aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
});

function coloursNow(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: token("--ink"),
    soft: token("--ink-soft"),
    line: token("--panel-edge"),
    panel: token("--panel"),
    bad: token("--bad"),
    series: ["--coat-1", "--door-outer", "--gold", "--coat-2", "--leaves", "--coat-0", "--calm"].map(token),
  };
}
