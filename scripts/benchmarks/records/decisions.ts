import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { openSiteStorage } from "../../../src/composition/open-site-storage.ts";
import { instant, wallTime } from "../../../src/domain/time.ts";
import { type Figure, figure } from "../figures.ts";
import { aYear, cardOf, drawing, ended, people } from "./large-site.ts";
import { yearReport } from "./year-reports.ts";

const target = 5;
const between = 20;

interface Measured {
  readonly decisions: number[];
  readonly delays: number[];
}

/**
 * A loop like the controller's: card looked up, decision written durably, fifty a second. In turns with nothing beside
 * it, and while a report of the year is made.
 */
export async function decisions(site: string, turns: number): Promise<readonly Figure[]> {
  const clock = { now: () => instant(performance.now()), wall: () => wallTime(Math.max(ended, Date.now())) };
  using storage = openSiteStorage({ directory: site, clock, env: {} });
  const draw = drawing(3);
  const year = aYear(["person-a", "person-b"], 5);
  const decide = (): number => {
    const started = performance.now();
    storage.directory.findByCard(cardOf(draw(people)));
    storage.journal.append((year.next().value?.entries ?? []).slice(0, 3));
    return performance.now() - started;
  };
  const measure = async (until: Promise<unknown>): Promise<Measured> => {
    const into: Measured = { decisions: [], delays: [] };
    const loop = monitorEventLoopDelay({ resolution: 1 });
    let isOver = false;
    void until.then(() => (isOver = true));
    loop.enable();
    for (let due = performance.now(); !isOver; due += between) {
      await wait(Math.max(0, due - performance.now()));
      const late = Math.max(0, performance.now() - due);
      const took = decide();
      into.decisions.push(late + took);
      into.delays.push(loop.max / 1e6);
      loop.reset();
      if (performance.now() - due > between) due = performance.now() - between;
    }
    loop.disable();
    return into;
  };
  const quiet: Measured[] = [];
  const beside: Measured[] = [];
  for (let turn = 0; turn < turns; turn++) {
    quiet.push(await measure(wait(5_000)));
    beside.push(await measure(yearReport(site, "passages", turn % 2 === 0 ? "csv" : "pdf")));
  }
  const all = (of: readonly Measured[], part: keyof Measured): number[] => of.flatMap((one) => one[part]);
  // Turn by turn: what else the machine does changes more from minute to minute than a report does.
  const later = beside.map((one, turn) => p99(one.decisions) - p99(quiet[turn]?.decisions ?? []));
  return [
    figure("card due → decision durable, alone", all(quiet, "decisions"), "ms"),
    figure("card due → decision durable, while a report of the year is made", all(beside, "decisions"), "ms"),
    figure("… its 99th percentile later by, turn by turn", later, "ms", target),
    figure("longest hold-up of the loop in 20 ms, alone", all(quiet, "delays"), "ms"),
    figure("longest hold-up of the loop in 20 ms, while a report is made", all(beside, "delays"), "ms"),
  ];
}

const p99 = (values: readonly number[]): number => figure("", values, "ms").p99;
