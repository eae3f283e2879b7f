import { beforeEach, expect, test } from "vitest";
import { modelForTests } from "../../test/support/scripted-vision.ts";
import { anna, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";

const second = { id: "test/second", hash: "0c0d", dimensions: 4 };
const ready = {
  type: "ready",
  model: modelForTests,
  second,
  backend: "scripted",
  passedOver: [],
  threshold: 0.058,
  loadedIn: 0,
} as const;
const descriptor = Float32Array.of(0, 1, 0, 0);

let site: SiteInOneProcess;
beforeEach(async () => {
  site = await SiteInOneProcess.open();
  site.vision.tell(ready);
  await site.settles();
});

const giveSecondTemplate = (): void => {
  const cardholder = site.cardholder(anna);
  const photo = site.directory.get(cardholder)?.photos[0]?.id ?? "none";
  site.templates.put({ cardholder, photo }, [{ model: second.id, descriptor }]);
};

test("a verification carries the templates of both recognisers", async () => {
  giveSecondTemplate();
  await site.present(anna.card);
  expect(site.vision.verifications()[0]).toMatchObject({
    model: modelForTests.id,
    templates: [expect.any(Float32Array)],
    second: { model: second.id, templates: [descriptor] },
  });
});

test("whoever lacks templates of one of them is not compared, and not let in", async () => {
  await site.present(anna.card);
  await site.passes(10_000);
  expect(site.vision.verifications()).toEqual([]);
  expect(site.records("AccessGranted")).toEqual([]);
  expect(site.records("AccessDenied")).toHaveLength(1);
});

test("both figures are in the record of the decision", async () => {
  giveSecondTemplate();
  await site.present(anna.card);
  const passage = site.vision.verifications()[0]?.passage ?? "";
  const vote = { model: second.id, distance: 0.02, threshold: 0.05 };
  const verdict = {
    ...{ threshold: 0.058, model: modelForTests.id, modelHash: modelForTests.hash, distance: 0.03, vote },
    ...{ framesUsed: 2, framesSeen: 2, frameTimes: [], timings: {} },
  };
  site.vision.tell({ type: "verdict", passage, verdict: { ...verdict, accepted: true } });
  await site.passes(200);
  expect(site.records("AccessGranted")[0]?.payload).toMatchObject({ face: { distance: 0.03, vote } });
});

test("a photo is enrolled with a template for each", async () => {
  site.vision.photo = {
    usable: true,
    model: modelForTests.id,
    descriptor: Float32Array.of(1, 0, 0, 0),
    second: { model: second.id, descriptor },
    quality: {},
    jpeg: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
    box: { x: 0, y: 0, width: 100, height: 100 },
  };
  const cardholder = site.cardholder(anna);
  await site.services.enrolPhoto(cardholder, Uint8Array.of(1), "admin");
  expect(site.directory.templates(cardholder, second.id)).toMatchObject([{ descriptor }]);
  expect(site.directory.templates(cardholder, modelForTests.id)).toHaveLength(2);
});

test("the state says who votes", () => {
  expect(site.state().processes.vision.detail).toMatchObject({ vote: second.id });
});
