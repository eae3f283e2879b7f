import { describe, expect, test } from "vitest";
import { faceOf, goodQuality, VisionInOneProcess } from "../../test/support/vision-in-one-process.ts";

async function seeing() {
  const vision = new VisionInOneProcess();
  await vision.passes(1_000);
  return vision;
}

describe("a picture of the guide at the desk", () => {
  test("of a good face is said to be good, with where it is; no descriptor outlives it", async () => {
    const vision = await seeing();
    expect(await vision.look("photo")).toMatchObject({
      is: "seen",
      good: true,
      faces: 1,
      box: faceOf(50).box,
      advice: [],
    });
    expect(vision.engine.given.at(-1)).toEqual(new Float32Array(4));
  });

  test.each([
    ["nobody", { faces: [] }, ["faceCamera"]],
    ["two people", { faces: [faceOf(50), faceOf(40)] }, ["onePerson"]],
    ["somebody far behind", { faces: [faceOf(50), faceOf(10)] }, []],
    ["a small face", { quality: { ...goodQuality, eyeDistance: 20 } }, ["stepCloser"]],
    ["no landmarks", { landmarks: [] }, ["tryAgain"]],
  ])("of %s is answered with what to do", async (_, engine, advice) => {
    const vision = await seeing();
    Object.assign(vision.engine, engine);
    expect(await vision.look("photo")).toMatchObject({ is: "seen", good: advice.length === 0, advice });
  });

  test.each(["text", "huge"])("that is none (%s) is refused", async (upload) => {
    const vision = await seeing();
    expect(await vision.look(upload)).toMatchObject({ is: "notAPicture" });
  });

  test("T4: waits while anybody is verified at a door, and nothing is computed for it", async () => {
    const vision = await seeing();
    vision.verify();
    expect(await vision.look("photo", 20)).toEqual({ is: "busy" });
    expect(vision.engine.looked).not.toContain(undefined);
  });

  test("T4: a card that comes in the middle of a look stops it before its next step", async () => {
    const vision = await seeing();
    vision.engine.takes = 60;
    const looking = vision.look("photo", 400);
    vision.verify();
    expect(await looking).toEqual({ is: "busy" });
  });
});
