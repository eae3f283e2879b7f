import { expect, test } from "vitest";
import { frameSourceContract } from "../ports/contracts/frame-source.contract.ts";
import type { Frame } from "../ports/frame-source.ts";
import { type SimulatedCameraOptions, SimulatedFrameSource } from "./simulated-frame-source.ts";
import { VirtualClock } from "./virtual-clock.ts";

function camera(options: Partial<SimulatedCameraOptions> = {}) {
  const clock = new VirtualClock();
  const source = new SimulatedFrameSource(
    { cameraId: "c1", seed: 7, width: 64, height: 36, ...options },
    clock,
  );
  const frames: Frame[] = [];
  source.listen({ onFrame: (frame) => void frames.push(frame) });
  return { clock, source, frames };
}

frameSourceContract("the simulated camera", async () => {
  const { clock, source } = camera({ scene: { kind: "empty" } });
  return {
    source,
    until: async (condition, what) => {
      for (let step = 0; !condition(); step++) {
        if (step > 1_000) throw new Error(`waited in vain for ${what}`);
        clock.advance(50);
      }
    },
    elapse: async (length) => clock.advance(length),
    cutSignal: async () => source.show({ kind: "unplugged" }),
    restoreSignal: async () => source.show({ kind: "empty" }),
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
});

test("it shows the scene at the rate asked for, and no two pictures alike", () => {
  const picture = { width: 64, height: 36, rgb: new Uint8Array(64 * 36 * 3).fill(120) };
  const { clock, frames } = camera({ scene: { kind: "picture", picture }, framesPerSecond: 10 });
  clock.advance(2_000);
  expect(frames).toHaveLength(20);
  expect(new Set(frames.map((frame) => Buffer.from(frame.rgb).toString("base64"))).size).toBe(20);
  const mean = (frames[0]?.rgb.reduce((sum, value) => sum + value, 0) ?? 0) / picture.rgb.length;
  expect(mean).toBeCloseTo(120, 0);
});

test("idle it shows a picture a second; awake again, the next one comes at once", () => {
  const { clock, source, frames } = camera({ scene: { kind: "empty" } });
  clock.advance(1_000);
  source.pace("idle");
  clock.advance(4_500);
  expect(frames).toHaveLength(5 + 5);
  source.pace("live");
  source.pace("live");
  clock.advance(200);
  expect(frames).toHaveLength(11);
  clock.advance(1_000);
  expect(frames).toHaveLength(16);
});

test("frozen, it repeats the last picture to the byte, until it is shown something", () => {
  const { clock, source, frames } = camera({ scene: { kind: "empty" } });
  clock.advance(1_000);
  source.show({ kind: "frozen" });
  const last = frames.at(-1);
  clock.advance(1_000);
  expect(frames).toHaveLength(10);
  for (const frame of frames.slice(5)) expect(frame.rgb).toEqual(last?.rgb);
  source.show({ kind: "empty" });
  clock.advance(200);
  expect(frames.at(-1)?.rgb).not.toEqual(last?.rgb);
});

test("what stood there is gone as soon as another scene is on its way", () => {
  const { clock, source, frames } = camera({ scene: { kind: "empty" } });
  clock.advance(1_000);
  source.lookAway();
  source.lookAway();
  expect(source.newest()).toBeUndefined();
  clock.advance(1_000);
  source.show({ kind: "dark" });
  clock.advance(1_000);
  expect([source.newest(), frames.length]).toEqual([undefined, 5]);
  source.show({ kind: "dark" });
  expect(source.newest()).toBeUndefined();
  clock.advance(200);
  expect(frames).toHaveLength(6);
  expect(Math.max(...(source.newest()?.rgb ?? []))).toBeLessThan(20);
});

test("without a scene it is dark, but not dead: noise remains", () => {
  const { clock, frames } = camera();
  clock.advance(400);
  expect(Math.max(...(frames[0]?.rgb ?? []))).toBeLessThan(20);
  expect(frames[0]?.rgb).not.toEqual(frames[1]?.rgb);
});

test("the same seed shows the same; another one does not", () => {
  const shown = (seed: number) => {
    const { clock, frames } = camera({ seed, scene: { kind: "empty" }, tremble: 2 });
    clock.advance(1_000);
    return Buffer.concat(frames.map((frame) => frame.rgb)).toString("base64");
  };
  expect(shown(3)).toBe(shown(3));
  expect(shown(3)).not.toBe(shown(4));
});

test("it trembles by no more than it was told", () => {
  const rgb = new Uint8Array(64 * 36 * 3);
  const middle = (18 * 64 + 32) * 3;
  rgb.fill(255, middle, middle + 3);
  const { clock, frames } = camera({
    scene: { kind: "picture", picture: { width: 64, height: 36, rgb } },
    tremble: 2,
  });
  clock.advance(10_000);
  const columns = frames.map(({ rgb: bytes }) => (bytes.indexOf(Math.max(...bytes)) / 3) % 64);
  expect(Math.min(...columns)).toBe(30);
  expect(Math.max(...columns)).toBe(34);
});

test("a scene of another size is refused, for it would shift every row", () => {
  const { source } = camera();
  const picture = { width: 10, height: 10, rgb: new Uint8Array(300) };
  expect(() => source.show({ kind: "picture", picture })).toThrow(/10×10/);
});
