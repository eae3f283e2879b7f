import { describe, expect, test } from "vitest";
import { judgeFrame } from "./frame-verdict.ts";
import { type FaceQuality, qualityFaults } from "./quality.ts";
import { defaultVerificationPolicy } from "./verification-policy.ts";

const { quality: limits, secondFaceShare } = defaultVerificationPolicy;
const good: FaceQuality = {
  eyeDistance: 60,
  sharpness: 200,
  brightness: 120,
  contrast: 40,
  yaw: 3,
  roll: -4,
};

describe("the quality gate", () => {
  test("passes a good picture", () => expect(qualityFaults(good, limits)).toEqual([]));

  test.each([
    [{ eyeDistance: limits.minEyeDistance - 1 }, "stepCloser"],
    [{ sharpness: limits.minSharpness - 1 }, "holdStill"],
    [{ brightness: limits.minBrightness - 1 }, "moreLight"],
    [{ brightness: limits.maxBrightness + 1 }, "lessLight"],
    [{ contrast: limits.minContrast - 1 }, "evenLight"],
    [{ yaw: -limits.maxYaw - 1 }, "faceCamera"],
    [{ yaw: limits.maxYaw + 1 }, "faceCamera"],
    [{ roll: -limits.maxRoll - 1 }, "headUpright"],
    [{ sharpness: Number.NaN }, "tryAgain"],
  ] as const)("%o → %s, and only that", (change, advice) => {
    expect(qualityFaults({ ...good, ...change }, limits).map((fault) => fault.advice)).toEqual([advice]);
  });

  test("takes in the limits themselves", () => {
    const edge = {
      ...good,
      eyeDistance: limits.minEyeDistance,
      yaw: -limits.maxYaw,
      brightness: limits.maxBrightness,
    };
    expect(qualityFaults(edge, limits)).toEqual([]);
  });
});

describe("counting faces", () => {
  const of = (height: number) => ({ width: height, height });
  test.each([
    [[100, 100 * secondFaceShare], "multipleFaces"],
    [[100 * secondFaceShare, 100], "multipleFaces"],
    [[100, 100 * secondFaceShare - 1], "poorQuality"],
    [[], "noFace"],
  ] as const)("heights %o → %s", (heights, reason) => {
    expect(judgeFrame(heights.map(of), defaultVerificationPolicy)).toMatchObject({ use: "none", reason });
  });
});

test.each([Number.NaN, 0, Number.POSITIVE_INFINITY])(
  "a descriptor of %d is never compared, however good the picture",
  (value) => {
    const descriptor = { model: "m", values: Float32Array.of(value, 0) };
    const face = { width: 80, height: 100, described: { quality: good, descriptor } };
    expect(judgeFrame([face], defaultVerificationPolicy)).toMatchObject({
      use: "none",
      reason: "poorQuality",
    });
  },
);
