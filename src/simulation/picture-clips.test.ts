import { setImmediate as immediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { after } from "../domain/time.ts";
import { type ClipPicture, PictureClips } from "./picture-clips.ts";
import { SimulatedFrameSource } from "./simulated-frame-source.ts";
import { VirtualClock } from "./virtual-clock.ts";

test("a simulated camera's clip is made of what it showed before and after, two pictures a second", async () => {
  const clock = new VirtualClock();
  const camera = { cameraId: "street", seed: 1, width: 32, height: 16, framesPerSecond: 8 };
  await using source = new SimulatedFrameSource({ ...camera, scene: { kind: "empty" } }, clock);
  let given: readonly ClipPicture[] = [];
  const clips = new PictureClips({
    ...{ source, clock, span: 12_000 },
    codec: { encodeJpeg: async () => Uint8Array.of(0xff, 0xd8) },
    encode: async (pictures) => {
      given = pictures;
      return { mp4: Uint8Array.of(1) };
    },
  });
  const passes = async (length: number) => {
    for (let left = length; left > 0; left -= 100) {
      clock.advance(100);
      await immediate();
    }
  };
  await passes(60_000);
  const alarmAt = clock.now();
  const kept = clips.clip(after(alarmAt, -10_000), after(alarmAt, 20_000));
  await passes(21_000);
  const clip = await kept;
  expect(clip).toMatchObject({ kept: true, cut: null });
  expect(given.length).toBeGreaterThan(55);
  expect(given.length).toBeLessThan(70);
  const times = given.map(({ at }) => at - alarmAt);
  expect(times[0]).toBeLessThan(-9_400);
  expect(times.at(-1)).toBeGreaterThan(19_400);
  source.show({ kind: "unplugged" });
  await passes(15_000);
  expect(await clips.clip(after(clock.now(), -10_000), clock.now())).toMatchObject({ kept: false });
});
