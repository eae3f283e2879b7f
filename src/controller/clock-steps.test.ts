import { describe, expect, test } from "vitest";
import { anna, bo, porter, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import { wallTime } from "../domain/time.ts";

const steps = [
  ["an hour back", -3_600_000],
  ["a day on", 86_400_000],
  ["ten years back", -315_360_000_000],
] as const;

const reasons = (site: SiteInOneProcess) =>
  site.records("AccessDenied").map(({ payload }) => payload["reason"]);

describe.each(steps)("T37: the wall clock stepped %s moves no timer", (_, step) => {
  test("A6: a lock-out lasts as long as it does, and is not opened again", async () => {
    const site = await SiteInOneProcess.open();
    for (let failure = 0; failure < 3; failure++) {
      await site.present(anna.card);
      site.vision.refuse("faceMismatch");
      await site.passes(2_000);
    }
    expect(site.records("CardLockedOut")).toHaveLength(1);
    site.clock.stepWall(step);
    await site.passes(50_000);
    await site.present(anna.card);
    expect(reasons(site).at(-1)).toBe("lockedOut");
    await site.passes(11_000);
    await site.goesThrough(anna);
    expect(site.records("AccessTaken")).toHaveLength(1);
  });

  test("A1: whoever waits for another one waits as long as before", async () => {
    const together = { count: 2, groups: [], window: 30_000, directions: "entry" } as const;
    const site = await SiteInOneProcess.open({
      policy: { doors: { "v1/outer": { multiPerson: together } } },
    });
    await site.present(anna.card);
    site.vision.accept();
    await site.passes(1_000);
    site.clock.stepWall(step);
    await site.passes(28_000);
    expect(reasons(site)).toEqual([]);
    await site.passes(1_100);
    expect(reasons(site)).toEqual(["multiPersonIncomplete"]);
  });

  test("a PIN that was asked for is waited for as long as before, and counts once", async () => {
    const level = { name: "staff", vestibules: "all", accessPoints: "all", schedule: "always" } as const;
    const site = await SiteInOneProcess.open({ policy: { levels: [{ ...level, mode: "card+pin" }] } });
    site.setPin(bo, "2468", "2469");
    await site.present(bo.card);
    await site.passes(1_000);
    site.clock.stepWall(step);
    await site.passes(14_100);
    expect(reasons(site)).toEqual(["timeout"]);
    await site.press("2468#");
    expect(site.records("AccessGranted")).toEqual([]);
    // Nor does one that was entered stay good for another card.
    await site.present(bo.card);
    await site.press("2468#");
    await site.passes(1_000);
    expect(site.records("AccessGranted")).toHaveLength(1);
    site.clock.stepWall(-step);
    await site.passes(20_000);
    await site.present(bo.card);
    await site.passes(1_000);
    expect(site.records("AccessGranted")).toHaveLength(1);
  });

  test("R6, R15: a door held open and somebody detained are told when they would have been", async () => {
    const site = await SiteInOneProcess.open();
    await site.goesThrough(anna);
    site.clock.stepWall(step);
    await site.passes(110_000);
    expect(site.records("PersonDetained")).toEqual([]);
    await site.passes(10_000);
    expect(site.records("PersonDetained")).toHaveLength(1);
    await site.present(porter.card, "outer-exit");
    site.moveDoor("outer", "prop");
    site.clock.stepWall(-step);
    await site.passes(14_000);
    expect(site.records("DoorHeldOpen")).toEqual([]);
    await site.passes(2_000);
    expect(site.records("DoorHeldOpen")).toHaveLength(1);
  });

  test("R16: nor does the interlock lose its controller", async () => {
    const site = await SiteInOneProcess.open();
    site.clock.stepWall(step);
    await site.passes(5_000);
    expect(site.records("ControllerLost")).toEqual([]);
    expect(site.vestibule().mode).toBe("normal");
  });
});

describe("T37: what goes by the wall clock follows it, both ways", () => {
  const enters = async (site: SiteInOneProcess): Promise<unknown> => {
    const before = site.records("AccessGranted").length;
    await site.present(porter.card);
    await site.passes(10_000);
    return site.records("AccessGranted").length > before ? "granted" : reasons(site).at(-1);
  };

  test("validity dates: expired a day on, good again once the clock is put right", async () => {
    const site = await SiteInOneProcess.open();
    site.directory.change(site.cardholder(porter), { validUntil: wallTime(site.clock.wall() + 3_600_000) });
    expect(await enters(site)).toBe("granted");
    site.clock.stepWall(86_400_000);
    expect(await enters(site)).toBe("expiredCredential");
    site.clock.stepWall(-86_400_000);
    expect(await enters(site)).toBe("granted");
    // Said each time, so that somebody looks at what was let in meanwhile.
    expect(site.records("ClockStepped").map(({ payload }) => payload["seconds"])).toEqual([86_400, -86_400]);
    expect(site.alarm("site.ClockStepped")?.count).toBe(2);
  });

  test("schedules: the same hour of another day is another span", async () => {
    const noon = { days: ["monday"], from: 0, to: 1_440 } as const;
    const everywhere = { vestibules: "all", accessPoints: "all" } as const;
    const schedule = { name: "mondays", spans: [noon] };
    const site = await SiteInOneProcess.open({
      policy: { levels: [{ name: "porters", ...everywhere, schedule, mode: "card" }] },
    });
    const monday = Date.parse("2026-05-04T04:00:00Z");
    site.clock.stepWall(monday - site.clock.wall());
    expect(await enters(site)).toBe("granted");
    site.clock.stepWall(86_400_000);
    expect(await enters(site)).toBe("outOfSchedule");
    site.clock.stepWall(-86_400_000);
    expect(await enters(site)).toBe("granted");
  });
});
