import { Explorer } from "./explorer.ts";
import { replayed } from "./replay.ts";
import type { VariantReport } from "./report.ts";
import type { Rules } from "./rules.ts";
import type { Variant } from "./variant.ts";

/** One variant, explored, with the trace of every violation. */
export function explored(rules: Rules, variant: Variant): VariantReport {
  const explorer = new Explorer(rules, variant);
  const exploration = explorer.run();
  const traces = exploration.violations.map(({ what, moves }) =>
    [
      `${variant.name}: ${what.join("; ")}`,
      ...replayed(rules, variant, moves),
      `       again: npm run prove -- --variant "${variant.name}" --replay ${moves.join(",")}`,
    ].join("\n"),
  );
  return { variant: variant.name, ...exploration, traces };
}
