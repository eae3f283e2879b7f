import { expect, test } from "vitest";
import { annasFace, ScriptedFaceEngine, ScriptedSense } from "../../test/support/vision-in-one-process.ts";
import { defaultVerificationPolicy } from "../domain/biometric/verification-policy.ts";
import { after } from "../domain/time.ts";
import type { Frame } from "../ports/frame-source.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { EngineQueue } from "./engine-queue.ts";
import { FaceWatch } from "./face-watch.ts";
import { measureFrame } from "./frame-measure.ts";
import type { VerificationRequest } from "./verification-request.ts";
import { verify } from "./verification-run.ts";
import { defaultWatchPolicy } from "./watch-policy.ts";
import type { CameraFollower, WatchedCamera } from "./watched-camera.ts";

const noJpeg = new Uint8Array(0);

/** A camera that sends five frames a second and is in doubt for as long as a test says. */
class DoubtfulCamera {
  readonly #clock: VirtualClock;
  readonly #doubtUntil: number;
  readonly #followers = new Set<CameraFollower>();
  #newest: Frame | undefined;
  #sequence = 0;

  constructor(clock: VirtualClock, doubtFor: number) {
    this.#clock = clock;
    this.#doubtUntil = clock.now() + doubtFor;
    this.#send();
  }

  newest(): Frame | undefined {
    return this.#newest;
  }

  obstacle(): string | undefined {
    return this.#clock.now() < this.#doubtUntil ? "the picture is damaged" : undefined;
  }

  follow(follower: CameraFollower): Disposable {
    this.#followers.add(follower);
    return { [Symbol.dispose]: () => void this.#followers.delete(follower) };
  }

  pace(): void {}

  #send(): void {
    this.#sequence += 1;
    const at = this.#clock.now();
    const frame = {
      sequence: this.#sequence,
      at,
      width: 2,
      height: 2,
      rgb: new Uint8Array(12),
      intact: true,
    };
    this.#newest = frame;
    for (const follower of this.#followers) follower.onFrame(frame, measureFrame(frame));
    this.#clock.wakeAt(after(at, 200), () => this.#send());
  }
}

async function verifyWith(doubtFor: number) {
  const clock = new VirtualClock();
  const engine = new ScriptedFaceEngine(clock);
  const camera = new DoubtfulCamera(clock, doubtFor) as unknown as WatchedCamera; // the part of it that a run uses
  const request: VerificationRequest = {
    presentedAt: clock.now(),
    model: engine.model.id,
    templates: [annasFace],
    liveness: "off",
    draws: [],
    previousChallenge: undefined,
    onChallenge: () => {},
    onStep: () => {},
  };
  const policy = { ...defaultVerificationPolicy, threshold: 0.05 };
  const watch = new FaceWatch({
    camera,
    engine: new EngineQueue(engine, clock),
    codec: { decode: () => Promise.reject(new Error("no photos here")), encodeJpeg: async () => noJpeg },
    clock,
    policy: defaultWatchPolicy,
    verification: policy,
    sense: new ScriptedSense(),
  });
  const result = verify(request, watch, policy, clock, new AbortController().signal);
  for (let step = 0; step < 30; step += 1) {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    clock.advance(100);
  }
  return { result: await result, looked: engine.looked, startedAt: request.presentedAt };
}

test("a picture in doubt is passed over, not compared; the good ones after it decide", async () => {
  const { result, looked, startedAt } = await verifyWith(500);
  expect(result?.outcome.type).toBe("FaceAccepted");
  expect(looked.every((at) => at !== undefined && at >= startedAt + 500)).toBe(true);
});

test("T18: doubt that lasts is the camera's fault, and nothing was compared meanwhile", async () => {
  const { result, looked } = await verifyWith(10_000);
  expect(result?.outcome).toMatchObject({ type: "FaceRefused", reason: "cameraFault" });
  expect(result?.cameraDetail).toBe("the picture is damaged");
  expect(looked).toEqual([]);
});
