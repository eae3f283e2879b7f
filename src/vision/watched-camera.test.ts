import { expect, test } from "vitest";
import type { Frame } from "../ports/frame-source.ts";
import { SimulatedFrameSource } from "../simulation/simulated-frame-source.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { cameraHealthDefaults } from "./camera-health-policy.ts";
import { WatchedCamera } from "./watched-camera.ts";

/** Learns where it looks, and doubts it, within seconds. */
const impatient = { ...cameraHealthDefaults, viewLearnedAfter: 10_000, turnedAfter: 10_000 };

function setUp(policy = cameraHealthDefaults) {
  const clock = new VirtualClock();
  const options = { cameraId: "street", seed: 1, width: 160, height: 90, scene: { kind: "empty" } } as const;
  const source = new SimulatedFrameSource(options, clock);
  const states: string[] = [];
  const camera = new WatchedCamera(source, policy, clock, {
    onState: (_, { phase }) => states.push(phase),
    onHealth: (_, { type }) => states.push(type),
  });
  return { clock, source, camera, states };
}

/** Nothing like the wall of an empty scene. */
const striped = {
  width: 160,
  height: 90,
  rgb: Uint8Array.from({ length: 160 * 90 * 3 }, (_, byte) => {
    const [x, y] = [Math.floor(byte / 3) % 160, Math.floor(byte / 480)];
    return Math.floor((x + 2 * y) / 12) % 2 === 0 ? 60 : 180;
  }),
};

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

test("T18 a simulated camera is not turned away by what it is told to show", () => {
  const { clock, source, camera, states } = setUp(impatient);
  clock.advance(12_000);
  source.show({ kind: "picture", picture: striped });
  clock.advance(30_000);
  expect(states).not.toContain("CameraCovered");
  expect(camera.obstacle()).toBeUndefined();
});

test("T18 a camera that is mounted somewhere is", () => {
  const { clock, source } = setUp();
  const mounted = new Proxy(source, {
    get: (target, name) => {
      if (name === "changesView") return false;
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
  const camera = new WatchedCamera(mounted, impatient, clock, {
    onState: () => undefined,
    onHealth: () => undefined,
  });
  clock.advance(12_000);
  source.show({ kind: "picture", picture: striped });
  clock.advance(12_000);
  expect(camera.obstacle()).toMatch(/turned away/);
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
