import { expect, test } from "vitest";
import { anna, bo, porter, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";

const together = {
  doors: {
    "v1/outer": { multiPerson: { count: 2, groups: [], window: 30_000, directions: "entry" as const } },
  },
};

const verified = async (site: SiteInOneProcess, person: { readonly card: string }): Promise<void> => {
  await site.present(person.card);
  site.vision.accept();
  await site.settles();
};

test("A1: the first of two waits, the display asks for the next, and both go in by one release", async () => {
  const site = await SiteInOneProcess.open({ policy: together });
  await verified(site, anna);
  expect(site.lock("outer")).toBe("secured");
  expect(site.vestibule().displays["outer-entry"]).toMatchObject({
    text: "nextPerson",
    progress: { step: 1, of: 2 },
  });
  expect(site.vestibule().passage).toMatchObject({
    step: "waiting",
    cardholder: site.cardholder(anna),
    verified: [site.cardholder(anna)],
    of: 2,
  });
  await site.passes(10_000);
  await verified(site, bo);
  await site.passes(100);
  expect(site.lock("outer")).toBe("released");
  site.moveDoor("outer", "open");
  await site.passes(6_000);
  expect(site.records("DoorReleased")).toHaveLength(1);
  const taken = site.records("AccessTaken").map(({ payload }) => payload["cardholder"]);
  expect(new Set(taken)).toEqual(new Set([site.cardholder(anna), site.cardholder(bo)]));
});

test("A1: nobody else comes: refused once, on record once, and alone nobody gets in", async () => {
  const site = await SiteInOneProcess.open({ policy: together });
  await verified(site, anna);
  await site.passes(30_100);
  expect(site.records("AccessDenied").map(({ payload }) => payload["reason"])).toEqual([
    "multiPersonIncomplete",
  ]);
  expect(site.lock("outer")).toBe("secured");
  expect(site.vestibule().passage).toBeNull();
});

test("A1, T44: the same person with another card does not count", async () => {
  const site = await SiteInOneProcess.open({ policy: together });
  site.directory.issueCard(site.cardholder(anna), "1099", "raw");
  await verified(site, anna);
  await site.passes(2_000);
  await site.present("1099");
  if (site.records("AccessDenied").length === 0) site.vision.accept();
  await site.settles();
  expect(site.records("AccessDenied").map(({ payload }) => payload["reason"])).toEqual(["samePerson"]);
  await site.passes(5_000);
  // Still waited for, and still said.
  expect(site.vestibule().displays["outer-entry"]).toMatchObject({
    text: "nextPerson",
    progress: { step: 1, of: 2 },
  });
  expect(site.lock("outer")).toBe("secured");
  await verified(site, bo);
  await site.passes(100);
  expect(site.lock("outer")).toBe("released");
});

test("A8: a card reported lost while its owner waits for a colleague opens nothing", async () => {
  const site = await SiteInOneProcess.open({ policy: together });
  await verified(site, anna);
  await site.services.reportLost(anna.card, "admin");
  await verified(site, bo);
  await site.passes(100);
  expect(site.lock("outer")).toBe("secured");
});

test("R15: whoever is inside leaves alone", async () => {
  const rule = { ...together.doors["v1/outer"].multiPerson, directions: "both" as const };
  const site = await SiteInOneProcess.open({ policy: { doors: { "v1/outer": { multiPerson: rule } } } });
  await site.present(porter.card, "outer-exit");
  await site.passes(100);
  expect(site.lock("outer")).toBe("released");
});
