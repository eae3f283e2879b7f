/** One line of the printed table. */
export interface Figure {
  readonly what: string;
  readonly runs: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly largest: number;
  readonly unit: "s" | "ms" | "MB" | "%" | "% of a core";
  /** What should not be exceeded, where something was promised. */
  readonly target?: number;
  /** Of which figure it was promised; of the median where nothing else is said. */
  readonly promised?: "median" | "p95" | "p99" | "largest";
}

/** The smallest value that at least `share` of `values` do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function figure(
  what: string,
  values: readonly number[],
  unit: Figure["unit"],
  target?: number,
  promised: NonNullable<Figure["promised"]> = "median",
): Figure {
  return {
    what,
    runs: values.length,
    median: quantile(values, 0.5),
    p95: quantile(values, 0.95),
    p99: quantile(values, 0.99),
    largest: quantile(values, 1),
    unit,
    ...(target === undefined ? {} : { target, promised }),
  };
}

export function table(figures: readonly Figure[]): string {
  const heading = ["what", "runs", "median", "p95", "p99", "largest", "unit", "target", ""];
  const rows = figures.map((one) => {
    const { what, runs, median, p95, p99, largest, unit, target, promised = "median" } = one;
    const of = promised === "median" ? "" : ` (${promised})`;
    return [
      what,
      String(runs),
      rounded(median),
      rounded(p95),
      rounded(p99),
      rounded(largest),
      unit,
      target === undefined ? "" : `${target}${of}`,
      target === undefined ? "" : one[promised] <= target ? "met" : "MISSED",
    ];
  });
  const lines = [heading, heading.map(() => "---"), ...rows];
  return `${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

const rounded = (value: number): string =>
  Number.isFinite(value) ? value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0) : "–";
