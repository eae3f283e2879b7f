import { describe, expect, test } from "vitest";
import { instant } from "../domain/time.ts";
import { measureFrame } from "./frame-measure.ts";

describe("measuring a frame", () => {
  const frame = (paint: (x: number, y: number) => number) => {
    const rgb = new Uint8Array(640 * 360 * 3);
    for (let pixel = 0; pixel < 640 * 360; pixel++) {
      rgb.fill(paint(pixel % 640, Math.floor(pixel / 640)), pixel * 3, pixel * 3 + 3);
    }
    return measureFrame({ sequence: 0, at: instant(1), width: 640, height: 360, rgb, intact: true });
  };

  test("grey is its own mean, without deviation or edges", () => {
    const grey = frame(() => 100);
    expect(grey.mean).toBeCloseTo(100, 1);
    expect(grey.deviation).toBeCloseTo(0, 3);
    expect(grey.sharpness).toBe(0);
  });

  test("edges are sharp, ramps are not", () => {
    expect(frame((x) => (x % 16 < 5 ? 200 : 50)).sharpness).toBeGreaterThan(100);
    expect(frame((x) => x / 3).sharpness).toBeLessThan(3);
  });

  test("equal pictures share a fingerprint, one pixel's step does not", () => {
    const ramp = (x: number, y: number) => (x + y) / 4;
    expect(frame(ramp).fingerprint).toBe(frame(ramp).fingerprint);
    expect(frame((x, y) => (x === 101 && y === 100 ? 0 : ramp(x, y))).fingerprint).not.toBe(
      frame(ramp).fingerprint,
    );
  });

  test("a picture smaller than the grid is measured without a fault", () => {
    const rgb = new Uint8Array(16 * 8 * 3).fill(80);
    const small = measureFrame({ sequence: 0, at: instant(1), width: 16, height: 8, rgb, intact: true });
    expect(Number.isFinite(small.mean + small.deviation + small.sharpness)).toBe(true);
  });
});
