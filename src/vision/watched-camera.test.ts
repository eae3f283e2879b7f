import { expect, test } from "vitest";
import type { Frame } from "../ports/frame-source.ts";
import { SimulatedFrameSource } from "../simulation/simulated-frame-source.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { cameraHealthDefaults } from "./camera-health-policy.ts";
import { WatchedCamera } from "./watched-camera.ts";

function setUp() {
  const clock = new VirtualClock();
  const options = { cameraId: "street", seed: 1, width: 160, height: 90, scene: { kind: "empty" } } as const;
  const source = new SimulatedFrameSource(options, clock);
  const states: string[] = [];
  const camera = new WatchedCamera(source, cameraHealthDefaults, clock, {
    onState: (_, { phase }) => states.push(phase),
    onHealth: (_, { type }) => states.push(type),
  });
  return { clock, source, camera, states };
}

test("whoever waits is given the next frame, once", () => {
  const { clock, camera } = setUp();
  const given: (Frame | undefined)[] = [];
  camera.onNext((frame) => given.push(frame));
  clock.advance(1_000);
  expect(given.map((frame) => frame?.sequence)).toEqual([0]);
});

test("whoever has stopped waiting is not told any more", () => {
  const { clock, camera } = setUp();
  const given: (Frame | undefined)[] = [];
  camera.onNext((frame) => given.push(frame))[Symbol.dispose]();
  clock.advance(1_000);
  expect(given).toEqual([]);
});

test("nobody waits for a camera that is lost", () => {
  const { clock, source, camera } = setUp();
  clock.advance(1_000);
  source.show({ kind: "unplugged" });
  const given: (Frame | undefined)[] = [];
  camera.onNext((frame) => given.push(frame));
  clock.advance(200);
  expect(given).toEqual([undefined]);
});

test("its state and faults are told as they come and go", () => {
  const { clock, source, camera, states } = setUp();
  clock.advance(1_000);
  source.show({ kind: "unplugged" });
  clock.advance(500);
  expect(camera.obstacle()).toBe("the simulated camera is unplugged");
  source.show({ kind: "empty" });
  clock.advance(2_000);
  expect(states.filter((state, index) => state !== states[index - 1])).toEqual([
    "starting",
    "live",
    "CameraLost",
    "lost",
    "live",
    "CameraRestored",
  ]);
  expect(camera.obstacle()).toBeUndefined();
});
