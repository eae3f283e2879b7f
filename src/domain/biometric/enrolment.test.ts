import { expect, test } from "vitest";
import { enrolmentOf } from "./enrolment.ts";

const photo = (yaw: number, more: Readonly<Record<string, number>> = {}) => ({
  yaw,
  pitch: 0,
  glasses: 0,
  ...more,
});

test("nobody's photos: more are asked for, nothing else yet", () => {
  expect(enrolmentOf([])).toEqual({ photos: 0, enough: false, missing: ["morePhotos"] });
});

test("three of one pose are not enough; a turn of the head, or of the chin, is", () => {
  expect(enrolmentOf([photo(0), photo(2), photo(-2)]).missing).toEqual(["otherPose"]);
  expect(enrolmentOf([photo(0), photo(2), photo(-8)])).toEqual({ photos: 3, enough: true, missing: [] });
  expect(enrolmentOf([photo(0), photo(2), photo(1, { pitch: 9 })]).enough).toBe(true);
});

test("glasses on every photo: one without is asked for; of photos that say nothing of it nothing is", () => {
  const worn = { glasses: 0.9 };
  expect(enrolmentOf([photo(0, worn), photo(9, worn), photo(-9, worn)]).missing).toEqual(["withoutGlasses"]);
  expect(enrolmentOf([photo(0, worn), photo(9, worn), photo(-9)]).missing).toEqual([]);
  expect(enrolmentOf([{ yaw: 0 }, { yaw: 9 }, { yaw: 3 }]).missing).toEqual([]);
});
