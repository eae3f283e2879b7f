import { describe, expect, test } from "vitest";
import { recogniserSchema } from "../drivers/face-nets/recogniser/recogniser-manifest.ts";
import { calibrateKind, calibrateSet, thresholdsOf } from "./face-calibration.ts";

/** `count` distances, evenly from 0 up to 1. */
const evenly = (count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => (index + 1) / (count + 1));

describe("a threshold", () => {
  test("lets through no more strangers than asked, with the interval that is so", () => {
    const { at, notCarried } = calibrateKind([{ genuine: evenly(100), impostor: evenly(100_000) }]);
    expect(at["1e-3"]?.threshold).toBeCloseTo(1e-3, 4);
    expect(at["1e-4"]?.threshold).toBeCloseTo(1e-4, 4);
    const { low, high } = at["1e-4"]?.falseMatchRate ?? { low: 1, high: 0 };
    expect(low).toBeLessThan(1e-4);
    expect(high).toBeGreaterThan(1e-4);
    expect(high).toBeLessThan(2e-4);
    expect(notCarried).toEqual({ "1e-5": 1_000_000 });
  });

  test.each([
    [9_999, [], ["1e-3", "1e-4", "1e-5"]],
    [10_000, ["1e-3"], ["1e-4", "1e-5"]],
    [99_999, ["1e-3"], ["1e-4", "1e-5"]],
    [1_000_000, ["1e-3", "1e-4", "1e-5"], []],
  ])("is not stated where %i strangers' comparisons cannot carry it", (count, stated, refused) => {
    const { at, notCarried } = calibrateKind([{ genuine: evenly(10), impostor: evenly(count) }]);
    expect(Object.keys(at)).toEqual(stated);
    expect(Object.keys(notCarried)).toEqual(refused);
  });

  test("is the strictest of several ways to compare", () => {
    const near = { genuine: evenly(10), impostor: evenly(20_000).map((value) => value / 2) };
    const far = { genuine: evenly(10), impostor: evenly(20_000) };
    expect(calibrateKind([far, near]).at["1e-3"]?.threshold).toBeCloseTo(5e-4, 4);
  });

  test("without any comparison is none", () => {
    expect(calibrateKind([])).toMatchObject({ genuine: 0, impostor: 0, at: {} });
  });
});

describe("what is written into the manifest", () => {
  const people = Array.from({ length: 60 }, (_, person) => person);
  /** Four pictures of each, a little apart; people far apart from each other. */
  const input = {
    files: people.flatMap((person) => [1, 2, 3, 4].map((n) => `p${person}_000${n}.jpg`)),
    people: people.flatMap((person) => [1, 2, 3, 4].map(() => `p${person}`)),
  };
  const descriptors = input.files.map((_, index) => {
    const person = Math.floor(index / 4);
    const values = Float32Array.from({ length: 64 }, (_, at) => Math.sin((person + 1) * (at + 1)));
    values[index % 4] = (values[index % 4] ?? 0) + 0.3;
    return { model: "m", values };
  });

  test("is what its own schema takes, the strictest of all sets, in the manifest's unit", () => {
    const set = calibrateSet("made up", input, descriptors);
    expect(set).toMatchObject({ pictures: 240, people: 60, failureToAcquire: 0, single: { genuine: 360 } });
    expect(set.single.impostor).toBe(28_320);
    const strict = structuredClone(set);
    const single = set.single.at["1e-3"]?.threshold ?? 0;
    const harder = {
      ...strict,
      single: { ...strict.single, at: { "1e-3": { ...strict.single.at["1e-3"], threshold: single / 2 } } },
    };
    const shape = recogniserSchema.shape.thresholds;
    const cosine = thresholdsOf([set, harder as typeof set], "cosine", "f00", "2026-11-22");
    expect(shape.safeParse(cosine).success).toBe(true);
    expect(cosine.single["1e-3"]).toBeCloseTo(single / 2, 4);
    expect(cosine.single["1e-4"]).toBeUndefined();
    expect(cosine.calibratedOn).toHaveLength(2);
    expect(cosine.calibratedOn[0]).toMatchObject({ set: "made up", fingerprint: "f00", impostor: 28_320 });
    const euclidean = thresholdsOf([set], "euclidean", "f00", "2026-11-22");
    expect(euclidean.single["1e-3"]).toBeCloseTo(Math.sqrt(2 * single), 4);
    // Rounded towards zero: never laxer than what was measured.
    expect((euclidean.single["1e-3"] ?? 1) ** 2 / 2).toBeLessThanOrEqual(single);
  });

  test("pictures without a face count as not acquired, and take part in nothing", () => {
    const set = calibrateSet(
      "half",
      input,
      descriptors.map((one, index) => (index % 4 === 3 ? undefined : one)),
    );
    expect(set.failureToAcquire).toBe(0.25);
    expect(set.single.genuine).toBe(180);
  });
});
