import { expect, test } from "vitest";
import { annasFace, strangersFace, VisionInOneProcess } from "../../test/support/vision-in-one-process.ts";

const second = { id: "test/second", hash: "0c0d", dimensions: 4 };
const both = { second: { model: second.id, templates: [annasFace] } };

async function voting() {
  const policy = { vote: { model: second.id, threshold: 0.1 } };
  const vision = new VisionInOneProcess({ policy });
  vision.engine.second = second;
  await vision.passes(1_000);
  return vision;
}

test("both recognisers for the person: accepted, with both figures", async () => {
  const vision = await voting();
  const passage = vision.verify(both);
  await vision.passes(600);
  expect(vision.verdict(passage)).toMatchObject({
    accepted: true,
    distance: 0,
    vote: { model: second.id, distance: 0, threshold: 0.1 },
  });
});

test("the second against: refused, whatever the first says, with both figures", async () => {
  const vision = await voting();
  vision.engine.secondDescriptor = strangersFace;
  const passage = vision.verify(both);
  await vision.passes(5_000);
  expect(vision.verdict(passage)).toMatchObject({
    accepted: false,
    reason: "faceMismatch",
    distance: 0,
    vote: { distance: 1 },
  });
});

test.each([
  ["none", {}],
  ["those of another model", { second: { model: "test/third", templates: [annasFace] } }],
])("with second templates that are %s nobody is judged", async (_, changes) => {
  const vision = await voting();
  const passage = vision.verify(changes);
  await vision.passes(5_000);
  expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "cameraFault" });
});

test("second templates for a vision that asks nobody else are a fault too", async () => {
  const vision = new VisionInOneProcess();
  await vision.passes(1_000);
  const passage = vision.verify(both);
  await vision.passes(5_000);
  expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "cameraFault" });
});

test("vision says who votes; a stored photo gives a template of each", async () => {
  const vision = await voting();
  vision.send({ type: "report" });
  vision.send({ type: "describeStored", request: "r", image: new TextEncoder().encode("photo") });
  await vision.passes(200);
  expect(vision.told.findLast(({ type }) => type === "ready")).toMatchObject({ second });
  expect(vision.told.findLast(({ type }) => type === "storedDescribed")).toMatchObject({
    outcome: { usable: true, templates: [{ model: "test/model" }, { model: second.id }] },
  });
});

test("what both recognisers made of a face is gone once it has left", async () => {
  const vision = await voting();
  vision.someoneComes();
  const passage = vision.verify(both);
  await vision.passes(600);
  expect(vision.verdict(passage)?.accepted).toBe(true);
  vision.engine.faces = [];
  vision.street.show({ kind: "empty" });
  await vision.passes(20_000);
  expect(vision.engine.given.length).toBeGreaterThan(3);
  for (const values of vision.engine.given) expect([...values]).toEqual([0, 0, 0, 0]);
});
