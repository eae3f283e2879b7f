import { expect, test } from "vitest";
import { SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import type { PassedOver } from "../ports/face-engine.ts";
import { MemoryJournal } from "../simulation/memory-journal.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { AlarmDesk } from "./alarm-desk.ts";
import { Chronicle } from "./chronicle.ts";
import { Recorder } from "./recorder.ts";
import { SiteHealth } from "./site-health.ts";

const model = { id: "m", hash: "0".repeat(64), dimensions: 128 };

async function stateWith(backend: string, passedOver: readonly PassedOver[]) {
  const site = await SiteInOneProcess.open();
  site.vision.tell({ type: "ready", model, threshold: 0.05, loadedIn: 0, backend, passedOver });
  return site.state().processes.vision.detail;
}

/** What the record of a start says. */
function recordWith(backend: string, passedOver: readonly PassedOver[]) {
  const clock = new VirtualClock();
  const journal = new MemoryJournal(clock);
  const recorder = new Recorder(journal, clock, { onRecord: () => undefined, onStorage: () => undefined });
  const health = new SiteHealth(new Chronicle(recorder, new AlarmDesk(clock), clock));
  health.visionStarted({ model, threshold: 0.05, backend, passedOver });
  return journal.query({ limit: 1, type: "VisionStarted" })[0]?.payload;
}

test("which engine compares faces is in the state and in the record, and why no faster one does", async () => {
  const passedOver = [{ backend: "onnx", reason: "self-test: ssdMobilenetv1 gave 0.1" }];
  for (const shown of [await stateWith("wasm", passedOver), recordWith("wasm", passedOver)]) {
    expect(shown).toMatchObject({
      backend: "wasm",
      passedOver: ["onnx: self-test: ssdMobilenetv1 gave 0.1"],
    });
  }
});

test("a reason may hold whatever a library says: the record does not grow by it", () => {
  const payload = recordWith("wasm", [{ backend: "onnx", reason: "x".repeat(100_000) }]);
  expect(JSON.stringify(payload).length).toBeLessThan(700);
});

test("nothing is said where the fastest one computes", async () => {
  expect(await stateWith("onnx", [])).toMatchObject({ backend: "onnx", passedOver: [] });
  expect(recordWith("onnx", [])).not.toHaveProperty("passedOver");
});
