import { expect, test } from "vitest";
import { isStirred, observeSize, type UnitSizes, unknownSizes } from "./unit-sizes.ts";

// As x264 encoded a door with noise, and then somebody stepping in (720p15).
const quiet = [448, 397, 403, 624, 571, 578, 523, 564, 500, 526, 478, 538, 452, 364, 470, 480];
const appearing = [388, 1_494, 2_244, 1_915, 2_302, 2_170];
const rateKept = [15_987, 19_593, 16_968, 13_321, 17_544, 12_944, 16_111, 19_941, 15_524, 11_896];

const after = (sizes: readonly number[], from: UnitSizes = unknownSizes) => sizes.reduce(observeSize, from);
const times = (count: number, sizes: readonly number[]) => Array.from({ length: count }, () => sizes).flat();

test("a quiet door does not stir, somebody stepping in does with the second picture", () => {
  const habit = after(times(8, quiet));
  expect(times(8, quiet).some((_, index) => isStirred(after(times(8, quiet).slice(0, index))))).toBe(false);
  const stirs = appearing.map((_, index) => isStirred(after(appearing.slice(0, index + 1), habit)));
  expect(stirs).toEqual([false, false, true, true, true, true]);
});

test("a single large unit is no stir", () => {
  expect(isStirred(after([9_000], after(times(4, quiet))))).toBe(false);
});

test("before there is a habit nothing stirs", () => {
  expect(isStirred(after([...quiet, 5_000, 5_000, 5_000]))).toBe(false);
});

test("what goes on for a while is usual", () => {
  expect(isStirred(after(times(10, [2_000, 2_300]), after(times(4, quiet))))).toBe(true);
  expect(isStirred(after(times(30, [2_000, 2_300]), after(times(4, quiet))))).toBe(false);
});

test("a camera that keeps its rate does not stir", () => {
  expect(isStirred(after(times(10, rateKept)))).toBe(false);
});
