import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { instructionsEn } from "./instructions-en.ts";
import { instructionsZh } from "./instructions-zh.ts";

const alarms = readFileSync(new URL("../../domain/alarm/alarm.ts", import.meta.url), "utf8");
const types = [...(/export type AlarmType =([^;]+);/.exec(alarms)?.[1] ?? "").matchAll(/\| "(\w+)"/g)]
  .map(([, type]) => type ?? "")
  .toSorted();

test("every alarm says what to do, in both languages, and nothing says it of an alarm that is none", () => {
  expect(types.length).toBeGreaterThan(30);
  expect(Object.keys(instructionsEn).toSorted()).toEqual(types);
  expect(Object.keys(instructionsZh).toSorted()).toEqual(types);
});

test("a few short steps, as many in one language as in the other, each a sentence", () => {
  for (const [type, steps] of Object.entries(instructionsEn)) {
    const chinese = instructionsZh[type as keyof typeof instructionsZh]; // its own keys
    expect(steps.length, type).toBeGreaterThanOrEqual(3);
    expect(steps.length, type).toBeLessThanOrEqual(5);
    expect(chinese, type).toHaveLength(steps.length);
    for (const step of steps) {
      expect(step.length, step).toBeLessThanOrEqual(160);
      expect(step, type).toMatch(/[.?!”]$/);
    }
    for (const step of chinese) {
      expect(step.length, step).toBeLessThanOrEqual(60);
      expect(step, type).toMatch(/[。？！]$/);
      expect(step, type).not.toMatch(/\p{Script=Han}[,:;!?()]|[,:;!?()]\p{Script=Han}/u);
    }
  }
});
