import type { SeedRun } from "./run-seed.ts";
import type { Tally } from "./tally.ts";

const number = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** The figures of a run, as lines of a table. */
export function tableOf(tally: Tally, seconds: number, failed: readonly SeedRun[]): readonly string[] {
  const rows: (readonly [string, string])[] = [
    ["seeds", number.format(tally.seeds)],
    ["  by weather", counts(tally.weather)],
    ["passages", number.format(tally.passages)],
    ["  granted by card", number.format(tally.granted)],
    ["  granted by button", number.format(tally.egress)],
    ["  taken / not taken", `${number.format(tally.taken)} / ${number.format(tally.notTaken)}`],
    ["  denied", counts(tally.denied)],
    ["simulated days", number.format(tally.simulatedMilliseconds / 86_400_000)],
    ["journal records", number.format(tally.records)],
    ["lock commands", number.format(tally.commands)],
    ["troubles", counts(tally.troubles)],
    ["robbers' tricks", counts(tally.tricks)],
    ["fires and orders", counts(tally.orders)],
    ["process deaths", counts(tally.deaths)],
    ["alarms raised", counts(tally.alarms)],
    [
      "alarms demanded by facts",
      `${number.format(tally.demanded)}, of which excused ${number.format(tally.waived)}`,
    ],
    ["both doors open, excused", number.format(tally.bothOpen)],
    ["violations", number.format(failed.length)],
    [
      "wall seconds",
      `${number.format(seconds)}, ${number.format(tally.passages / seconds)} passages a second`,
    ],
  ];
  return rows.map(([name, value]) => `${name.padEnd(26)}${value}`);
}

/** Most frequent first. */
function counts(of: Readonly<Record<string, number>>): string {
  const entries = Object.entries(of).sort(([, one], [, other]) => other - one);
  return entries.length === 0
    ? "none"
    : entries.map(([name, count]) => `${name} ${number.format(count)}`).join(", ");
}

/** A seed that fails, with how to see it again. */
export function failureOf({ seed, violation, trace, tally }: SeedRun, passages: number): readonly string[] {
  if (violation === undefined) return [];
  const replay = `npm run simulate -- --seed ${seed} --passages ${passages} --trace`;
  return [
    `seed ${seed} (${Object.keys(tally.weather).join()}): ${violation.rule} at ${violation.at}: ${violation.what}`,
    `  again: ${replay}`,
    ...trace.map((line) => `  ${line}`),
  ];
}
