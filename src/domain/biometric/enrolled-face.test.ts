import { expect, test } from "vitest";
import { distanceTo, enrolledFace } from "./enrolled-face.ts";

const degrees = (angle: number): Float32Array =>
  Float32Array.of(Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180));
const template = (angle: number, appearance?: string) => ({ model: "m", values: degrees(angle), appearance });
const probe = (angle: number) => ({ model: "m", values: degrees(angle) });
const cosOf = (angle: number) => 1 - Math.cos((angle * Math.PI) / 180);

test("photos of one appearance are fused, and appearances are kept apart", () => {
  const face = enrolledFace([template(0), template(20), template(80, "glasses"), template(100, "glasses")]);
  expect(face).toHaveLength(2);
  expect(distanceTo(face ?? [], probe(10))).toBeCloseTo(0, 5);
  expect(distanceTo(face ?? [], probe(90))).toBeCloseTo(0, 5);
  // Averaged, 50 degrees would be this person's face: nobody's.
  expect(distanceTo(face ?? [], probe(50))).toBeCloseTo(cosOf(40), 5);
});

test("nothing said is the usual appearance", () => {
  expect(enrolledFace([template(0), template(20, "usual")])).toHaveLength(1);
});

test("whoever comes is as far as from the nearest appearance, in any order", () => {
  const templates = [template(0), template(90, "glasses"), template(180, "beard")];
  for (const face of [enrolledFace(templates), enrolledFace(templates.toReversed())]) {
    expect(distanceTo(face ?? [], probe(85))).toBeCloseTo(cosOf(5), 5);
    expect(distanceTo(face ?? [], probe(-10))).toBeCloseTo(cosOf(10), 5);
  }
});

test.each([
  ["none", []],
  ["more appearances than anybody may have", [0, 1, 2, 3].map((n) => template(n, `look-${n}`))],
  [
    "one that points nowhere, in its own appearance",
    [template(0), { ...template(1, "glasses"), values: degrees(Number.NaN) }],
  ],
  ["two models in one appearance", [template(0), { ...template(1), model: "other" }]],
])("no face is made of templates that are %s", (_, templates) => {
  expect(enrolledFace(templates)).toBeUndefined();
});

test("where one appearance cannot be compared, none is", () => {
  const face = [
    { model: "m", values: degrees(0) },
    { model: "other", values: degrees(0) },
  ];
  expect(distanceTo(face, probe(0))).toBeUndefined();
  expect(distanceTo([], probe(0))).toBeUndefined();
});

test("a stranger's chances grow at most with the number of appearances", () => {
  // In a plane, a threshold of 10 degrees either side is 1/18 of all directions for one appearance.
  const limit = cosOf(10);
  const share = (templates: Parameters<typeof enrolledFace>[0]): number => {
    const face = enrolledFace(templates) ?? [];
    const accepted = Array.from({ length: 3_600 }, (_, n) => distanceTo(face, probe(n / 10)) ?? 2);
    return accepted.filter((distance) => distance <= limit).length / 3_600;
  };
  const one = share([template(0.05)]);
  expect(share([template(0.05), template(90.05, "glasses"), template(180.05, "beard")])).toBeCloseTo(
    3 * one,
    3,
  );
  expect(share([template(0.05), template(5.05, "glasses")])).toBeLessThan(2 * one);
});
