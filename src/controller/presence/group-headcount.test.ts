import { expect, test } from "vitest";
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
