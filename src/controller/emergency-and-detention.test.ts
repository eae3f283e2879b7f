import { describe, expect, test } from "vitest";
import { anna, bo, porter, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import type { OverriddenDoors } from "../domain/interlock/interlock.ts";

const why = "seen on the camera";

/** What the action comes to, once whatever it set going has come to rest. */
async function settled<Outcome>(site: SiteInOneProcess, action: Promise<Outcome>): Promise<Outcome> {
  await site.settles();
  await site.passes(2_100);
  return await action;
}

const override = (site: SiteInOneProcess, operator: string, doors: OverriddenDoors) =>
  settled(site, site.services.override("v1", doors, operator, why));
const locks = (site: SiteInOneProcess) => [site.lock("outer"), site.lock("inner")];

async function fire(site: SiteInOneProcess, active: boolean): Promise<void> {
  site.setInput("fire", active);
  await site.passes(1_000);
}

describe("R12: an emergency", () => {
  test("releases both doors, is latched, and is reset only once the input is quiet again", async () => {
    const site = await SiteInOneProcess.open();
    await fire(site, true);
    expect(locks(site)).toEqual(["released", "released"]);
    expect(site.vestibule()).toMatchObject({
      mode: "emergency",
      displays: {
        "inner-exit": { text: "doorOpen" },
        "outer-exit": { text: "doorOpen" },
        "outer-entry": { text: "keepClear" },
        "inner-entry": { text: "keepClear" },
      },
    });
    expect(site.alarm("v1.EmergencyRelease")).toMatchObject({ priority: "critical" });
    const reset = () => settled(site, site.services.resetEmergency("v1", "wang", why));
    expect(await reset()).toEqual({ is: "refused", reason: "stillActive" });
    await site.present(anna.card);
    expect(site.records("AccessDenied").at(-1)?.payload).toMatchObject({ reason: "interlocked" });
    await fire(site, false);
    expect(locks(site)).toEqual(["released", "released"]);
    expect(await reset()).toEqual({ is: "reset", recorded: true });
    expect(locks(site)).toEqual(["secured", "secured"]);
    expect(site.alarm("v1.EmergencyRelease")).toMatchObject({ phase: "returned-unacknowledged" });
    expect(await reset()).toEqual({ is: "refused", reason: "notActive" });
    expect(site.records("EmergencyResetRequested").at(-1)?.payload).toMatchObject({
      operator: "wang",
      comment: why,
    });
  });

  test.each(["interlock", "controller", "both"])(
    "that nobody reset is one after the death of %s, though the fire panel is quiet",
    async (dies) => {
      const site = await SiteInOneProcess.open();
      await fire(site, true);
      await fire(site, false);
      if (dies !== "interlock") site.killController();
      if (dies !== "controller") site.killInterlock();
      await site.passes(500);
      if (dies !== "controller") await site.startInterlock();
      if (dies !== "interlock") await site.startController();
      await site.passes(2_000);
      expect(locks(site)).toEqual(["released", "released"]);
      expect(site.vestibule().mode).toBe("emergency");
      expect(site.alarm("v1.EmergencyRelease")).toMatchObject({ phase: "active-unacknowledged" });
    },
  );

  test("reset while the disk refused, and forgotten with the controller: doors stay shut", async () => {
    const site = await SiteInOneProcess.open();
    await fire(site, true);
    await fire(site, false);
    site.disk.setDiskFull(true);
    expect(await settled(site, site.services.resetEmergency("v1", "wang", why))).toMatchObject({
      is: "reset",
    });
    site.killController();
    site.disk.setDiskFull(false);
    await site.startController();
    await site.passes(2_000);
    expect(locks(site)).toEqual(["secured", "secured"]);
    expect(site.vestibule().mode).toBe("normal");
    expect(site.records("EmergencyReset")).toHaveLength(1);
    expect(site.alarm("v1.EmergencyRelease")).toMatchObject({ phase: "returned-unacknowledged" });
  });

  test("housing and mains are alarms of the vestibule, over also where nobody saw them end", async () => {
    const site = await SiteInOneProcess.open();
    site.setInput("tamper", true);
    site.setInput("mains", false);
    await site.passes(100);
    expect(site.vestibule().condition).toMatchObject({ tampered: true, mains: false });
    expect(site.alarm("v1.Tampered")).toMatchObject({ priority: "high" });
    expect(site.alarm("v1.MainsLost")).toMatchObject({ priority: "medium" });
    site.killController();
    site.killInterlock();
    site.setInput("tamper", null);
    site.setInput("mains", null);
    await site.startInterlock();
    await site.startController();
    await site.passes(2_000);
    expect(site.alarm("v1.Tampered"), "its end nobody saw").toMatchObject({
      phase: "returned-unacknowledged",
    });
    expect(site.alarm("v1.MainsLost")).toMatchObject({ phase: "returned-unacknowledged" });
  });
});

describe("R15: a person detained", () => {
  async function inside(site: SiteInOneProcess): Promise<void> {
    await site.goesThrough(bo);
    await site.passes(120_000);
    expect(site.alarm("v1.PersonDetained")).toMatchObject({
      priority: "high",
      phase: "active-unacknowledged",
    });
    expect(site.vestibule()).toMatchObject({ occupancy: 1, condition: { detained: true } });
  }

  async function gone(site: SiteInOneProcess): Promise<void> {
    expect(site.vestibule()).toMatchObject({ occupancy: 0, condition: { detained: false } });
    expect(site.alarm("v1.PersonDetained")).toMatchObject({ phase: "returned-unacknowledged" });
  }

  test("is an alarm, and leaves with the card by the door they came in through", async () => {
    const site = await SiteInOneProcess.open();
    await inside(site);
    await site.present(porter.card, "outer-exit");
    await site.passes(200);
    site.moveDoor("outer", "open");
    await site.passes(6_000);
    await gone(site);
  });

  test("leaves by the button", async () => {
    const site = await SiteInOneProcess.open();
    await inside(site);
    site.setInput("outer.rex", true);
    await site.passes(200);
    site.moveDoor("outer", "open");
    await site.passes(6_000);
    await gone(site);
  });

  test("where the other door's fault keeps R1 from holding, leaves by an override", async () => {
    const site = await SiteInOneProcess.open();
    await inside(site);
    site.setInput("inner.contact", true);
    await site.passes(1_000);
    site.setInput("outer.rex", true);
    await site.passes(500);
    expect(site.records("EgressDenied").at(-1)?.payload).toMatchObject({ reason: "interlocked" });
    await override(site, "wang", "outer");
    await override(site, "li", "outer");
    site.moveDoor("outer", "open");
    await site.passes(1_000);
    await gone(site);
  });

  test.each(["interlock", "controller"])("is still counted after the death of the %s", async (dies) => {
    const site = await SiteInOneProcess.open();
    await inside(site);
    if (dies === "interlock") {
      site.killInterlock();
      await site.passes(500);
      await site.startInterlock();
    } else {
      site.killController();
      await site.startController();
    }
    await site.passes(2_000);
    expect(site.vestibule().occupancy).toBe(1);
    expect(site.alarm("v1.PersonDetained")).toMatchObject({ phase: "active-unacknowledged" });
    await site.passes(120_000);
    expect(site.vestibule().condition?.detained).toBe(true);
  });
});
