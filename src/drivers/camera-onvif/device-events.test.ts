import { describe, expect, test } from "vitest";
import { messagesOf, noticedIn } from "./device-events.ts";

const item = (name: string, value: unknown) => ({ $: { Name: name, Value: value } });

function message(topic: string, state: unknown, operation = "Changed"): unknown {
  return {
    topic: { _: topic, $: { Dialect: "x" } },
    message: {
      message: {
        $: { UtcTime: "2026-11-22T10:00:00Z", PropertyOperation: operation },
        source: { simpleItem: item("InputToken", "door-2") },
        data: { simpleItem: [item("State", state)] },
      },
    },
  };
}

describe("what a camera's events mean", () => {
  test.each([
    "tns1:VideoSource/GlobalSceneChange/ImagingService",
    "tns1:RuleEngine/TamperDetector/Tamper",
    "tns1:VideoSource/ImageTooBlurry/AnalyticsService",
    "tns1:VideoSource/ImageTooDark/RecordingService",
    "tns1:VideoSource/SignalLoss",
    " tnsaxis:CameraApplicationPlatform/CameraBlind ",
  ])("%s is tampering, and ends", (topic) => {
    expect(noticedIn(message(topic, true))).toMatchObject({ type: "CameraTampered" });
    expect(noticedIn(message(topic, "false"))).toEqual({ type: "CameraTamperEnded" });
    expect(noticedIn(message(topic, true, "Deleted"))).toEqual({ type: "CameraTamperEnded" });
  });

  test("a tampering's text is the topic without prefixes", () => {
    expect(noticedIn(message("tns1:VideoSource/tns1:SignalLoss", 1))).toEqual({
      type: "CameraTampered",
      detail: "it reports VideoSource/SignalLoss",
    });
  });

  test("a digital input, by its own name", () => {
    expect(noticedIn(message("tns1:Device/Trigger/DigitalInput", "true"))).toEqual({
      ...{ type: "CameraInputChanged", input: "door-2", active: true },
    });
    expect(noticedIn(message("tns1:Device/Trigger/DigitalInput", false))).toMatchObject({ active: false });
  });

  test("people walking past, and what is of no shape, mean nothing", () => {
    expect(noticedIn(message("tns1:RuleEngine/CellMotionDetector/Motion", true))).toBeUndefined();
    expect(noticedIn(message("tns1:VideoSource/MotionAlarm", true))).toBeUndefined();
    for (const nothing of [undefined, null, 7, "x", {}, { topic: "a" }, { topic: {}, message: [] }])
      expect(noticedIn(nothing)).toBeUndefined();
  });

  test("none, one or many messages; of a flood the first ones", () => {
    expect(messagesOf({})).toEqual([]);
    expect(messagesOf("")).toEqual([]);
    expect(messagesOf({ notificationMessage: { a: 1 } })).toHaveLength(1);
    expect(messagesOf({ notificationMessage: Array.from({ length: 1_000 }, () => ({})) })).toHaveLength(64);
  });
});
