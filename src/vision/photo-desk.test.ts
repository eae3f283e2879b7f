import { setImmediate as immediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { ScriptedFaceEngine } from "../../test/support/vision-in-one-process.ts";
import { type PictureCodec, PictureError } from "../ports/picture-codec.ts";
import type { VisionMessage } from "../ports/vision-link.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { EngineQueue } from "./engine-queue.ts";
import { PhotoDesk } from "./photo-desk.ts";

test("photos are decoded one at a time, and one that is none holds nobody up", async () => {
  const clock = new VirtualClock();
  const decoding: ((error: Error) => void)[] = [];
  const codec: PictureCodec = {
    decode: () => new Promise((_resolve, reject) => void decoding.push(reject)),
    encodeJpeg: async () => new Uint8Array(),
  };
  const told: VisionMessage[] = [];
  const desk = new PhotoDesk({
    engine: new EngineQueue(new ScriptedFaceEngine(clock), clock),
    codec,
    isDoorWaiting: () => false,
    send: (message) => void told.push(message),
  });
  const image = new Uint8Array(1);
  for (const request of ["a", "b", "c"]) desk.onCommand({ type: "describePhoto", request, image });
  desk.onCommand({ type: "describeStored", request: "d", image });
  for (const done of [1, 2, 3, 4]) {
    await immediate();
    expect(decoding).toHaveLength(done);
    decoding.at(-1)?.(done === 2 ? new Error("the decoder failed") : new PictureError("damaged", "cut off"));
    await immediate();
    expect(told).toHaveLength(done);
  }
  expect(told).toMatchObject([
    { request: "a", outcome: { usable: false, reason: "notAPicture" } },
    { request: "b", outcome: { usable: false, reason: "engineFault", detail: "the decoder failed" } },
    { request: "c", outcome: { usable: false, reason: "notAPicture" } },
    { request: "d", outcome: { usable: false, reason: "notAPicture" } },
  ]);
});
