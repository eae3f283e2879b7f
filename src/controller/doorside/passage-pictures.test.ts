import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { anna, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";

const hashOf = (picture: Uint8Array): string => createHash("sha256").update(picture).digest("hex");

test("evidence: the hash in the record is that of the picture that is kept", async () => {
  const site = await SiteInOneProcess.open();
  const picture = Uint8Array.of(0xff, 0xd8, 1, 2, 3);
  await site.present(anna.card);
  site.vision.accept("p1", picture);
  await site.settles();
  const { evidence } = site.records("AccessGranted")[0]?.payload ?? {};
  expect(evidence).toBe(hashOf(picture));
  expect(site.evidence.get(hashOf(picture))).toEqual(picture);
});

test("a picture the disk does not take: the passage stands, and the record says that it is missing", async () => {
  const site = await SiteInOneProcess.open();
  site.evidence.failNextPut();
  await site.present(anna.card);
  site.vision.accept("p1", Uint8Array.of(0xff, 0xd8));
  await site.settles();
  expect(site.lock("outer")).toBe("released");
  expect(site.records("EvidenceNotKept")[0]?.payload).toMatchObject({ passage: "p1" });
});

test("a disk that takes its time over a picture holds up nobody", async () => {
  const site = await SiteInOneProcess.open();
  const disk = site.evidence.stall();
  await site.present(anna.card);
  site.vision.accept("p1", Uint8Array.of(0xff, 0xd8));
  await site.settles();
  expect(site.lock("outer")).toBe("released");
  expect(site.evidence.list()).toEqual([]);
  disk.goOn();
  await site.settles();
  expect(site.evidence.list()).toHaveLength(1);
});

test("pictures wait for the disk one after the other, and those it cannot keep up with are on record", async () => {
  const site = await SiteInOneProcess.open();
  const disk = site.evidence.stall();
  for (let card = 0; card < 70; card++) {
    site.vision.picture = Uint8Array.of(0xff, 0xd8, card);
    await site.present(`9${card}`);
    await site.passes(100);
  }
  expect(site.records("EvidenceNotKept")).toHaveLength(6);
  expect(site.records("EvidenceCaptured")).toEqual([]);
  site.evidence.failNextPut();
  disk.goOn();
  await site.settles();
  expect(site.records("EvidenceNotKept")).toHaveLength(7);
  expect(site.records("EvidenceCaptured")).toHaveLength(63);
  expect(site.evidence.list()).toHaveLength(63);
});
