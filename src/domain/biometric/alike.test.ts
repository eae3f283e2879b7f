import { expect, test } from "vitest";
import { alikeLimit } from "./alike.ts";

test("among few the limit is the door's; among more it is stricter, and never nothing", () => {
  expect([1, 10, 1_000].map((people) => alikeLimit(0.05, people))).toEqual([0.05, 0.05, 0.05]);
  expect(alikeLimit(0.05, 10_000)).toBeCloseTo(0.0435, 5);
  expect(alikeLimit(0.05, 100_000)).toBeCloseTo(0.037, 5);
  expect(alikeLimit(0.05, 1e12)).toBe(0.025);
  expect(alikeLimit(0.05, 0)).toBe(0.05);
});
