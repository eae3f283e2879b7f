import { describe, expect, test } from "vitest";
import { anna, bo, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import { MemoryPresence } from "../../simulation/memory-presence.ts";

const together = { count: 2, groups: [], window: 30_000, directions: "entry" } as const;

async function openForTwo(): Promise<SiteInOneProcess> {
  return await SiteInOneProcess.open({
    policy: { doors: { "v1/outer": { multiPerson: together } } },
    options: { presence: new MemoryPresence() },
  });
}

async function bothEnter(site: SiteInOneProcess): Promise<void> {
  await site.present(anna.card);
  site.vision.accept();
  await site.passes(200);
  await site.goesThrough(bo);
}

const counted = (site: SiteInOneProcess) => [
  site.vestibule().condition?.people,
  site.vestibule().occupancy,
  site.vestibule().occupancySecure,
];

const openAlarms = (site: SiteInOneProcess) => site.services.alarms().map(({ type }) => type);

test("A1, R15: two who pass together are two between the doors, and out of it, one by one", async () => {
  const site = await openForTwo();
  await bothEnter(site);
  expect(site.records("AccessTaken").map(({ payload }) => payload["cardholder"])).toEqual([
    site.cardholder(anna),
    site.cardholder(bo),
  ]);
  expect(counted(site)).toEqual([2, 2, 0]);
  await site.goesThrough(anna, "inner-entry");
  expect(counted(site)).toEqual([1, 1, 1]);
  await site.goesThrough(bo, "inner-entry");
  expect(counted(site)).toEqual([0, 0, 2]);
});

test("A1: an interlock that begins anew is told of both, and so is a controller", async () => {
  const site = await openForTwo();
  await bothEnter(site);
  site.killInterlock();
  await site.passes(1_000);
  await site.startInterlock();
  await site.passes(2_000);
  expect(counted(site)).toEqual([2, 2, 0]);
  site.killController();
  site.killInterlock();
  await site.startInterlock();
  await site.startController();
  await site.passes(2_000);
  expect(counted(site)).toEqual([2, 2, 0]);
  await site.goesThrough(anna, "inner-entry");
  expect(counted(site)).toEqual([1, 1, 1]);
});

describe("R15: an operator puts right who is between the doors", () => {
  const said = (area: "outside" | "secure" | null, cardholder: string | null) =>
    ({ cardholder, area, operator: "wang", reason: "went back unseen" }) as const;

  test("of one of two the interlock counts the other; both are told so after restarts", async () => {
    const site = await openForTwo();
    await bothEnter(site);
    await site.services.presence.reset(said("outside", site.cardholder(anna)));
    await site.passes(500);
    expect(counted(site)).toEqual([1, 1, 0]);
    expect(site.records("OccupancyCorrected").map(({ payload }) => payload["people"])).toEqual([1]);
    site.killController();
    site.killInterlock();
    await site.startInterlock();
    await site.startController();
    await site.passes(2_000);
    expect(counted(site)).toEqual([1, 1, 0]);
    await site.goesThrough(bo, "inner-entry");
    expect(counted(site)).toEqual([0, 0, 1]);
  });

  test("a detention that nobody was in is over, and the next one is told", async () => {
    const site = await openForTwo();
    await bothEnter(site);
    await site.passes(120_000);
    expect(openAlarms(site)).toContain("PersonDetained");
    await site.services.presence.reset(said("outside", null));
    await site.passes(500);
    expect(counted(site)).toEqual([0, 0, 0]);
    expect(site.records("DetentionEnded")).toHaveLength(1);
    await bothEnter(site);
    await site.passes(120_000);
    expect(site.records("PersonDetained")).toHaveLength(2);
  });

  test("who is not known to be anywhere has not been said to have left: the interlock goes on counting", async () => {
    for (const whom of [anna, undefined]) {
      const site = await openForTwo();
      await bothEnter(site);
      await site.services.presence.reset(said(null, whom === undefined ? null : site.cardholder(whom)));
      await site.passes(120_000);
      expect(site.vestibule().condition?.people).toBe(2);
      expect(openAlarms(site)).toContain("PersonDetained");
    }
  });

  test("somebody who is elsewhere anyhow changes nothing between the doors", async () => {
    const site = await openForTwo();
    await bothEnter(site);
    await site.goesThrough(anna, "inner-entry");
    await site.services.presence.reset(said("outside", site.cardholder(anna)));
    await site.passes(500);
    expect(counted(site)).toEqual([1, 1, 0]);
    expect(site.records("OccupancyCorrected")).toEqual([]);
  });
});

test("A1: a group that the controller did not see pass is known all the same: to whom it was granted", async () => {
  const site = await openForTwo();
  await site.present(anna.card);
  site.vision.accept();
  await site.passes(200);
  await site.present(bo.card);
  site.vision.accept();
  await site.passes(200);
  site.moveDoor("outer", "open");
  await site.passes(500);
  // Before the door is closed again.
  site.killController();
  await site.passes(500);
  await site.startController();
  await site.passes(6_000);
  expect(site.records("AccessTaken").map(({ payload }) => [payload["grant"], payload["people"]])).toEqual([
    ["access", 2],
  ]);
  expect(counted(site)).toEqual([2, 2, 0]);
  await site.goesThrough(anna, "inner-entry");
  expect(counted(site)).toEqual([1, 1, 1]);
});
