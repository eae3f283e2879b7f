import { expect, test } from "vitest";
import { anna, bo, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import { causeOf } from "./alarm-causes.ts";

const everywhere = { vestibules: "all", accessPoints: "all", schedule: "always" } as const;

function alarmOf(site: SiteInOneProcess, id: string): AlarmRecord {
  const alarm = site.alarm(id);
  if (alarm === undefined) throw new Error(`${id} is not open`);
  return alarm;
}

test("A5: behind a duress is whoever signalled it, with the pictures of the same passage", async () => {
  const site = await SiteInOneProcess.open({
    policy: {
      levels: [{ name: "staff", ...everywhere, mode: "card+face+pin" }],
      duress: { policy: "grant" },
    },
  });
  for (const person of [anna, bo]) site.setPin(person, "2468", "9753");
  const enters = async (card: string, keys: string): Promise<void> => {
    await site.present(card, "outer-entry");
    await site.passes(400);
    site.vision.accept(undefined, Uint8Array.of(0xff, 0xd8, ...Buffer.from(card)));
    await site.passes(1_200);
    for (const key of keys) await site.press(key, "outer-entry");
    await site.passes(500);
  };
  await enters(anna.card, "9753#");
  await site.passes(20_000);
  await enters(bo.card, "2468#");
  const cause = causeOf(site.disk, alarmOf(site, "v1.outer-entry.Duress"));
  expect(cause?.record).toMatchObject({
    type: "DuressSignalled",
    payload: { cardholder: site.cardholder(anna) },
  });
  const granted = site.disk
    .query({ type: "AccessGranted", limit: 10 })
    .find(({ payload }) => payload["cardholder"] === site.cardholder(anna));
  expect(granted?.payload["evidence"]).toMatch(/^[0-9a-f]{64}$/);
  expect(cause?.evidence).toEqual([granted?.payload["evidence"]]);
});

test("of a lost card it is whose card it was; of a door that was forced nobody is known", async () => {
  const site = await SiteInOneProcess.open();
  site.directory.reportLost(bo.card);
  await site.present(bo.card, "outer-entry");
  await site.passes(2_000);
  await site.present(anna.card, "inner-exit");
  await site.passes(500);
  const lost = causeOf(site.disk, alarmOf(site, "v1.outer-entry.LostCardUsed"));
  expect(lost?.record.payload).toMatchObject({ reason: "lostCredential", cardholder: site.cardholder(bo) });
  const forced = { ...alarmOf(site, "v1.outer-entry.LostCardUsed"), type: "DoorForcedOpen" } as const;
  expect(causeOf(site.disk, forced)).toBeUndefined();
});
