import { describe, expect, test } from "vitest";
import type { ControllerOptions } from "../../src/controller/controller-options.ts";
import { oldestNeeded } from "../../src/controller/keeping/journal-needs.ts";
import { JournalPruning, type JournalPruningOptions } from "../../src/controller/keeping/journal-pruning.ts";
import { prunable, type Retention } from "../../src/controller/keeping/prunable.ts";
import { type Milliseconds, wallTime } from "../../src/domain/time.ts";
import type { JournalEntry, JsonObject } from "../../src/ports/journal.ts";
import { MemoryJournal } from "../../src/simulation/memory-journal.ts";
import { MemoryPresence } from "../../src/simulation/memory-presence.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";
import { SiteInOneProcess } from "../support/site-in-one-process.ts";
import { PrunedJournal } from "./pruned-journal.ts";

const hour: Milliseconds = 3_600_000;
const day = 24 * hour;
const retention: Retention = { age: 365 * day, records: 20_000, floor: { age: 180 * day, records: 10_000 } };

type Ages = readonly (readonly [days: number, records: number])[];

function filled(...ages: Ages) {
  const clock = new VirtualClock();
  const now = clock.wall();
  let wall = now;
  const journal = new PrunedJournal(new MemoryJournal({ wall: () => wall }));
  const add = (type: string, payload: JsonObject = {}): void =>
    void journal.append([{ type, at: clock.now(), payload }]);
  for (const [days, records] of ages) {
    wall = wallTime(now - days * day);
    for (let left = records; left > 0; left -= 500)
      journal.append(
        Array.from({ length: Math.min(500, left) }, () => ({ type: "Noted", at: clock.now(), payload: {} })),
      );
  }
  return { clock, journal, add, at: (time: number) => void (wall = wallTime(time)) };
}

describe("which records may go", () => {
  const upTo = (ages: readonly (readonly [number, number])[], isShort = false) => {
    const { journal, clock } = filled(...ages);
    return prunable(journal, retention, clock.wall(), isShort);
  };

  test("those older than the site keeps them, but never so many that less than the least is left", () => {
    expect(
      upTo([
        [400, 5_000],
        [10, 12_000],
      ]),
    ).toEqual({ upTo: 5_000, why: "age" });
    expect(
      upTo([
        [400, 5_000],
        [10, 8_000],
      ]),
    ).toMatchObject({ upTo: 3_000 });
    expect(
      upTo([
        [300, 5_000],
        [10, 12_000],
      ]),
    ).toMatchObject({ upTo: 0 });
  });

  test("beyond a number, and for lack of space, only what is older than half a year", () => {
    expect(
      upTo([
        [200, 9_000],
        [10, 15_000],
      ]),
    ).toEqual({ upTo: 4_000, why: "records" });
    expect(upTo([[170, 30_000]])).toMatchObject({ upTo: 0 });
    expect(
      upTo(
        [
          [200, 9_000],
          [10, 11_000],
        ],
        true,
      ),
    ).toEqual({ upTo: 9_000, why: "space" });
    expect(upTo([[170, 30_000]], true)).toMatchObject({ upTo: 0 });
  });

  test("a clock that was wrong for a while makes nothing before it old (T37)", () => {
    expect(
      upTo([
        [10, 500],
        [20_000, 5],
        [10, 12_000],
      ]),
    ).toMatchObject({ upTo: 0 });
  });
});

