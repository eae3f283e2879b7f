import { describe, expect, test } from "vitest";
import { anna, bo, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";

/** The interlock and vision go on, as they do when the controller alone is killed. */
async function restartController(site: SiteInOneProcess): Promise<void> {
  site.killController();
  await site.startController();
  await site.passes(1_000);
}

/** As after a power cut: every process is new. */
async function restartAll(site: SiteInOneProcess, meanwhile: () => void = () => {}): Promise<void> {
  site.killController();
  site.killVision();
  site.killInterlock();
  await site.passes(1_000);
  meanwhile();
  await site.startInterlock();
  site.startVision();
  await site.startController();
  await site.passes(4_000);
}

test("open alarms are as they were: who acknowledged, since when, how often, with which pictures", async () => {
  const site = await SiteInOneProcess.open();
  site.moveDoor("outer", "force");
  await site.present("9999", "inner-exit");
  await site.present(anna.card, "inner-entry");
  await site.passes(500);
  await site.services.reportLost(anna.card, "admin");
  await site.passes(6_000);
  await site.present(anna.card);
  await site.settles();
  await site.services.acknowledge("v1.outer-entry.LostCardUsed", "admin", "called her");
  site.moveDoor("inner", "force");
  await site.passes(500);
  await site.services.acknowledge("v1.inner.DoorForcedOpen", "admin", "guard sent");
  const before = site.services.alarms();
  expect(before.length).toBeGreaterThan(1);
  await restartController(site);
  expect(site.services.alarms().filter(({ type }) => type !== "ControllerLost")).toEqual(before);
  expect(site.alarm("v1.inner.DoorForcedOpen")).toMatchObject({
    phase: "active-acknowledged",
    acknowledged: { by: "admin", comment: "guard sent" },
  });
});

describe("A6, T25: a lock-out outlasts the controller", () => {
  const levels = [
    { name: "staff", vestibules: "all", accessPoints: "all", schedule: "always", mode: "card+pin" },
  ] as const;
  const guesses = async (site: SiteInOneProcess): Promise<void> => {
    for (let guess = 0; guess < 3; guess++) {
      await site.present(anna.card);
      await site.press("1357#");
      await site.passes(5_000);
    }
  };
  const refusals = (site: SiteInOneProcess) =>
    site.records("AccessDenied").map(({ payload }) => payload["reason"]);
  const wrong = ["wrongPin", "wrongPin", "wrongPin"];

  test.each([
    ["that was killed", restartController],
    ["that lost its power with everything else", restartAll],
  ])("%s, and no longer than it would have lasted", async (_, restart) => {
    const site = await SiteInOneProcess.open({ policy: { levels } });
    for (const person of [anna, bo]) site.setPin(person, "2468", "9753");
    await guesses(site);
    await restart(site);
    await site.present(anna.card, "inner-exit");
    // Nobody else's keypad guess either: it is the place that is locked.
    await site.passes(2_000);
    await site.present(bo.card);
    expect(refusals(site)).toEqual([...wrong, "lockedOut", "lockedOut"]);
    await site.passes(60_000);
    expect(site.records("CardLockoutEnded")).toHaveLength(1);
    expect(site.records("KeypadLockoutEnded")).toHaveLength(1);
    await site.present(anna.card);
    await site.press("2468#");
    await site.passes(100);
    expect(site.lock("outer")).toBe("released");
  });

  test("that was long enough without power locks nobody", async () => {
    const site = await SiteInOneProcess.open({ policy: { levels } });
    site.setPin(anna, "2468", "9753");
    await guesses(site);
    site.killController();
    await site.passes(60_000);
    await site.startController();
    await site.passes(1_000);
    await site.present(anna.card);
    expect(refusals(site)).toEqual(wrong);
  });
});

test("people between the doors are still counted", async () => {
  const site = await SiteInOneProcess.open();
  await site.goesThrough(anna);
  await site.goesThrough(bo);
  await site.goesThrough(anna, "inner-entry");
  expect(site.vestibule().occupancy).toBe(1);
  await restartController(site);
  expect(site.vestibule().occupancy).toBe(1);
});

test("R11: whoever leaves by the button is no longer counted, before and after a restart", async () => {
  const site = await SiteInOneProcess.open();
  await site.goesThrough(anna);
  site.setInput("outer.rex", true);
  await site.passes(200);
  site.moveDoor("outer", "open");
  await site.passes(6_000);
  expect(site.vestibule().occupancy).toBe(0);
  await restartController(site);
  expect(site.vestibule().occupancy).toBe(0);
});

test("what the interlock saw while no controller ran is on record once, as it happened", async () => {
  const site = await SiteInOneProcess.open();
  site.killController();
  site.moveDoor("outer", "force");
  await site.passes(10_000);
  const before = site.disk.last();
  await site.startController();
  await site.passes(1_000);
  const types = site.types(before);
  for (const type of ["ControllerLost", "DoorForcedOpen", "DoorClosed", "ControllerReturned"]) {
    expect(types.filter((one) => one === type)).toHaveLength(1);
  }
  await restartController(site);
  expect(site.records("DoorForcedOpen")).toHaveLength(1);
  expect(site.alarm("v1.outer.DoorForcedOpen")?.phase).toBe("returned-unacknowledged");
});

describe("an alarm whose cause went away while nobody could see it returns", () => {
  test.each(["LockFault", "DoorHeldOpen", "DoorForcedOpen"])(
    "%s of a door that is secure now",
    async (alarm) => {
      const site = await SiteInOneProcess.open();
      site.setInput("outer.contact", true);
      await site.passes(500);
      site.setInput("outer.contact", null);
      site.setInput("outer.bolt", true);
      await site.passes(5_000);
      site.setInput("outer.contact", true);
      await site.passes(20_000);
      expect(site.alarm(`v1.outer.${alarm}`)).toMatchObject({ phase: "active-unacknowledged" });
      await restartAll(site, () => {
        site.setInput("outer.contact", null);
        site.setInput("outer.bolt", null);
      });
      expect(site.alarm(`v1.outer.${alarm}`)).toMatchObject({ phase: "returned-unacknowledged" });
    },
  );

  test("InterlockViolated, once both doors are secure", async () => {
    const site = await SiteInOneProcess.open();
    site.moveDoor("outer", "force");
    site.moveDoor("inner", "force");
    await site.passes(500);
    expect(site.alarm("v1.InterlockViolated")).toMatchObject({ phase: "active-unacknowledged" });
    await restartAll(site, () => {
      site.moveDoor("outer", "close");
      site.moveDoor("inner", "close");
    });
    expect(site.alarm("v1.InterlockViolated")).toMatchObject({ phase: "returned-unacknowledged" });
  });

  test("a camera that was mended", async () => {
    const site = await SiteInOneProcess.open();
    site.vision.health("street", { type: "CameraCovered", detail: "black" });
    await restartAll(site);
    expect(site.alarm("street.CameraCovered")).toMatchObject({ phase: "returned-unacknowledged" });
    expect(site.records("CameraRestored")).toHaveLength(1);
  });

  test("a disk that was cleared, within its hysteresis", async () => {
    const site = await SiteInOneProcess.open();
    site.freeBytes = 0.9e8;
    await site.passes(20_000);
    expect(site.alarm("site.DiskNearlyFull")).toMatchObject({ phase: "active-unacknowledged" });
    await restartAll(site, () => {
      site.freeBytes = 1.05e8;
    });
    expect(site.alarm("site.DiskNearlyFull")).toMatchObject({ phase: "active-unacknowledged", count: 1 });
    site.freeBytes = 2e8;
    await site.passes(20_000);
    expect(site.alarm("site.DiskNearlyFull")).toMatchObject({ phase: "returned-unacknowledged" });
  });

  test("a disk that is written again", async () => {
    const site = await SiteInOneProcess.open();
    site.disk.setDiskFull(true);
    await site.present("9999");
    await site.settles();
    site.disk.setDiskFull(false);
    // Killed between the alarm's record and that of its end.
    site.journal.refuses = (entries) => entries.some(({ type }) => type === "StorageRestored");
    await site.passes(1_000);
    expect(site.records("AlarmRaised").some(({ payload }) => payload.alarm === "StorageFault")).toBe(true);
    site.journal.refuses = () => false;
    await restartAll(site);
    expect(site.alarm("site.StorageFault")).toMatchObject({ phase: "returned-unacknowledged" });
  });
});

test("a camera's alarm that goes on is neither raised again nor taken back by a restart of the controller", async () => {
  const site = await SiteInOneProcess.open();
  site.vision.health("street", { type: "CameraCovered", detail: "black" });
  await site.services.acknowledge("street.CameraCovered", "admin", "the painter");
  await restartController(site);
  expect(site.alarm("street.CameraCovered")).toMatchObject({ phase: "active-acknowledged", count: 1 });
  await site.present(anna.card);
  expect(site.records("AccessDenied")[0]?.payload).toMatchObject({ reason: "cameraFault" });
});

test("a controller that stops in order secures the doors and records it last", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  site.vision.accept();
  await site.passes(300);
  expect(site.lock("outer")).toBe("released");
  await site.stopController();
  expect(site.lock("outer")).toBe("secured");
  expect(site.types().at(-1)).toBe("ControllerStopped");
  const before = site.disk.last();
  await site.passes(10_000);
  expect(site.disk.last()).toBe(before);
});
