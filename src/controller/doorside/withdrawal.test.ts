import { describe, expect, test } from "vitest";
import { anna, bo, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";

const together = {
  doors: {
    "v1/outer": { multiPerson: { count: 2, groups: [], window: 30_000, directions: "entry" as const } },
  },
};

async function released(site: SiteInOneProcess): Promise<void> {
  await site.present(anna.card);
  site.vision.accept();
  await site.passes(500);
  expect(site.lock("outer")).toBe("released");
}

const withdrawals = (site: SiteInOneProcess) =>
  site.records("AccessWithdrawn").map(({ payload }) => payload["reason"]);

describe("A8: the door is released for somebody, and then", () => {
  const changes: readonly (readonly [string, string, (site: SiteInOneProcess, id: string) => unknown])[] = [
    ["the card is reported lost", "lostCredential", ({ services }) => services.reportLost(anna.card, "olga")],
    [
      "the card is suspended",
      "suspendedCredential",
      ({ services }) => services.people.setCardStatus(anna.card, "suspended", "olga"),
    ],
    [
      "the card is replaced",
      "unknownCredential",
      ({ services }) => services.replaceCard(anna.card, "1099", "olga"),
    ],
    [
      "the person is suspended",
      "suspendedCredential",
      ({ services }, id) => services.changeCardholder(id, { status: "suspended" }, "olga"),
    ],
    [
      "the person's time is made to be over",
      "expiredCredential",
      (site, id) => site.services.changeCardholder(id, { validUntil: site.clock.wall() }, "olga"),
    ],
    [
      "the level is taken away",
      "noAccessLevel",
      ({ services }, id) => services.changeCardholder(id, { accessLevels: [] }, "olga"),
    ],
    [
      "the person is deleted",
      "unknownCredential",
      ({ services }, id) => services.removeCardholder(id, "olga"),
    ],
  ];

  test.each(changes)(
    "%s: secured again at once, by the interlock, with its reason",
    async (_, reason, change) => {
      const site = await SiteInOneProcess.open();
      const cardholder = site.cardholder(anna);
      await released(site);
      const before = site.disk.last();
      await change(site, cardholder);
      await site.settles();
      expect(site.lock("outer")).toBe("secured");
      expect(site.display()).toBe("askStaff");
      await site.passes(100);
      expect(site.records("AccessWithdrawn")[0]?.payload).toMatchObject({ reason, cardholder, lead: "p1" });
      expect(site.records("DoorSecured").at(-1)?.payload).toMatchObject({
        door: "outer",
        cause: "withdrawn",
      });
      expect(site.types(before)).toContain("ReleaseWithdrawn");
      expect(site.records("AccessNotTaken")[0]?.payload).toMatchObject({ passage: "p1", cardholder });
      expect(site.display()).toBe("askStaff");
      expect(site.vestibule().passage).toBeNull();
      await site.passes(1_000);
      await site.goesThrough(bo);
      expect(site.records("AccessTaken")).toHaveLength(1);
    },
  );

  test("somebody else's card is reported lost: it stays released", async () => {
    const site = await SiteInOneProcess.open();
    await released(site);
    await site.services.reportLost(bo.card, "olga");
    await site.services.changeCardholder(site.cardholder(anna), { name: "Anna Q." }, "olga");
    await site.passes(100);
    expect(site.lock("outer")).toBe("released");
    expect(withdrawals(site)).toEqual([]);
  });

  test("the door is open already: whoever goes through is not hit, and is on record", async () => {
    const site = await SiteInOneProcess.open();
    await released(site);
    site.moveDoor("outer", "open");
    await site.passes(50);
    await site.services.reportLost(anna.card, "olga");
    await site.settles();
    expect(site.lock("outer")).toBe("released"); // until relockDelay, as for anybody
    await site.passes(6_000);
    expect(site.records("DoorSecured").at(-1)?.payload).toMatchObject({ cause: "opened" });
    expect(site.records("AccessTaken")).toHaveLength(1);
    expect(site.alarm("v1.outer-entry.LostCardUsed")).toMatchObject({ count: 1 });
  });

  test("R12: a fire keeps it open", async () => {
    const site = await SiteInOneProcess.open();
    await released(site);
    site.setInput("fire", true);
    await site.passes(100);
    await site.services.reportLost(anna.card, "olga");
    await site.passes(100);
    expect(site.lock("outer")).toBe("released");
  });

  test("R15: whoever leaves by the outer door leaves", async () => {
    const site = await SiteInOneProcess.open();
    await site.services.changeCardholder(site.cardholder(anna), { accessLevels: ["porters"] }, "olga");
    await site.present(anna.card, "outer-exit");
    await site.passes(100);
    expect(site.lock("outer")).toBe("released");
    await site.services.reportLost(anna.card, "olga");
    await site.passes(100);
    expect(site.lock("outer")).toBe("released");
  });

  test("a report of a card that nobody has: nothing is secured for it", async () => {
    const site = await SiteInOneProcess.open();
    await released(site);
    await expect(site.services.reportLost("4711", "olga")).rejects.toThrow("4711");
    await site.passes(100);
    expect(site.lock("outer")).toBe("released");
  });
});

test("A8: a lost card that somebody at a camera has just shown is refused at once", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  await site.services.reportLost(anna.card, "olga");
  await site.settles();
  expect(site.records("AccessDenied")[0]?.payload).toMatchObject({ reason: "lostCredential" });
  expect(site.display()).toBe("askStaff");
  site.vision.accept();
  await site.passes(500);
  expect(site.records("AccessGranted")).toEqual([]);
});

test("A1, A8: who waits for a second person is refused with the card that is lost; nobody is asked for any more", async () => {
  const site = await SiteInOneProcess.open({ policy: together });
  await site.present(anna.card);
  site.vision.accept();
  await site.settles();
  expect(site.display()).toBe("nextPerson");
  await site.services.reportLost(anna.card, "olga");
  await site.settles();
  expect(site.records("AccessDenied")[0]?.payload).toMatchObject({ reason: "lostCredential" });
  await site.passes(5_000);
  expect(site.display()).toBe("ready");
});

test("A1, A8: a group's release is taken back for all of it", async () => {
  const site = await SiteInOneProcess.open({ policy: together });
  for (const person of [anna, bo]) {
    await site.present(person.card);
    site.vision.accept();
    await site.passes(200);
  }
  expect(site.lock("outer")).toBe("released");
  await site.services.reportLost(anna.card, "olga");
  await site.passes(100);
  expect(site.lock("outer")).toBe("secured");
  expect(withdrawals(site)).toEqual(["lostCredential"]);
  expect(site.records("AccessNotTaken")).toHaveLength(2);
});

test("A8: after a restart nothing stands that could be taken back, and the card opens nothing", async () => {
  const site = await SiteInOneProcess.open();
  await released(site);
  site.killController();
  await site.settles();
  expect(site.lock("outer")).toBe("secured");
  site.directory.reportLost(anna.card);
  await site.startController();
  await site.passes(1_000);
  await site.present(anna.card);
  expect(site.records("AccessDenied").at(-1)?.payload).toMatchObject({ reason: "lostCredential" });
});
