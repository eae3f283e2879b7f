import { expect, test } from "vitest";
import { slownessFindings } from "./model-findings.ts";

test("the fastest engine passed over is doubtful, with the reason and what to do in both languages", () => {
  const [finding, ...others] = slownessFindings([
    { backend: "onnx", reason: "self-test: ssdMobilenetv1 gave 0.1" },
    { backend: "tfjs-node", reason: "not installed" },
  ]);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ area: "models", subject: "onnx", verdict: "doubtful" });
  for (const language of ["en", "zh"] as const) {
    expect(finding?.seen[language]).toContain("self-test: ssdMobilenetv1 gave 0.1");
    expect(finding?.todo?.[language]).toContain("scripts/start");
  }
});

test("an optional engine that is not there is no finding", () => {
  expect(slownessFindings([{ backend: "tfjs-node", reason: "not installed" }])).toEqual([]);
});
