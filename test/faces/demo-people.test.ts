import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cosineDistance, type Descriptor, fuse } from "../../src/domain/biometric/descriptor.ts";
import { judgeFrame } from "../../src/domain/biometric/frame-verdict.ts";
import {
  defaultVerificationPolicy,
  enrolmentLimits,
} from "../../src/domain/biometric/verification-policy.ts";
import { readManifest } from "../../src/drivers/face-nets/model-manifest.ts";
import { openFaceEngine } from "../../src/drivers/face-nets/open-face-engine.ts";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import type { Effort, FaceEngine } from "../../src/ports/face-engine.ts";
import {
  type DemoPerson,
  demoPeople,
  enrolmentPortraits,
  probeScene,
} from "../../src/simulation/demo-people.ts";

let engine: FaceEngine;
let threshold: number;
beforeAll(async () => {
  engine = await openFaceEngine();
  threshold = (await readManifest()).thresholds.fused["1e-4"];
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

async function judge(image: Uint8Array, effort: Effort) {
  const picture = await decodePicture(image);
  const faces = await engine.detect(picture, effort);
  const seen = [];
  for (const [index, face] of faces.entries()) {
    const described = index === 0 ? await engine.describe(picture, face) : undefined;
    seen.push({
      width: face.box.width,
      height: face.box.height,
      ...(described && {
        described: {
          quality: described.quality,
          descriptor: { model: engine.model.id, values: described.descriptor },
        },
      }),
    });
  }
  return judgeFrame(seen, effort === "quick" ? defaultVerificationPolicy : enrolmentLimits);
}

async function descriptorOf(image: Uint8Array, effort: Effort): Promise<Descriptor> {
  const verdict = await judge(image, effort);
  if (verdict.use !== "compare") throw new Error(`not comparable: ${JSON.stringify(verdict)}`);
  return verdict.descriptor;
}

const templateOf = async (person: DemoPerson): Promise<Descriptor> => {
  const portraits = await enrolmentPortraits(person);
  const template = fuse(await Promise.all(portraits.map((portrait) => descriptorOf(portrait, "thorough"))));
  if (template === undefined) throw new Error("portraits of one person fuse");
  return template;
};

describe("the demo's cardholders", () => {
  test("there are three, with the cards the demo site promises", () => {
    expect(demoPeople.map((person) => person.card)).toEqual(["1001", "1002", "1003"]);
  });

  test("everybody's live probe matches their own portraits and nobody else's, with margin", async () => {
    const templates = await Promise.all(demoPeople.map(templateOf));
    for (const [index, person] of demoPeople.entries()) {
      const probe = await descriptorOf(await probeScene([person]), "quick");
      for (const [other, template] of templates.entries()) {
        const distance = cosineDistance(probe, template);
        if (other === index) expect(distance).toBeLessThan(threshold / 2);
        else expect(distance).toBeGreaterThan(threshold * 2);
      }
    }
  });

  test("two or three of them in one picture are seen as several people by the live path", async () => {
    const [one, two, three] = demoPeople;
    if (one === undefined || two === undefined || three === undefined) throw new Error("there are three");
    for (const people of [
      [one, two],
      [two, three],
      [three, one],
      [one, two, three],
    ]) {
      expect(await judge(await probeScene(people), "quick")).toEqual({
        use: "none",
        reason: "multipleFaces",
      });
    }
  });

  test.each([
    ["blurred", (scene: Sharp) => scene.blur(9), ["poorQuality", "noFace"]],
    ["nearly dark", (scene: Sharp) => scene.linear(0.06, 0), ["poorQuality", "noFace"]],
    ["black", (scene: Sharp) => scene.linear(0, 0), ["noFace"]],
    ["upside down", (scene: Sharp) => scene.rotate(180), ["poorQuality", "noFace"]],
    [
      "far away",
      (scene: Sharp) => scene.resize(96, 54).extend({ right: 544, bottom: 306, background: "#666" }),
      ["poorQuality", "noFace"],
    ],
  ] as const)("T18: a %s picture of the right person is not even compared", async (_, spoil, reasons) => {
    const [one] = demoPeople;
    if (one === undefined) throw new Error("there are three");
    const verdict = await judge(
      await spoil(sharp(await probeScene([one])))
        .png()
        .toBuffer(),
      "quick",
    );
    expect(verdict.use).toBe("none");
    if (verdict.use === "none") expect(reasons).toContain(verdict.reason);
  });

  test("a scene is 640×360, and the same at every start", async () => {
    const [one] = demoPeople;
    if (one === undefined) throw new Error("there are three");
    const scene = await probeScene([one]);
    expect(await decodePicture(scene)).toMatchObject({ width: 640, height: 360 });
    expect(await probeScene([one])).toEqual(scene);
    await expect(probeScene([])).rejects.toThrow(RangeError);
  });
});
