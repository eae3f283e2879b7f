import { describe, expect, test } from "vitest";
import type { CameraHealthEvent } from "../src/ports/vision-link.ts";
import { SimulatedFrameSource, type SimulatedScene } from "../src/simulation/simulated-frame-source.ts";
import { VirtualClock } from "../src/simulation/virtual-clock.ts";
import {
  type CameraHealth,
  type Observed,
  observeFrame,
  observeState,
  unknownHealth,
  verificationObstacle,
} from "../src/vision/camera-health.ts";
import { cameraHealthDefaults } from "../src/vision/camera-health-policy.ts";
import { measureFrame } from "../src/vision/frame-measure.ts";

/** A simulated camera under the judgement that real ones get, with its real limits. */
function judged(scene: SimulatedScene, tremble = 0) {
  const clock = new VirtualClock();
  const source = new SimulatedFrameSource(
    { cameraId: "c1", seed: 11, width: 320, height: 180, scene, tremble },
    clock,
  );
  const events: CameraHealthEvent[] = [];
  let health: CameraHealth = unknownHealth;
  const take = (observed: Observed) => {
    health = observed.health;
    events.push(...observed.events);
  };
  source.listen({
    onFrame: (frame) => take(observeFrame(health, measureFrame(frame), frame.intact, cameraHealthDefaults)),
    onState: (state) => take(observeState(health, state)),
  });
  return {
    source,
    events,
    pass: (seconds: number) => clock.advance(seconds * 1000),
    obstacle: () => verificationObstacle(health, clock.now(), cameraHealthDefaults),
  };
}

describe("the simulated camera passes for a real one", () => {
  test.each([0, 2])("an ordinary scene raises nothing for five minutes (tremble %i)", (tremble) => {
    const { pass, events, obstacle } = judged({ kind: "empty" }, tremble);
    pass(300);
    expect(events).toEqual([]);
    expect(obstacle()).toBeUndefined();
  });

  test("scenes that come and go raise nothing", () => {
    const { source, pass, events } = judged({ kind: "empty" }, 2);
    for (let turn = 0; turn < 10; turn++) {
      pass(3);
      source.show({ kind: "picture", picture: { width: 320, height: 180, rgb: chequered(turn) } });
      pass(3);
      source.show({ kind: "empty" });
    }
    pass(30);
    expect(events).toEqual([]);
  });

  test("T17 frozen: refused within a second, an alarm after five, over when it moves again", () => {
    const { source, pass, events, obstacle } = judged({ kind: "empty" }, 2);
    pass(20);
    source.show({ kind: "frozen" });
    pass(1);
    expect(obstacle()).toMatch(/stands still/);
    expect(events).toEqual([]);
    pass(5);
    expect(events.map(({ type }) => type)).toEqual(["CameraFrozen"]);
    source.show({ kind: "empty" });
    pass(12);
    expect(events.slice(1)).toEqual([{ type: "CameraRestored", from: "CameraFrozen" }]);
    expect(obstacle()).toBeUndefined();
  });

  test("T18 dark: covered; unplugged: lost; each restored", () => {
    const { source, pass, events } = judged({ kind: "empty" });
    pass(10);
    source.show({ kind: "dark" });
    pass(5);
    source.show({ kind: "empty" });
    pass(5);
    source.show({ kind: "unplugged" });
    pass(5);
    source.show({ kind: "empty" });
    pass(5);
    const names = events.map((event) =>
      event.type === "CameraRestored" ? `${event.from} over` : event.type,
    );
    expect(names).toEqual(["CameraCovered", "CameraCovered over", "CameraLost", "CameraLost over"]);
  });
});

function chequered(turn: number): Uint8Array {
  return Uint8Array.from({ length: 320 * 180 * 3 }, (_, byte) => {
    const [x, y] = [Math.floor(byte / 3) % 320, Math.floor(byte / 960)];
    return (Math.floor(x / 20) + Math.floor(y / 20) + turn) % 2 === 0 ? 60 : 180;
  });
}
