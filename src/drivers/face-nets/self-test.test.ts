import { describe, expect, test } from "vitest";
import type { Nets } from "./recipe/nets.ts";
import { drawnFace, type SelfTestValues, selfTest, selfTestValues, tolerance } from "./self-test.ts";

const landmarks = Array.from({ length: 68 }, (_, index) => ({ x: index, y: 112 - index }));
const face = { confidence: 0.8, box: { x: 80, y: 80, width: 160, height: 160 } };

function netsThat(different: Partial<Nets> = {}): Nets {
  return {
    findThoroughly: async () => [face],
    findQuickly: async () => [face],
    landmarks: async (chips) => chips.map(() => landmarks),
    describe: async (chips) => chips.map(() => new Float32Array(128).fill(0.125)),
    dispose: () => {},
    ...different,
  };
}

describe("the self-test", () => {
  test("is passed by nets that give what is written", async () => {
    const expected = await selfTestValues(netsThat());
    expect(await selfTest(netsThat(), expected)).toBeUndefined();
    const nearly = { ...face, confidence: 0.8 + tolerance / 2 };
    expect(await selfTest(netsThat({ findThoroughly: async () => [nearly] }), expected)).toBeUndefined();
  });

  test.each([
    ["no face", { findThoroughly: async () => [] }, /ssdMobilenetv1 gave 0 numbers instead of 5/],
    [
      "a confidence a little off",
      { findQuickly: async () => [{ ...face, confidence: 0.81 }] },
      /tinyFace.* 0\.81/,
    ],
    [
      "landmarks a little off",
      { landmarks: async () => [landmarks.map(({ x, y }) => ({ x: x + 1, y }))] },
      /faceLandmark68/,
    ],
    [
      "a descriptor that is not a number",
      { describe: async () => [new Float32Array(128).fill(Number.NaN)] },
      /NaN/,
    ],
    [
      "a descriptor a little off",
      { describe: async () => [new Float32Array(128).fill(0.13)] },
      /faceRecognition/,
    ],
    [
      "a descriptor too short",
      { describe: async () => [new Float32Array(64).fill(0.125)] },
      /numbers instead of 9/,
    ],
  ] satisfies readonly (readonly [string, Partial<Nets>, RegExp])[])(
    "notices %s",
    async (_, different, says) => {
      const expected = await selfTestValues(netsThat());
      expect(await selfTest(netsThat(different), expected)).toMatch(says);
    },
  );

  test("what the drawn face looks like is fixed, for what is written hangs on it", () => {
    const { width, height, rgb } = drawnFace();
    const sum = rgb.reduce(
      (total, value, index) => (total * 31 + value * (index % 7) + 1) % 2_147_483_647,
      0,
    );
    expect([width, height, sum]).toEqual([320, 320, 1_038_877_784]);
  });

  test("every net's values are looked at", async () => {
    const names: readonly (keyof SelfTestValues)[] = [
      "ssdMobilenetv1",
      "tinyFaceDetector",
      "faceLandmark68",
      "faceRecognition",
    ];
    const expected = await selfTestValues(netsThat());
    for (const name of names) {
      for (const index of expected[name].keys()) {
        const wrong = expected[name].map((value, at) => (at === index ? value + 0.01 : value));
        expect(await selfTest(netsThat(), { ...expected, [name]: wrong })).toContain(name);
      }
    }
  });
});
