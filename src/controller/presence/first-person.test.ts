import { describe, expect, test } from "vitest";
import { anna, porter, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import { sitePlan } from "../../../test/support/site-plan-for-tests.ts";
import type { ScheduleSpan } from "../../domain/access/access.ts";
import { holidaysOn } from "../../domain/rules/rules-for-tests.ts";
import { wallTime } from "../../domain/time.ts";
import { MemoryPresence } from "../../simulation/memory-presence.ts";
import { SiteCalendar } from "../local-time.ts";
import { openedSchedules } from "./first-person.ts";

const everyDay = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const morning: ScheduleSpan = { days: everyDay, from: 8 * 60, to: 12 * 60 };
const night: ScheduleSpan = { days: everyDay, from: 22 * 60, to: 6 * 60 };

/** Whether somebody of the guards who came in at `entered` has opened the schedule at `now`. */
function opened(
  spans: readonly ScheduleSpan[],
  {
    entered,
    now,
    zone = "UTC",
    holidays = [],
  }: {
    readonly entered: string;
    readonly now: string;
    readonly zone?: string;
    readonly holidays?: readonly string[];
  },
): boolean {
  const schedule = { name: "hours", spans, firstPerson: "guards" };
  const level = { name: "staff", vestibules: "all", accessPoints: "all", schedule, mode: "card" } as const;
  const entries = new Map([["guards", { wall: wallTime(Date.parse(entered)), seq: 1 }]]);
  const policy = { ...sitePlan({}).policy, levels: [level] };
  const calendar = new SiteCalendar(zone, holidaysOn(...holidays));
  return openedSchedules(policy, entries, calendar, wallTime(Date.parse(now))).includes("hours");
}

describe("A2: first person in", () => {
  test.each([
    ["since it began", "2026-05-04T08:00:00Z", "2026-05-04T11:59:59Z", true],
    ["a moment before it began", "2026-05-04T07:59:59.999Z", "2026-05-04T08:30:00Z", false],
    ["the day before", "2026-05-03T08:30:00Z", "2026-05-04T08:30:00Z", false],
    ["today, and now it is over", "2026-05-04T08:30:00Z", "2026-05-04T12:00:00Z", false],
    [
      "at a time that is still to come: the clock was put back",
      "2026-05-05T08:30:00Z",
      "2026-05-04T08:30:00Z",
      false,
    ],
    [
      "a little later than now: the clock was put right",
      "2026-05-04T08:30:02Z",
      "2026-05-04T08:30:00Z",
      true,
    ],
  ])("somebody came in %s", (_, entered, now, expected) => {
    expect(opened([morning], { entered, now })).toBe(expected);
  });

  test.each([
    ["in the evening, and it is after midnight", "2026-05-03T22:00:00Z", "2026-05-04T05:59:59Z", true],
    ["after midnight", "2026-05-04T00:10:00Z", "2026-05-04T05:00:00Z", true],
    ["last night", "2026-05-03T23:00:00Z", "2026-05-04T22:30:00Z", false],
  ])("over midnight: %s", (_, entered, now, expected) => {
    expect(opened([night], { entered, now })).toBe(expected);
  });

  test("each span by itself: the afternoon waits for somebody too", () => {
    const afternoon: ScheduleSpan = { days: everyDay, from: 12 * 60, to: 18 * 60 };
    const entered = "2026-05-04T09:00:00Z";
    expect(opened([morning, afternoon], { entered, now: "2026-05-04T11:00:00Z" })).toBe(true);
    expect(opened([morning, afternoon], { entered, now: "2026-05-04T13:00:00Z" })).toBe(false);
  });

  test("a holiday has no span of its weekday, and an overnight one belongs to the day on which it began", () => {
    const entered = "2026-05-03T22:30:00Z";
    const holidays = ["2026-05-04"];
    expect(opened([night], { entered, now: "2026-05-04T01:00:00Z", holidays })).toBe(true);
    expect(opened([night], { entered: "2026-05-04T22:30:00Z", now: "2026-05-04T23:00:00Z", holidays })).toBe(
      false,
    );
  });

  test("a whole day begins at its midnight, whatever clocks do then", () => {
    const days: ScheduleSpan = { days: everyDay, from: 0, to: 1_440 };
    // In Beirut 00:00 becomes 01:00 in spring: the day begins at 22:00 UTC of the day before.
    const zone = "Asia/Beirut";
    expect(opened([days], { zone, entered: "2026-03-28T22:00:00Z", now: "2026-03-29T20:59:59Z" })).toBe(true);
    expect(opened([days], { zone, entered: "2026-03-28T21:59:59Z", now: "2026-03-28T22:00:00Z" })).toBe(
      false,
    );
    expect(opened([days], { zone, entered: "2026-03-28T22:00:00Z", now: "2026-03-29T21:00:00Z" })).toBe(
      false,
    );
  });

  test("what the clock skips begins when it does", () => {
    const early: ScheduleSpan = { days: everyDay, from: 150, to: 300 };
    // In Berlin 02:30 does not exist that day: the span runs from 03:00, which is 01:00 UTC.
    const zone = "Europe/Berlin";
    expect(opened([early], { zone, entered: "2026-03-29T01:00:00Z", now: "2026-03-29T01:10:00Z" })).toBe(
      true,
    );
    expect(opened([early], { zone, entered: "2026-03-29T00:59:59Z", now: "2026-03-29T01:10:00Z" })).toBe(
      false,
    );
  });

  test("what comes twice begins with the first and ends with the last", () => {
    const early: ScheduleSpan = { days: everyDay, from: 150, to: 170 };
    const zone = "Europe/Berlin";
    // 02:35 before, and 02:45 after the clock was put back at 03:00.
    const entered = "2026-10-25T00:35:00Z";
    expect(opened([early], { zone, entered, now: "2026-10-25T01:45:00Z" })).toBe(true);
    expect(opened([early], { zone, entered: "2026-10-25T00:29:59Z", now: "2026-10-25T01:45:00Z" })).toBe(
      false,
    );
  });

  test("by zones of half an hour and three quarters", () => {
    const kolkata = { zone: "Asia/Kolkata", now: "2026-05-04T03:00:00Z" };
    expect(opened([morning], { ...kolkata, entered: "2026-05-04T02:30:00Z" })).toBe(true);
    expect(opened([morning], { ...kolkata, entered: "2026-05-04T02:29:59Z" })).toBe(false);
    const kathmandu = { zone: "Asia/Kathmandu", now: "2026-05-04T03:00:00Z" };
    expect(opened([morning], { ...kathmandu, entered: "2026-05-04T02:15:00Z" })).toBe(true);
    expect(opened([morning], { ...kathmandu, entered: "2026-05-04T02:14:59Z" })).toBe(false);
  });
});

describe("A2 at the doors", () => {
  const always: ScheduleSpan = { days: [...everyDay, "holiday"], from: 0, to: 1_440 };
  const schedule = { name: "hours", spans: [always], firstPerson: "guards" };
  const everywhere = { vestibules: "all", accessPoints: "all" } as const;
  const levels = [
    { name: "staff", ...everywhere, schedule, mode: "card+face" },
    { name: "porters", ...everywhere, schedule, mode: "card" },
  ] as const;

  const openSite = async () => {
    const site = await SiteInOneProcess.open({
      policy: { levels },
      options: { presence: new MemoryPresence() },
    });
    site.directory.change(site.cardholder(anna), { groups: ["guards"] });
    return site;
  };
  const porterIsLetIn = async (site: SiteInOneProcess): Promise<boolean> => {
    const before = site.records("AccessGranted").length;
    await site.present(porter.card);
    await site.passes(10_000);
    return site.records("AccessGranted").length > before;
  };

  test("nobody else comes in before one of the group is in the secure area; the next day it begins anew", async () => {
    const site = await openSite();
    expect(await porterIsLetIn(site)).toBe(false);
    expect(site.records("AccessDenied").at(-1)?.payload["reason"]).toBe("outOfSchedule");
    await site.goesThrough(anna);
    expect(await porterIsLetIn(site)).toBe(false);
    await site.goesThrough(anna, "inner-entry");
    expect(await porterIsLetIn(site)).toBe(true);
    site.clock.stepWall(86_400_000);
    expect(await porterIsLetIn(site)).toBe(false);
  });

  test("a restart forgets nobody, killed or not", async () => {
    const site = await openSite();
    await site.goesThrough(anna);
    await site.goesThrough(anna, "inner-entry");
    for (const stop of [async () => site.killController(), async () => await site.stopController()]) {
      await stop();
      await site.startController();
      await site.passes(2_000);
      expect(await porterIsLetIn(site)).toBe(true);
    }
  });
});
