import { describe, expect, test } from "vitest";
import { SiteInOneProcess } from "../../test/support/site-in-one-process.ts";

describe("A9, T37: the wall clock", () => {
  test.each([
    [6, "forwards"],
    [-3_600, "backwards"],
  ])("stepping by %s s is on record", async (seconds) => {
    const site = await SiteInOneProcess.open();
    site.clock.stepWall(seconds * 1_000);
    await site.passes(2_000);
    expect(site.records("ClockStepped").map(({ payload }) => payload)).toEqual([{ seconds }]);
  });

  test.each([
    [60, 0],
    [61, 1],
    [-61, 1],
    [86_400, 1],
  ])("stepping by %s s raises %s alarm, over at once", async (seconds, alarms) => {
    const site = await SiteInOneProcess.open();
    site.clock.stepWall(seconds * 1_000);
    await site.passes(2_000);
    expect(site.services.alarms().filter(({ type }) => type === "ClockStepped")).toHaveLength(alarms);
    if (alarms > 0) expect(site.alarm("site.ClockStepped")?.phase).toBe("returned-unacknowledged");
  });

  test("corrections of up to 5 s are followed and never add up to a step", async () => {
    const site = await SiteInOneProcess.open();
    for (let second = 0; second < 100; second++) {
      site.clock.stepWall(second % 2 === 0 ? 5_000 : 900);
      await site.passes(1_000);
    }
    expect(site.records("ClockStepped")).toEqual([]);
  });

  test("T37: many small ones that add up to over 60 s within an hour are an alarm, told once for each minute gained", async () => {
    const site = await SiteInOneProcess.open();
    const drifts = () => site.records("ClockDrifted").map(({ payload }) => payload);
    for (let step = 0; step < 12; step++) {
      site.clock.stepWall(-5_000);
      await site.passes(60_000);
    }
    expect(drifts()).toEqual([]);
    site.clock.stepWall(-5_000);
    await site.passes(60_000);
    expect(drifts()).toEqual([{ seconds: -65, minutes: 12 }]);
    expect(site.alarm("site.ClockStepped")).toMatchObject({ phase: "returned-unacknowledged", count: 1 });
    for (let step = 0; step < 12; step++) {
      site.clock.stepWall(-5_000);
      await site.passes(60_000);
    }
    expect(drifts()).toHaveLength(1);
    site.clock.stepWall(-1);
    await site.passes(60_000);
    expect(drifts()).toHaveLength(2);
    expect(site.records("ClockStepped")).toEqual([]);
  });

  test("T37: what a time service puts right in both directions, or slowly, is no drift", async () => {
    const site = await SiteInOneProcess.open();
    for (let step = 0; step < 200; step++) {
      site.clock.stepWall(step % 2 === 0 ? 4_900 : -4_900);
      await site.passes(10_000);
    }
    // A second a minute is sixty in an hour, and not more.
    for (let minute = 0; minute < 130; minute++) {
      site.clock.stepWall(980);
      await site.passes(60_000);
    }
    expect(site.records("ClockDrifted")).toEqual([]);
  });

  test("T37: a step that was told is no drift besides", async () => {
    const site = await SiteInOneProcess.open();
    for (let step = 0; step < 5; step++) {
      site.clock.stepWall(50_000);
      await site.passes(2_000);
    }
    expect(site.records("ClockStepped")).toHaveLength(5);
    expect(site.records("ClockDrifted")).toEqual([]);
  });

  test("a step moves no timer: a door that is released is secured in its own time", async () => {
    const site = await SiteInOneProcess.open();
    await site.present("2001");
    expect(site.lock("outer")).toBe("released");
    site.clock.stepWall(86_400_000);
    await site.passes(4_900);
    expect(site.lock("outer")).toBe("released");
    await site.passes(200);
    expect(site.lock("outer")).toBe("secured");
  });
});

