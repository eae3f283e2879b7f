import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { photoFaults } from "../../src/domain/biometric/photo-quality.ts";
import { photoLimits } from "../../src/domain/biometric/verification-policy.ts";
import { openFaceEngine } from "../../src/drivers/face-nets/open-face-engine.ts";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import type { DescribedFace, FaceEngine, Picture } from "../../src/ports/face-engine.ts";
import { measurePhoto } from "../../src/vision/photo-quality/measure-photo.ts";
import { covered, coverings } from "../support/drawn-coverings.ts";

// Real faces: those of the demo's sample pictures that are large enough and look at the camera, bare and covered.

const samples = join(
  dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
  "demo",
);
const small = { ...photoLimits, minEyeDistance: 24, minSharpness: 0, minContrast: 0, minBrightness: 0 };

interface Someone {
  readonly picture: Picture;
  readonly face: DescribedFace;
}
let engine: FaceEngine;
const people: Someone[] = [];
beforeAll(async () => {
  engine = await openFaceEngine();
  for (const nth of [1, 2, 3, 4, 5, 6]) {
    const picture = await decodePicture(readFileSync(join(samples, `sample${nth}.jpg`)));
    for (const found of await engine.detect(picture, "thorough")) {
      const face = found.confidence > 0.5 ? await engine.describe(picture, found) : undefined;
      if (face !== undefined && face.quality.eyeDistance >= 24 && Math.abs(face.quality.yaw) <= 25)
        people.push({ picture, face });
    }
  }
}, 60_000);
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

/** What is said of the face that is there now; `missed` where there is none to be found any more. */
async function saidOf(
  { picture, face }: Someone,
  covering: keyof typeof coverings,
): Promise<readonly string[]> {
  const paint = coverings[covering];
  if (paint === undefined) throw new Error(`nothing called ${covering}`);
  const drawn = covered(picture, face.landmarks, paint);
  const middleOf = ({ box }: { readonly box: DescribedFace["box"] }) => [
    box.x + box.width / 2,
    box.y + box.height / 2,
  ];
  const [x = 0, y = 0] = middleOf(face);
  const again = (await engine.detect(drawn, "thorough")).find((other) => {
    const [column = 0, row = 0] = middleOf(other);
    return Math.hypot(column - x, row - y) < face.box.width / 2;
  });
  const described = again && (await engine.describe(drawn, again));
  return described === undefined ? ["missed"] : advice(drawn, described);
}

function advice(picture: Picture, face: DescribedFace): readonly string[] {
  const quality = measurePhoto(picture, face.landmarks, face.quality);
  return quality === undefined ? ["missed"] : photoFaults(quality, small).map((fault) => fault.advice);
}

const share = (count: number): number => count / people.length;

test("hardly a bare face is taken for a covered one", () => {
  expect(people.length).toBeGreaterThanOrEqual(15);
  const hidden = people.filter(({ picture, face }) =>
    advice(picture, face).some((what) => ["showEyes", "showMouth", "noGlare"].includes(what)),
  );
  expect(share(hidden.length)).toBeLessThanOrEqual(0.1);
});

test.each([
  ["sunglasses", "showEyes", 0.95],
  ["glare", "noGlare", 0.9],
  ["hair", "showEyes", 0.7],
  ["mask", "showMouth", 0.8],
] as const)("%s: asked to do something about it, or not found at all", async (covering, expected, least) => {
  let noticed = 0;
  for (const someone of people) {
    const said = await saidOf(someone, covering);
    if (said.includes(expected) || said.includes("missed")) noticed += 1;
  }
  expect(share(noticed)).toBeGreaterThanOrEqual(least);
});
