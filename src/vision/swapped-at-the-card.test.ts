import { expect, test } from "vitest";
import { strangersFace, VisionInOneProcess } from "../../test/support/vision-in-one-process.ts";

/** The card's owner has stood before the street's camera for a while. */
async function watching() {
  const vision = new VisionInOneProcess();
  await vision.passes(1_000);
  vision.someoneComes();
  await vision.passes(2_000);
  return vision;
}

test("T19: a picture that came before the card and was not looked at yet decides, not who was seen before it", async () => {
  const vision = await watching();
  vision.engine.takes = 60;
  vision.engine.descriptor = strangersFace;
  const before = vision.street.newest()?.at;
  while (vision.street.newest()?.at === before) await vision.passes(1);
  const passage = vision.verify();
  await vision.passes(4_000);
  expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "faceMismatch" });
});

test("T19: nobody is accepted who was in view until another came there with the card", async () => {
  const vision = await watching();
  vision.street.lookAway();
  vision.engine.descriptor = strangersFace;
  const passage = vision.verify();
  vision.someoneComes();
  await vision.passes(4_000);
  expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "faceMismatch" });
});
