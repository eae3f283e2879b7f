import { describe, expect, test } from "vitest";
import regressions from "../scripts/simulate/regressions.json" with { type: "json" };
import { runMany } from "../scripts/simulate/run-many.ts";
import { runSeed, type SeedOptions } from "../scripts/simulate/run-seed.ts";
import type { InterlockPolicy } from "../src/domain/interlock/interlock.ts";

/** Seeds of every weather; other than those of the long runs, so that each commit sees some for the first time. */
const first = 1_000_001;

test("the same seed gives the same run to the byte, and another seed another one", async () => {
  const run = async (seed: number) => (await runSeed({ seed, passages: 40, traced: 0 })).hash;
  for (const seed of [first, first + 1, first + 2]) expect(await run(seed)).toBe(await run(seed));
  expect(await run(first)).not.toBe(await run(first + 1));
});

test("a trace changes nothing", async () => {
  const { hash, trace } = await runSeed({ seed: first + 3, passages: 20, traced: 1_000_000 });
  expect(trace.length).toBeGreaterThan(100);
  expect((await runSeed({ seed: first + 3, passages: 20, traced: 0 })).hash).toBe(hash);
});

test("R1–R17 hold in a hundred buildings", async () => {
  const { tally, failed } = await runMany({
    first,
    seeds: 100,
    passages: 60,
    jobs: 2,
    traced: 40,
    onRun: () => {},
  });
  expect(failed.map(({ seed, violation, trace }) => ({ seed, violation, trace }))).toEqual([]);
  expect(tally.passages).toBeGreaterThan(5_000);
  // A run in which nothing went wrong would prove nothing.
  for (const counts of [tally.troubles, tally.tricks, tally.orders, tally.deaths, tally.alarms])
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(50);
});

test.each(regressions)("seed $seed: $found", async ({ seed, passages }) => {
  expect((await runSeed({ seed, passages, traced: 40 })).violation).toBeUndefined();
});

describe("the oracle finds an interlock that goes by other rules:", () => {
  const doorsWith = (
    policy: InterlockPolicy,
    change: Partial<InterlockPolicy["doors"]["outer"]>,
  ): InterlockPolicy => ({
    ...policy,
    doors: { outer: { ...policy.doors.outer, ...change }, inner: { ...policy.doors.inner, ...change } },
  });
  const sabotages: readonly {
    readonly what: string;
    readonly rule: string;
    readonly sabotage: NonNullable<SeedOptions["sabotage"]>;
  }[] = [
    { what: "no settle time", rule: "R1", sabotage: (policy) => ({ ...policy, settleTime: 0 }) },
    {
      what: "releases without end",
      rule: "R4",
      sabotage: (policy) => doorsWith(policy, { releaseTime: 600_000, relockOnOpen: false }),
    },
    {
      what: "a silent controller does not matter",
      rule: "R16",
      sabotage: (policy) => ({ ...policy, heartbeatTime: 600_000 }),
    },
    { what: "no fire releases", rule: "R12", sabotage: (policy) => ({ ...policy, onFire: "none" }) },
    {
      what: "overrides without end",
      rule: "R13",
      sabotage: (policy) => ({ ...policy, overrideTime: 6_000_000 }),
    },
    {
      what: "no door is held open for too long",
      rule: "alarms",
      sabotage: (policy) => doorsWith(policy, { heldOpenTime: 6_000_000 }),
    },
    {
      what: "no bolt is ever late",
      rule: "alarms",
      sabotage: (policy) => doorsWith(policy, { boltTime: 6_000_000 }),
    },
    {
      what: "no contact ever flaps",
      rule: "alarms",
      sabotage: (policy) => doorsWith(policy, { flapLimit: 6_000 }),
    },
    {
      what: "the bolt sensors are not looked at",
      rule: "R1",
      sabotage: (policy) => doorsWith(policy, { bolt: "unfitted" }),
    },
  ];

  test.each(sabotages)("$what", async ({ rule, sabotage }) => {
    const found = new Set<string>();
    for (let seed = first; seed < first + 60 && !found.has(rule); seed++) {
      const { violation } = await runSeed({ seed, passages: 60, traced: 0, sabotage });
      if (violation !== undefined) found.add(violation.rule);
    }
    expect([...found]).toContain(rule);
  });
});
