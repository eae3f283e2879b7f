import { beforeEach, describe, expect, test } from "vitest";
import { anna, bo, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import { sitePlan } from "../../../test/support/site-plan-for-tests.ts";

const photo = Uint8Array.of(0xff, 0xd8, 9);
let site: SiteInOneProcess;
let her: string;
beforeEach(async () => {
  site = await SiteInOneProcess.open();
  her = site.cardholder(anna);
});

describe("T43, T44: a face that is enrolled as somebody else's", () => {
  beforeEach(() => {
    site.alike = [{ cardholder: site.cardholder(bo), distance: 0.03 }];
  });

  test("is not enrolled again: who it is is said and recorded, and nothing is stored", async () => {
    const before = site.directory.get(her)?.photos;
    expect(await site.services.enrolPhoto(her, photo, "olga")).toEqual({
      enrolled: false,
      alreadyEnrolled: [{ cardholder: site.cardholder(bo), distance: 0.03 }],
    });
    expect(site.directory.get(her)?.photos).toEqual(before);
    expect(site.records("DuplicateFaceFound").map(({ payload }) => payload)).toEqual([
      { operator: "olga", cardholder: her, others: [site.cardholder(bo)], distance: 0.03 },
    ]);
    expect(site.records("PhotoEnrolled")).toEqual([]);
  });

  test("is enrolled where an operator says that they are two, by name; on record with who said so", async () => {
    const outcome = await site.services.enrolPhoto(her, photo, "olga", [site.cardholder(bo)]);
    expect(outcome).toMatchObject({ enrolled: true });
    expect(site.records("DuplicateFaceConfirmed")[0]?.payload).toMatchObject({
      operator: "olga",
      others: [site.cardholder(bo)],
    });
  });

  test("and as a third's is not, whatever was said of the second", async () => {
    const second = { cardholder: site.cardholder(bo), distance: 0.03 };
    site.alike = [second, { cardholder: "third", distance: 0.04 }];
    const outcome = await site.services.enrolPhoto(her, photo, "olga", [site.cardholder(bo)]);
    expect(outcome).toMatchObject({ enrolled: false });
  });

  test("is not enrolled unnoticed where nobody can be compared with", async () => {
    site.alike = "fails";
    expect(await site.services.enrolPhoto(her, photo, "olga")).toMatchObject({
      usable: false,
      reason: "engineFault",
    });
    expect(site.records("PhotoEnrolled")).toEqual([]);
  });
});

test("somebody who looks like nobody else is asked no questions, whoever was named", async () => {
  const outcome = await site.services.enrolPhoto(her, photo, "olga", ["someone"]);
  expect(outcome).toMatchObject({ enrolled: true });
  expect(site.records("DuplicateFaceConfirmed")).toEqual([]);
});

describe("templates that grow old", () => {
  /** Weeks of passages, each a little further from the template than the one before. */
  async function moveAway(passages: number): Promise<void> {
    for (let nth = 0; nth < passages; nth += 1) {
      await site.present(anna.card);
      site.vision.acceptAt(0.03 + 0.0008 * nth);
      await site.passes(10_000);
      site.clock.stepWall(3 * 86_400_000);
    }
  }

  test("are told once, with the trend, and seen in the person's view", async () => {
    await moveAway(10);
    expect(site.services.ageing(her)).toBeUndefined();
    await moveAway(24);
    expect(site.services.ageing(her)).toMatchObject({ ageing: true });
    const [told, ...again] = site.records("TemplatesAgeing");
    expect(told?.payload).toMatchObject({ cardholder: her });
    expect(again).toEqual([]);
  });

  test("are new again with another photo", async () => {
    await moveAway(30);
    expect(site.services.ageing(her)?.ageing).toBe(true);
    await site.services.enrolPhoto(her, photo, "olga");
    expect(site.services.ageing(her)).toBeUndefined();
  });
});

describe("§7: where consent is required", () => {
  const wording = { version: "2026-11", en: "I agree to this.", zh: "本人同意。" };

  test("nobody's photo is looked at before it is on record, nor after it was withdrawn", async () => {
    const site = await SiteInOneProcess.open({
      options: { site: { ...sitePlan({}), consent: { required: true, wording } } },
    });
    const her = site.cardholder(anna);
    const { enrolment } = site.services.people;
    const asked = () => site.vision.asked.filter(({ type }) => type === "describePhoto").length;
    const refused = { code: "consentMissing" };
    await expect(site.services.enrolPhoto(her, photo, "olga")).rejects.toMatchObject(refused);
    await expect(site.services.checkPhoto(her, photo, "olga")).rejects.toMatchObject(refused);
    expect(asked()).toBe(0);
    await enrolment.giveConsent(her, { wording: "2026-11", language: "zh", form: "atDesk" }, "olga");
    expect(await site.services.enrolPhoto(her, photo, "olga")).toMatchObject({ enrolled: true });
    const photos = site.directory.get(her)?.photos.length;
    await enrolment.withdrawConsent(her, "olga");
    expect(site.directory.get(her)?.photos).toEqual([]);
    expect(site.records("ConsentWithdrawn")[0]?.payload).toEqual({
      ...{ operator: "olga", cardholder: her, wording: "2026-11", photos },
    });
    await expect(site.services.enrolPhoto(her, photo, "olga")).rejects.toMatchObject(refused);
  });

  test("T43: nobody records their own", async () => {
    await site.services.changeCardholder(her, { operator: "anna" }, "olga");
    const { enrolment } = site.services.people;
    const own = { wording: "1", language: "en", form: "atDesk" } as const;
    await expect(enrolment.giveConsent(her, own, "anna")).rejects.toMatchObject({ code: "selfService" });
    await expect(enrolment.withdrawConsent(her, "anna")).rejects.toMatchObject({ code: "selfService" });
  });
});
