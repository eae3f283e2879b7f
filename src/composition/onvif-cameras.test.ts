import { describe, expect, test } from "vitest";
import type { Meeting } from "../drivers/camera-onvif/onvif-camera.ts";
import { OnvifFrameSource, type StreamFinder } from "../drivers/camera-onvif/onvif-frame-source.ts";
import { frameSourceContract } from "../ports/contracts/frame-source.contract.ts";
import type { CameraFault } from "../ports/frame-source.ts";
import { SimulatedFrameSource } from "../simulation/simulated-frame-source.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { deviceAddressOf } from "./onvif-cameras.ts";

/** A camera on virtual time: what it answers, and whether its stream shows anything. */
function camera({ isPinned = false, firstFault = undefined as CameraFault | undefined } = {}) {
  const clock = new VirtualClock();
  const opened: { readonly url: string; readonly stream: SimulatedFrameSource }[] = [];
  const hand = { plugged: true, fault: firstFault, url: "rtsp://c/1", asked: 0 };
  const finder: StreamFinder = {
    cameraId: "c1",
    isPinned,
    meet: async () => {
      hand.asked += 1;
      return hand.fault === undefined
        ? ({ met: true, device: { streamUrl: hand.url } } as Meeting) // nobody looks at the rest
        : { met: false, fault: hand.fault, detail: "because" };
    },
  };
  const openStream = (url: string): SimulatedFrameSource => {
    const scene = hand.plugged ? ({ kind: "empty" } as const) : ({ kind: "unplugged" } as const);
    const stream = new SimulatedFrameSource({ cameraId: "c1", seed: 7, width: 64, height: 36, scene }, clock);
    opened.push({ url, stream });
    return stream;
  };
  const source = new OnvifFrameSource({ finder, openStream, clock, random: () => 0.5 });
  /** Promises are settled between steps: the device answers in no time. */
  const elapse = async (length: number): Promise<void> => {
    for (let passed = 0; passed < length; passed += 50) {
      for (let turn = 0; turn < 8; turn++) await Promise.resolve();
      clock.advance(50);
    }
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
  };
  return { clock, source, hand, opened, elapse };
}

frameSourceContract("an ONVIF camera's stream", async () => {
  const { source, hand, opened, elapse } = camera();
  return {
    source,
    until: async (condition, what) => {
      for (let step = 0; !condition(); step++) {
        if (step > 1_000) throw new Error(`waited in vain for ${what}`);
        await elapse(50);
      }
    },
    elapse,
    cutSignal: async () => {
      hand.plugged = false;
      opened.at(-1)?.stream.show({ kind: "unplugged" });
    },
    restoreSignal: async () => {
      hand.plugged = true;
    },
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
});

describe("where the stream is", () => {
  test("is asked for again before each connection", async () => {
    const { source, hand, opened, elapse } = camera();
    await elapse(1_000);
    hand.url = "rtsp://c/2";
    opened[0]?.stream.show({ kind: "unplugged" });
    await elapse(3_000);
    expect(opened.map(({ url }) => url)).toEqual(["rtsp://c/1", "rtsp://c/2"]);
    expect(source.state().phase).toBe("live");
    await source[Symbol.asyncDispose]();
  });

  test("is known still when the ONVIF service has died, but not where the camera has to prove itself (T20)", async () => {
    for (const isPinned of [false, true]) {
      const { source, hand, opened, elapse } = camera({ isPinned });
      await elapse(1_000);
      hand.fault = "unreachable";
      opened[0]?.stream.show({ kind: "unplugged" });
      await elapse(3_000);
      expect(source.state().phase).toBe(isPinned ? "lost" : "live");
      await source[Symbol.asyncDispose]();
    }
  });

  test.each(["otherCamera", "unauthorised", "notOnvif"] as const)("%s is never got around", async (fault) => {
    const { source, hand, opened, elapse } = camera();
    await elapse(1_000);
    hand.fault = fault;
    opened[0]?.stream.show({ kind: "unplugged" });
    await elapse(3_000);
    expect(source.state()).toMatchObject({ phase: "lost", fault, detail: "because" });
    expect(opened).toHaveLength(1);
    await source[Symbol.asyncDispose]();
  });

  test("a refused password is tried rarely: cameras lock accounts", async () => {
    const { source, hand, elapse } = camera({ firstFault: "unauthorised" });
    await elapse(60_000);
    expect(hand.asked).toBeLessThanOrEqual(4);
    await source[Symbol.asyncDispose]();
  });
});

test("an address needs no port and no path", () => {
  expect(deviceAddressOf({ address: "http://192.0.2.1" })).toMatchObject({
    ...{ host: "192.0.2.1", port: 80, path: "/onvif/device_service", tls: undefined },
  });
  expect(deviceAddressOf({ address: "https://[2001:db8::1]:8443/x" })).toMatchObject({
    ...{ host: "2001:db8::1", port: 8443, path: "/x", tls: {} },
  });
});
