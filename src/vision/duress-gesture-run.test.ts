import { describe, expect, test } from "vitest";
import { posedLandmarks } from "../../test/support/posed-landmarks.ts";
import { strangersFace, VisionInOneProcess } from "../../test/support/vision-in-one-process.ts";

/** Somebody who opens the mouth for a second while he waits, and then shows the card. */
async function gaping(duressGesture: "openMouth" | undefined) {
  const vision = new VisionInOneProcess({ framesPerSecond: 10, policy: { duressGesture } });
  await vision.passes(1_000);
  vision.someoneComes();
  await vision.passes(2_000);
  vision.engine.landmarks = posedLandmarks({ mouth: 0.6 });
  await vision.passes(1_000);
  vision.engine.landmarks = posedLandmarks();
  await vision.passes(500);
  return vision;
}

describe("A5: the gesture agreed on, before the card", () => {
  test("is told with the verdict, which is that of anybody", async () => {
    const vision = await gaping("openMouth");
    const passage = vision.verify({ liveness: "passive" });
    await vision.passes(1_000);
    expect(vision.verdict(passage)).toMatchObject({ accepted: true, duress: true });
  });

  test("is nothing where none was agreed on", async () => {
    const vision = await gaping(undefined);
    const passage = vision.verify({ liveness: "passive" });
    await vision.passes(1_000);
    expect(vision.verdict(passage)).toMatchObject({ accepted: true, duress: false });
  });

  test("of a stranger it is nobody's word", async () => {
    const vision = await gaping("openMouth");
    const passage = vision.verify({ liveness: "passive", templates: [strangersFace] });
    await vision.passes(4_000);
    expect(vision.verdict(passage)).not.toHaveProperty("duress");
  });
});