describe("the disk", () => {
  test("nearly full is an alarm; free again only with a tenth more, so that it cannot flap", async () => {
    const site = await SiteInOneProcess.open();
    const steps = [1.01e8, 0.99e8, 1.05e8, 0.98e8, 1.09e8, 1.2e8, 1.05e8, 0.5e8];
    for (const free of steps) {
      site.freeBytes = free;
      await site.passes(10_000);
    }
    const told = site.disk
      .query({ limit: 1_000 })
      .filter(({ type }) => type.startsWith("Disk"))
      .map(({ type, payload }) => [type, payload.free]);
    expect(told).toEqual([
      ["DiskNearlyFull", 99000000],
      ["DiskSpaceRestored", 120000000],
      ["DiskNearlyFull", 50000000],
    ]);
    expect(site.alarm("site.DiskNearlyFull")).toMatchObject({ phase: "active-unacknowledged", count: 2 });
  });

  test("that cannot even be asked counts as full, and is asked again", async () => {
    let fails = true;
    const freeBytes = () => (fails ? Promise.reject(new Error("EIO")) : Promise.resolve(1e9));
    const site = await SiteInOneProcess.open({ options: { freeBytes } });
    expect(site.alarm("site.DiskNearlyFull")?.phase).toBe("active-unacknowledged");
    fails = false;
    await site.passes(10_000);
    expect(site.alarm("site.DiskNearlyFull")?.phase).toBe("returned-unacknowledged");
  });
});

describe("processes that were lost while nobody could record it", () => {
  const loss = (site: SiteInOneProcess, number: number, role: "interlock" | "vision") => ({
    number,
    role,
    pid: 7,
    at: site.clock.now(),
    how: "SIGKILL",
  });
  const acknowledged = (site: SiteInOneProcess) =>
    site.toSupervisor.flatMap((command) => (command.type === "acknowledgeLosses" ? [command.number] : []));

  test("are recorded once each, raise their alarm, and are acknowledged", async () => {
    const site = await SiteInOneProcess.open();
    site.loses(loss(site, 1, "vision"));
    site.loses(loss(site, 1, "vision"), loss(site, 2, "interlock"));
    expect(site.records("ProcessLost").map(({ payload }) => payload.role)).toEqual(["vision", "interlock"]);
    expect(site.alarm("site.VisionLost")?.phase).toBe("active-unacknowledged");
    expect(site.alarm("site.ControllerLost")?.detail).toBe("interlock process: SIGKILL");
    expect(acknowledged(site).at(-1)).toBe(2);
    site.loses();
    expect(site.alarm("site.VisionLost")?.phase).toBe("returned-unacknowledged");
    expect(site.state().processes.vision.state).toBe("running");
  });

  test("are not acknowledged before they are durable", async () => {
    const site = await SiteInOneProcess.open();
    site.disk.setDiskFull(true);
    site.loses(loss(site, 1, "vision"));
    await site.passes(500);
    expect(acknowledged(site)).toEqual([]);
    site.disk.setDiskFull(false);
    await site.passes(2_000);
    expect(site.records("ProcessLost")).toHaveLength(1);
    expect(acknowledged(site).at(-1)).toBe(1);
  });
});

describe("ClockUnsynchronised", () => {
  const lost = (site: SiteInOneProcess) => site.alarm("site.ClockUnsynchronised");

  test("nobody holds the clock: an alarm after the configured time, over when somebody does", async () => {
    let held: boolean | undefined = false;
    const isClockSynchronised = () => held;
    const site = await SiteInOneProcess.open({ options: { isClockSynchronised } });
    await site.passes(1_780_000);
    expect(lost(site)).toBeUndefined();
    await site.passes(30_000);
    expect(lost(site)).toMatchObject({ phase: "active-unacknowledged", priority: "medium", count: 1 });
    expect(site.records("ClockUnsynchronised").map(({ payload }) => payload)).toEqual([{ minutes: 30 }]);
    await site.passes(3_600_000);
    expect(lost(site)?.count).toBe(1);
    held = true;
    await site.passes(10_000);
    expect(lost(site)?.phase).toBe("returned-unacknowledged");
    expect(site.records("ClockSynchronised")).toHaveLength(1);
  });

  test("a time service that is away for less, and a machine that does not say, are none", async () => {
    let held: boolean | undefined = false;
    const isClockSynchronised = () => held;
    const site = await SiteInOneProcess.open({ options: { isClockSynchronised } });
    await site.passes(1_700_000);
    held = true;
    await site.passes(20_000);
    held = undefined;
    await site.passes(7_200_000);
    expect(lost(site)).toBeUndefined();
  });

  test("it ends after a restart too, where it has ended meanwhile", async () => {
    let held: boolean | undefined = false;
    const isClockSynchronised = () => held;
    const site = await SiteInOneProcess.open({ options: { isClockSynchronised } });
    await site.passes(1_900_000);
    site.killController();
    held = true;
    await site.startController();
    expect(lost(site)?.phase).toBe("returned-unacknowledged");
  });
});
