import { expect, test } from "vitest";
import { anna, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";

test("T23: a cloned card is its owner's number and nothing more: another's face opens no door, and three tries lock it", async () => {
  const site = await SiteInOneProcess.open();
  for (let attempt = 0; attempt < 3; attempt++) {
    await site.present(anna.card);
    // Compared with the owner's templates, whoever holds the card.
    expect(site.vision.verifications().at(-1)?.templates).toEqual([Float32Array.of(1, 0, 0, 0)]);
    site.vision.refuse("faceMismatch");
    await site.passes(2_000);
  }
  expect(site.records("DoorReleased")).toEqual([]);
  expect(site.alarm("v1.outer-entry.RepeatedDenials")).toBeDefined();
  await site.present(anna.card);
  expect(site.records("AccessDenied").at(-1)).toMatchObject({ payload: { reason: "lockedOut" } });
});
