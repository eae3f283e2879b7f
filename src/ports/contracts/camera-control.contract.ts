import { describe, expect, test } from "vitest";
import type { CameraControl } from "../camera-control.ts";
import type { CameraDeviceEvent } from "../vision-link.ts";

/** A camera with its control, and the hands to disturb it. Each test gets its own. */
export interface CameraControlHarness extends AsyncDisposable {
  readonly control: CameraControl;
  /** The name of a preset that it has. */
  readonly preset: string;
  /** Where it was turned to last, as the camera has it. */
  turnedTo(): string | undefined;
  /** Somebody covers it. */
  cover(): void;
  until(condition: () => boolean, what: string): Promise<void>;
}

/** What every control of a camera promises, whatever stands behind it. */
export function cameraControlContract(name: string, start: () => Promise<CameraControlHarness>): void {
  describe(`${name} keeps the contract of a camera control`, () => {
    test("a preset that it has is recalled", async () => {
      await using camera = await start();
      expect(await camera.control.recallPreset(camera.preset)).toEqual({ recalled: true });
      expect(camera.turnedTo()).toBeDefined();
    });

    test("one that it has not is told, with those that it has", async () => {
      await using camera = await start();
      const outcome = await camera.control.recallPreset("no such place");
      expect(outcome).toMatchObject({ recalled: false, why: "failed" });
      expect(outcome.recalled ? "" : outcome.detail).toContain(camera.preset);
      expect(camera.turnedTo()).toBeUndefined();
    });

    test("what it notices is told to everybody who listens, and to nobody who stopped", async () => {
      await using camera = await start();
      const told: CameraDeviceEvent["type"][] = [];
      const left: CameraDeviceEvent["type"][] = [];
      camera.control.listen(({ type }) => void told.push(type));
      camera.control.listen(({ type }) => void left.push(type))[Symbol.dispose]();
      camera.cover();
      await camera.until(() => told.includes("CameraTampered"), "the tampering");
      expect(left).toEqual([]);
    });

    test("asked to report, it tells again what is so", async () => {
      await using camera = await start();
      const told: CameraDeviceEvent["type"][] = [];
      camera.control.listen(({ type }) => void told.push(type));
      camera.cover();
      await camera.until(() => told.includes("CameraTampered"), "the tampering");
      told.length = 0;
      camera.control.report();
      expect(told).toContain("CameraTampered");
      expect(told).not.toContain("CameraTamperEnded");
    });

    test("disposed, it answers and tells nothing more, also the second time", async () => {
      await using camera = await start();
      const told: CameraDeviceEvent["type"][] = [];
      camera.control.listen(({ type }) => void told.push(type));
      await camera.control[Symbol.asyncDispose]();
      await camera.control[Symbol.asyncDispose]();
      const before = told.length;
      camera.cover();
      expect(await camera.control.recallPreset(camera.preset)).toMatchObject({ recalled: false });
      expect(told).toHaveLength(before);
    });
  });
}
