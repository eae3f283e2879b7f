import { expect, test } from "vitest";
import { SiteInOneProcess } from "../../test/support/site-in-one-process.ts";

const model = { id: "m", hash: "0".repeat(64), dimensions: 128 };
const ready = { type: "ready", model, threshold: 0.05, loadedIn: 0 } as const;

test("which engine compares faces is shown and recorded, and why no faster one does", async () => {
  const site = await SiteInOneProcess.open();
  site.vision.tell({
    ...ready,
    backend: "wasm",
    passedOver: [{ backend: "onnx", reason: `self-test: ${"x".repeat(1_000)}` }],
  });
  const { detail } = site.state().processes.vision;
  expect(detail).toMatchObject({
    backend: "wasm",
    model: "m",
    passedOver: [expect.stringMatching(/^onnx: self-test: x+$/)],
  });
  const record = site.records("VisionStarted").at(-1);
  expect(record?.payload).toMatchObject({
    backend: "wasm",
    passedOver: [expect.stringMatching(/^onnx: self/)],
  });
  // A reason may hold whatever a library says; the record does not.
  expect(JSON.stringify(record?.payload).length).toBeLessThan(700);
});

test("nothing is said where the fastest one computes", async () => {
  const site = await SiteInOneProcess.open();
  site.vision.tell({ ...ready, backend: "onnx", passedOver: [] });
  expect(site.state().processes.vision.detail).toMatchObject({ backend: "onnx", passedOver: [] });
  const record = site.records("VisionStarted").at(-1);
  expect(record?.payload).not.toHaveProperty("passedOver");
});
