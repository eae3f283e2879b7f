import { describe, expect, test } from "vitest";
import { anna, porter, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import type { OverriddenDoors } from "../domain/interlock/interlock.ts";

const why = "seen on the camera";

/** What the action comes to, once whatever it set going has come to rest. */
async function settled<Outcome>(site: SiteInOneProcess, action: Promise<Outcome>): Promise<Outcome> {
  await site.settles();
  await site.passes(2_100);
  return await action;
}

const lockDown = (site: SiteInOneProcess) => settled(site, site.services.lockDown("v1", "wang", why));
const override = (site: SiteInOneProcess, operator: string, doors: OverriddenDoors = "both") =>
  settled(site, site.services.override("v1", doors, operator, why));
const locks = (site: SiteInOneProcess) => [site.lock("outer"), site.lock("inner")];

describe("R14: lockdown", () => {
  test("secures what is released, refuses cards and buttons without a look, and shows neutral words", async () => {
    const site = await SiteInOneProcess.open();
    await site.present(porter.card);
    await site.passes(100);
    expect(site.lock("outer")).toBe("released");
    const outcome = await lockDown(site);
    expect(outcome).toEqual({ confirmed: true, recorded: true, lockdown: { order: true, input: false } });
    expect(locks(site)).toEqual(["secured", "secured"]);
    expect(site.records("LockdownOrdered")[0]?.payload).toEqual({
      vestibule: "v1",
      operator: "wang",
      reason: why,
    });
    expect(site.records("DoorSecured").at(-1)?.payload).toMatchObject({ door: "outer", cause: "lockdown" });
    expect(site.vestibule()).toMatchObject({
      mode: "lockdown",
      displays: { "outer-entry": { text: "closed" } },
    });

    await site.passes(5_000);
    await site.present(anna.card);
    expect(site.records("AccessDenied").at(-1)?.payload).toMatchObject({ reason: "lockdown" });
    expect(site.vision.verifications()).toEqual([]);
    site.setInput("inner.rex", true);
    await site.passes(500);
    expect(site.records("EgressDenied").at(-1)?.payload).toMatchObject({ reason: "lockdown" });
  });

  test("a face that was being compared when it came opens nothing", async () => {
    const site = await SiteInOneProcess.open();
    await site.present(anna.card);
    const ordered = site.services.lockDown("v1", "wang", why);
    site.vision.accept();
    await settled(site, ordered);
    expect(site.records("AccessDenied")[0]?.payload).toMatchObject({ reason: "lockdown" });
    expect(site.records("AccessGranted")).toEqual([]);
  });

  test("lifted, cards are good again; with the switch still on they are not", async () => {
    const site = await SiteInOneProcess.open();
    await lockDown(site);
    site.setInput("lockdown", true);
    const lifted = await settled(site, site.services.liftLockdown("v1", "li"));
    expect(lifted).toEqual({ confirmed: true, recorded: true, lockdown: { order: false, input: true } });
    expect(site.vestibule().mode).toBe("lockdown");
    await site.present(porter.card);
    expect(site.records("AccessDenied").at(-1)?.payload).toMatchObject({ reason: "lockdown" });
    site.setInput("lockdown", null);
    await site.passes(1_000);
    await site.present(porter.card);
    expect(site.records("AccessGranted")).toHaveLength(1);
  });

  test("a silent interlock has not confirmed it, and does it as soon as it is back", async () => {
    const site = await SiteInOneProcess.open();
    site.killInterlock();
    expect(await lockDown(site)).toEqual({ confirmed: false, recorded: true });
    await site.startInterlock();
    await site.passes(1_000);
    expect(site.vestibule()).toMatchObject({ mode: "lockdown", condition: { lockdown: { order: true } } });
  });

  test.each(["interlock", "controller", "both"])("is what it was after the death of %s", async (dies) => {
    const site = await SiteInOneProcess.open();
    await lockDown(site);
    if (dies !== "interlock") site.killController();
    if (dies !== "controller") site.killInterlock();
    await site.passes(500);
    if (dies !== "controller") await site.startInterlock();
    if (dies !== "interlock") await site.startController();
    await site.passes(2_000);
    expect(site.vestibule().mode).toBe("lockdown");
    await site.present(porter.card);
    expect(site.records("AccessDenied").at(-1)?.payload).toMatchObject({ reason: "lockdown" });
    expect(site.records("LockdownEnded")).toEqual([]);
  });
});

describe("R13: override", () => {
  test("two operators release both doors although one stands open; it ends by itself, on record throughout", async () => {
    const site = await SiteInOneProcess.open();
    site.setInput("outer.contact", true);
    await site.passes(500);
    site.trace.length = 0;
    const proposed = await override(site, "wang");
    expect(proposed).toMatchObject({ is: "proposed", recorded: true });
    expect(locks(site)).toEqual(["secured", "secured"]);
    expect(site.vestibule().condition?.proposal).toMatchObject({ operator: "wang", doors: "both" });
    const begun = site.clock.wall();
    const done = await override(site, "li");
    expect(done).toEqual({
      ...{ is: "overridden", operators: ["wang", "li"], recorded: true },
      until: begun + 60_000,
    });
    expect(locks(site)).toEqual(["released", "released"]);
    expect(site.trace.indexOf("durable OverrideRequested")).toBeGreaterThan(-1);
    expect(site.trace.lastIndexOf("durable OverrideRequested")).toBeLessThan(
      site.trace.indexOf("outer released"),
    );
    expect(site.vestibule()).toMatchObject({
      mode: "override",
      displays: {
        "inner-exit": { text: "doorOpen" },
        "outer-exit": { text: "doorOpen" },
        "outer-entry": { text: "keepClear" },
      },
    });
    expect(site.alarm("v1.EmergencyOverride")).toMatchObject({ priority: "critical", detail: "wang, li" });
    site.setInput("outer.contact", null);
    await site.passes(60_000);
    expect(locks(site)).toEqual(["secured", "secured"]);
    expect(site.vestibule().mode).toBe("normal");
    expect(site.alarm("v1.EmergencyOverride")).toMatchObject({ phase: "returned-unacknowledged" });
  });

  test("one operator alone is refused, and after half a minute so is joining", async () => {
    const site = await SiteInOneProcess.open();
    await override(site, "wang", "inner");
    expect(await override(site, "wang", "inner")).toEqual({ is: "refused", reason: "samePerson" });
    await site.passes(30_000);
    expect(site.records("OverrideLapsed")).toHaveLength(1);
    expect(await override(site, "li", "inner")).toMatchObject({ is: "proposed" });
    expect(locks(site)).toEqual(["secured", "secured"]);
  });

  test("R14: lockdown stands above it", async () => {
    const site = await SiteInOneProcess.open();
    await lockDown(site);
    expect(await override(site, "wang")).toEqual({ is: "refused", reason: "lockdown" });
  });

  test("nothing is asked of a silent interlock", async () => {
    const site = await SiteInOneProcess.open();
    site.killInterlock();
    expect(await site.services.override("v1", "both", "wang", why)).toEqual({ is: "unanswered" });
    expect(await site.services.resetEmergency("v1", "wang", why)).toEqual({ is: "unanswered" });
    await site.startInterlock();
    await site.passes(2_000);
    expect(await override(site, "li")).toMatchObject({ is: "proposed" });
  });
});

describe("with a disk that refuses", () => {
  test("R14, R15: lockdown, its lifting and an override do what they do, and are on record, in order, once it writes again", async () => {
    const site = await SiteInOneProcess.open();
    const before = site.disk.last();
    site.disk.setDiskFull(true);
    expect(await lockDown(site)).toMatchObject({ confirmed: true, recorded: false });
    expect(await settled(site, site.services.liftLockdown("v1", "wang"))).toMatchObject({
      confirmed: true,
      recorded: false,
    });
    expect(await override(site, "wang", "outer")).toMatchObject({ is: "proposed", recorded: false });
    expect(await override(site, "li", "outer")).toMatchObject({ is: "overridden", recorded: false });
    expect(locks(site)).toEqual(["released", "secured"]);
    expect(site.disk.last()).toBe(before);
    site.disk.setDiskFull(false);
    await site.passes(2_000);
    const told = site
      .types(before)
      .filter((type) => /^(Lockdown|Override)(Ordered|LiftOrdered|Requested|Started)$/.test(type));
    expect(told.filter((type) => type.startsWith("Lockdown")).sort()).toEqual([
      "LockdownLiftOrdered",
      "LockdownOrdered",
      "LockdownStarted",
    ]);
    expect(told.filter((type) => type.startsWith("Override"))).toEqual([
      "OverrideRequested",
      "OverrideRequested",
      "OverrideStarted",
    ]);
  });

  test("R15: failing exactly at the override, it does not close the door that is being opened", async () => {
    const site = await SiteInOneProcess.open();
    await override(site, "wang", "outer");
    site.journal.refuses = (entries) => entries.some(({ type }) => type === "OverrideRequested");
    expect(await override(site, "li", "outer")).toMatchObject({ is: "overridden", recorded: false });
    expect(site.lock("outer")).toBe("released");
  });
});
