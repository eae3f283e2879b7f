import { describe, expect, test } from "vitest";
import { HeadMotion } from "./head-motion.ts";

const frames = (seed: number, seconds: number, rate = 10) => {
  const motion = new HeadMotion(seed);
  return Array.from({ length: seconds * rate }, (_, index) => motion.at((index * 1_000) / rate));
};

describe("a simulated head", () => {
  test("is never still, never far from where it was, and moves alike for the same seed only", () => {
    const moved = frames(3, 120);
    for (const [index, now] of moved.entries()) {
      const before = moved[index - 1];
      if (before !== undefined) expect([now.yaw, now.right]).not.toEqual([before.yaw, before.right]);
      expect(Math.abs(now.yaw)).toBeLessThan(0.1);
      expect(Math.abs(now.right)).toBeLessThan(0.07);
    }
    expect(frames(3, 120)).toEqual(moved);
    expect(frames(4, 120)).not.toEqual(moved);
  });

  test("does not come back to where it was within minutes, over any second", () => {
    const yaws = frames(5, 180).map(({ yaw }) => yaw);
    const second = yaws.slice(0, 10);
    for (let start = 10; start + 10 <= yaws.length; start += 1) {
      const difference = second.reduce(
        (sum, yaw, index) => sum + Math.abs(yaw - (yaws[start + index] ?? 0)),
        0,
      );
      expect(difference).toBeGreaterThan(1e-3);
    }
  });

  test("blinks 15 to 30 times a minute, each seen shut at five frames a second", () => {
    for (const seed of [1, 2, 3]) {
      const shut = frames(seed, 60, 5).map(({ lids }) => lids > 0.99);
      const blinks = shut.filter((is, index) => is && !shut[index - 1]).length;
      expect(blinks).toBeGreaterThanOrEqual(15);
      expect(blinks).toBeLessThanOrEqual(30);
    }
  });

  test.each([
    ["turnLeft", "yaw", 1],
    ["turnRight", "yaw", -1],
    ["blink", "lids", 1],
    ["openMouth", "mouth", 1],
  ] as const)("%s: there and back, and nothing else meanwhile", (action, figure, direction) => {
    const motion = new HeadMotion(7);
    motion.perform(action, 1_000);
    const shown = Array.from({ length: 40 }, (_, index) => motion.at(index * 100));
    const least = action.startsWith("turn") ? 0.7 : 0.95;
    expect(Math.max(...shown.map((now) => now[figure] * direction))).toBeGreaterThan(least);
    for (const now of shown.slice(28))
      expect(now[figure] * direction).toBeLessThan(action === "blink" ? 1.01 : 0.2);
    if (action !== "openMouth") expect(Math.max(...shown.map(({ mouth }) => mouth))).toBe(0);
  });
});