describe("the pass", () => {
  interface Site extends ReturnType<typeof filled> {
    short: boolean;
    needed: number;
    readonly noted: JournalEntry[];
  }

  function pruning(ages: Ages, more: Partial<JournalPruningOptions> = {}): Site {
    const site: Site = { ...filled(...ages), short: false, needed: Number.POSITIVE_INFINITY, noted: [] };
    site.at(site.clock.wall());
    const note = (type: string, payload: JsonObject): void => {
      site.noted.push({ type, at: site.clock.now(), payload });
      site.add(type, payload);
    };
    new JournalPruning({
      ...{ journal: site.journal, clock: site.clock, retention, mustBeWitnessed: false },
      chronicle: { note } as JournalPruningOptions["chronicle"],
      isSpaceShort: async () => site.short,
      oldestNeeded: () => site.needed,
      carried: () => ({ run: "r1" }),
      ...more,
    }).start();
    return site;
  }

  async function passes({ clock }: Site, time: Milliseconds): Promise<void> {
    for (let left = time; left > 0; left -= 60_000) {
      clock.advance(Math.min(left, 60_000));
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    }
  }

  const old: Ages = [
    [400, 6_000],
    [10, 12_000],
  ];

  test("waits for an hour, writes anew what still holds, lets them go a stretch at a time, and tells", async () => {
    const site = pruning(old);
    await passes(site, hour - 60_000);
    expect(site.noted).toEqual([]);
    await passes(site, 10 * 60_000);
    expect(site.journal.first()).toBe(23 * 256 + 1);
    expect(site.noted.map(({ type, payload }) => [type, payload])).toEqual([
      ["JournalCarriedForward", { run: "r1" }],
      ["JournalPruned", { from: 1, to: 5_888, why: "age", checkpoint: 18_001 }],
    ]);
    await passes(site, 2 * hour);
    expect(site.noted).toHaveLength(2); // too few since to be worth it
  });

  test("not beyond the signed checkpoint, nor what a witness is still to see, nor what somebody still reads", async () => {
    const limits: readonly (readonly [(site: Site) => void, number])[] = [
      [(site) => void (site.journal.signed = 5_000), 4_865],
      [(site) => void (site.journal.cosigned = 4_900), 4_865],
      [(site) => void (site.needed = 5_121), 5_121],
      [(site) => void (site.needed = 5_120), 4_865],
    ];
    for (const [limit, first] of limits) {
      const site = pruning(old);
      limit(site);
      await passes(site, 2 * hour);
      expect(site.journal.first()).toBe(first);
    }
    const site = pruning(old, { mustBeWitnessed: true });
    await passes(site, 2 * hour);
    expect(site.journal.first()).toBe(1);
  });

  test("not within a day of the clock being set: by a wrong one everything is old (T37)", async () => {
    const site = pruning(old);
    site.at(site.clock.wall());
    site.add("ClockStepped", { seconds: 40_000_000 });
    await passes(site, 20 * hour);
    expect(site.journal.first()).toBe(1);
    await passes(site, 6 * hour);
    expect(site.journal.first()).toBeGreaterThan(1);
  });

  test("what was cut off before it was told is told at the next start", () => {
    const { journal, add, clock } = filled(...old);
    journal.pruned = 512;
    const noted: unknown[] = [];
    const note = (type: string, payload: JsonObject): void =>
      void noted.push([type, payload["from"], payload["to"]]);
    const parts = {
      journal,
      clock,
      retention,
      mustBeWitnessed: false,
      chronicle: { note } as JournalPruningOptions["chronicle"],
    };
    const others = { isSpaceShort: async () => false, oldestNeeded: () => 0, carried: () => ({}) };
    new JournalPruning({ ...parts, ...others }).start();
    expect(noted).toEqual([["JournalPruned", 1, 512]]);
    add("JournalPruned", { from: 1, to: 512 });
    new JournalPruning({ ...parts, ...others }).start();
    expect(noted).toHaveLength(1);
  });
});

test("the oldest record that somebody reads: of a cursor, of who is where, of an alarm that is open", () => {
  const { journal, clock } = filled([400, 500], [300, 500], [10, 500]);
  const readers = {
    slowestCursor: () => 1_400,
    presenceSaved: () => 1_450,
    openSince: () => [wallTime(clock.wall() - 300 * day)],
  };
  expect(oldestNeeded(journal, readers)).toBe(501);
  expect(oldestNeeded(journal, { ...readers, openSince: () => [] })).toBe(1_401);
  expect(
    oldestNeeded(journal, { ...readers, openSince: () => [], slowestCursor: () => Number.POSITIVE_INFINITY }),
  ).toBe(1_450);
});

test("a lockdown, an open alarm and the rules hold over a restart after the records that say so are gone", async () => {
  const options: { -readonly [K in keyof ControllerOptions]?: ControllerOptions[K] } = {
    about: { configuration: "abc" },
  };
  const site = await SiteInOneProcess.open({ options });
  await site.services.lockDown("v1", "admin", "drill");
  await site.passes(1_000);
  const lockedDown = site.disk.last();
  const padding = Array.from({ length: 500 }, () => ({ type: "Noted", at: site.clock.now(), payload: {} }));
  for (let batch = 0; batch < 10; batch++) site.disk.append(padding);
  await site.passes(120_000);
  site.moveDoor("outer", "force");
  await site.passes(1_000);
  const alarms = site.services.alarms().map(({ id }) => id);
  expect(alarms).toContain("v1.outer.DoorForcedOpen");
  const journal = new PrunedJournal(site.journal);
  const tiny = { age: 100_000, records: 100_000, floor: { age: 60_000, records: 10 } };
  options.journal = journal;
  options.presence = new MemoryPresence();
  const slowestCursor = () => Number.POSITIVE_INFINITY;
  options.keeping = { pruning: { journal, retention: tiny, mustBeWitnessed: false, slowestCursor } };
  site.killController();
  await site.startController();
  await site.passes(hour + 1_000);
  await site.passes(20_000);
  expect(journal.pruned).toBeGreaterThan(lockedDown + 4_000);
  expect(journal.query({ type: "LockdownOrdered", limit: 1 })).toEqual([]);
  site.killController();
  site.killInterlock();
  await site.startInterlock();
  await site.startController();
  await site.passes(2_000);
  expect(site.vestibule().mode).toBe("lockdown");
  expect(site.services.alarms().map(({ id }) => id)).toEqual(expect.arrayContaining(alarms));
  expect(site.services.alarms().some(({ type }) => type === "ConfigurationChanged")).toBe(false);
});
