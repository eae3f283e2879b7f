import { expect, test } from "vitest";
import { anna, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import { MemoryPresence } from "../../simulation/memory-presence.ts";

const areas = { v1: { antiPassback: "hard", vestibuleMax: 0, secureMax: 0, secureMin: 0 } } as const;

/** Anna is inside, as far as the record knows. */
async function annaInside(): Promise<SiteInOneProcess> {
  const site = await SiteInOneProcess.open({
    policy: { areas },
    options: { presence: new MemoryPresence() },
  });
  await site.goesThrough(anna);
  await site.goesThrough(anna, "inner-entry");
  expect(site.services.presence.inside({ limit: 10 }).people).toMatchObject([{ area: "secure" }]);
  return site;
}

/** What comes of her card at the street side. */
async function comesAgain(site: SiteInOneProcess): Promise<unknown> {
  const denied = site.records("AccessDenied").length;
  const looked = site.vision.verifications().length;
  await site.present(anna.card);
  await site.passes(100);
  const reason = site.records("AccessDenied").at(denied)?.payload["reason"];
  return reason ?? (site.vision.verifications().length > looked ? "verified" : "nothing");
}

test("A3: a second entry without an exit is refused, after a restart too", async () => {
  const site = await annaInside();
  expect(await comesAgain(site)).toBe("antiPassback");
  site.killController();
  await site.startController();
  await site.passes(2_000);
  expect(await comesAgain(site)).toBe("antiPassback");
});

test("A3: an operator says that she is outside, with a reason on record; then she comes in", async () => {
  const site = await annaInside();
  const order = {
    cardholder: site.cardholder(anna),
    area: "outside",
    operator: "wang",
    reason: "garage",
  } as const;
  expect(await site.services.presence.reset(order)).toBe("reset");
  expect(site.records("AreaReset").map(({ payload }) => payload)).toEqual([{ ...order, vestibule: null }]);
  expect(await comesAgain(site)).toBe("verified");
});

test("A3: what cannot be recorded has not happened", async () => {
  const site = await annaInside();
  site.disk.setDiskFull(true);
  const order = { cardholder: site.cardholder(anna), area: null, operator: "wang", reason: "garage" };
  await expect(site.services.presence.reset(order)).rejects.toThrow("record");
  site.disk.setDiskFull(false);
  await site.passes(3_000);
  expect(await comesAgain(site)).toBe("antiPassback");
});

test("A3, R13: after operators opened a door she may be anywhere, and passes", async () => {
  const site = await annaInside();
  for (const operator of ["wang", "li"]) await site.services.override("v1", "outer", operator, "delivery");
  await site.passes(500);
  site.moveDoor("outer", "open");
  await site.passes(70_000);
  expect(site.services.presence.inside({ limit: 10 })).toMatchObject({
    total: 0,
    vestibules: [{ uncertainSince: expect.any(Number) }],
  });
  expect(await comesAgain(site)).toBe("verified");
});
