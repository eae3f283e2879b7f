import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultVerificationPolicy } from "../../src/domain/biometric/verification-policy.ts";
import { openFaceEngine } from "../../src/drivers/face-nets/open-face-engine.ts";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import { sharpPictureCodec } from "../../src/drivers/picture-sharp/sharp-picture-codec.ts";
import type { FaceEngine, Picture } from "../../src/ports/face-engine.ts";
import type { FaceCount, VisionMessage } from "../../src/ports/vision-link.ts";
import { demoPeople, probeScene } from "../../src/simulation/demo-people.ts";
import { ProcessHub } from "../../src/simulation/process-hub.ts";
import { SimulatedFrameSource } from "../../src/simulation/simulated-frame-source.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";
import { VisionProcess } from "../../src/vision/vision-process.ts";
import { seededRandom } from "../support/seeded-random.ts";

// The real nets before a camera of virtual time: how many faces it finds, whatever else the machine does.

const samples = join(
  dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
  "demo",
);
let engine: FaceEngine;
let borrowed: FaceEngine;
let busy = 0;
beforeAll(async () => {
  engine = await openFaceEngine();
  borrowed = {
    model: engine.model,
    backend: engine.backend,
    detect: async (...search) => {
      busy += 1;
      try {
        return await engine.detect(...search);
      } finally {
        busy -= 1;
      }
    },
    describe: (...face) => engine.describe(...face),
    timings: () => engine.timings(),
    [Symbol.asyncDispose]: async () => {},
  };
}, 60_000);
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

/** A camera between the doors, at ten pictures a second, that is asked once. */
async function counted(picture: Picture): Promise<FaceCount | undefined> {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const controller = hub.start("controller");
  const told: VisionMessage[] = [];
  controller.onMessage((_, message) => told.push(message as VisionMessage)); // only vision speaks to it
  const scene = { kind: "picture", picture } as const;
  const { width, height } = picture;
  const camera = new SimulatedFrameSource(
    { cameraId: "between", seed: 4, framesPerSecond: 10, tremble: 1, width, height, scene },
    clock,
  );
  const vision = new VisionProcess({
    ...{
      cameras: [camera],
      engine: borrowed,
      codec: sharpPictureCodec,
      clock,
      loadedIn: 0,
      random: seededRandom(5),
    },
    policy: { ...defaultVerificationPolicy, threshold: 0.058 },
    link: hub.start("vision"),
  });
  vision.start();
  // Nobody has asked: the picture settles and no net computes.
  for (let frame = 0; frame < 5; frame++) clock.advance(100);
  controller.send("vision", { type: "countFaces", request: "q", camera: "between" });
  for (let turn = 0; turn < 2_000; turn++) {
    const answer = told.find((message) => message.type === "facesCounted");
    if (answer?.type === "facesCounted") return answer.count;
    // A look takes no virtual time: it is waited for before the next picture comes.
    clock.advance(20);
    do await pause(1);
    while (busy > 0);
  }
  throw new Error("no answer");
}

test.each([1, 2, 3])(
  "T45: %s between the doors, seen by the real nets",
  { timeout: 60_000 },
  async (people) => {
    const picture = await decodePicture(await probeScene(demoPeople.slice(0, people)));
    const count = await counted(picture);
    expect(count?.faces).toBe(people);
    expect(count?.frames).toBeGreaterThanOrEqual(3);
    // As it is kept: a JPEG.
    expect([...(count?.jpeg?.subarray(0, 2) ?? [])]).toEqual([0xff, 0xd8]);
  },
);

test("T45: a picture of three that nobody here has made", { timeout: 60_000 }, async () => {
  const count = await counted(await decodePicture(await readFile(join(samples, "sample3.jpg"))));
  expect(count?.faces).toBe(3);
});
