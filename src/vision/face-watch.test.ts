import { describe, expect, test, vi } from "vitest";
import {
  faceOf,
  goodQuality,
  strangersFace,
  VisionInOneProcess,
} from "../../test/support/vision-in-one-process.ts";
import { defaultWatchPolicy as policy } from "./watch-policy.ts";

type Changes = ConstructorParameters<typeof VisionInOneProcess>[0];

/** Somebody has stood before the street's camera for a while. */
async function watching(changes: Changes = {}) {
  const vision = new VisionInOneProcess(changes);
  await vision.passes(1_000);
  vision.someoneComes();
  await vision.passes(2_000);
  return vision;
}

const isForgotten = (values: Float32Array): boolean => values.every((value) => value === 0);

describe("before any card", () => {
  test("where nothing moves nobody is looked for", async () => {
    const vision = new VisionInOneProcess();
    await vision.passes(30_000);
    expect(vision.engine.looked).toEqual([]);
  });

  test("what moves is looked at, ever less often if it has no face, and then not at all", async () => {
    const vision = new VisionInOneProcess();
    vision.engine.faces = [];
    await vision.passes(1_000);
    vision.someoneComes();
    await vision.passes(3_000);
    const soon = vision.engine.looked.length;
    expect(soon).toBeGreaterThanOrEqual(5);
    await vision.passes(7_500);
    const later = vision.engine.looked.length - soon;
    expect(later).toBeLessThan(soon);
    await vision.passes(30_000);
    expect(vision.engine.looked).toHaveLength(soon + later);
  });

  test("a face that stands there is watched on, however still, at the rate the policy says", async () => {
    const vision = await watching({ framesPerSecond: 20 });
    const before = vision.engine.looked.length;
    await vision.passes(15_000);
    const perSecond = (vision.engine.looked.length - before) / 15;
    expect(perSecond).toBeGreaterThan(4.5);
    expect(perSecond).toBeLessThanOrEqual(1000 / policy.watchInterval);
  });

  test("watching takes no more than half of the engine's time, whatever stands before the cameras", async () => {
    const vision = await watching({ framesPerSecond: 20 });
    vision.engine.takes = 100;
    const before = vision.engine.looked.length;
    await vision.passes(20_000);
    expect(vision.engine.looked.length - before).toBeLessThanOrEqual(101);
    expect(vision.engine.looked.length - before).toBeGreaterThan(80);
  });

  test("the camera idles once nobody is about, and wakes for a card", async () => {
    const vision = await watching();
    vision.engine.faces = [];
    await vision.passes(policy.searchFor + policy.idleAfter + 3_000);
    const idle = vision.street.newest()?.sequence ?? 0;
    await vision.passes(10_000);
    expect((vision.street.newest()?.sequence ?? 0) - idle).toBeLessThanOrEqual(11);
    vision.engine.faces = [faceOf(50)];
    const passage = vision.verify();
    await vision.passes(700);
    expect(vision.verdict(passage)?.accepted).toBe(true);
  });
});

describe("when the card comes", () => {
  test("what was seen is enough: nothing more is looked at", async () => {
    const vision = await watching();
    const looked = vision.engine.looked.length;
    const presentedAt = vision.clock.now();
    const passage = vision.verify();
    await vision.passes(20);
    const verdict = vision.verdict(passage);
    expect(verdict).toMatchObject({
      accepted: true,
      framesUsed: 2,
      evidence: Uint8Array.of(0xff, 0xd8, 160, 90),
    });
    expect(verdict?.timings).toMatchObject({ toFirstFrame: 0, total: 0 });
    expect(verdict?.timings["watched"]).toBeGreaterThan(1_000);
    expect(vision.engine.looked).toHaveLength(looked);
    for (const at of verdict?.frameTimes ?? []) expect(at).toBeGreaterThanOrEqual(presentedAt - 500);
  });

  test("T17: nobody is accepted for having stood there a moment before", async () => {
    const vision = await watching();
    vision.engine.faces = [];
    await vision.passes(700);
    const passage = vision.verify();
    await vision.passes(4_000);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "noFace", framesUsed: 0 });
  });

  test.each([
    ["whose face is another's", { descriptor: strangersFace }],
    ["in another place", { faces: [{ ...faceOf(50), box: { x: 100, y: 30, width: 40, height: 50 } }] }],
  ])(
    "T19: who has stepped in front of the watched one, %s, is judged by frames of his own",
    async (_, changed) => {
      const vision = await watching();
      const swappedAt = vision.clock.now();
      Object.assign(vision.engine, changed);
      await vision.passes(220);
      const passage = vision.verify({ templates: [vision.engine.descriptor] });
      await vision.passes(1_000);
      const verdict = vision.verdict(passage);
      expect(verdict?.accepted).toBe(true);
      for (const at of verdict?.frameTimes ?? []) expect(at).toBeGreaterThanOrEqual(swappedAt);
    },
  );

  test("T19: a second face meanwhile, and nothing of before counts", async () => {
    const vision = await watching();
    vision.engine.faces = [faceOf(50), faceOf(45)];
    await vision.passes(220);
    const alone = vision.clock.now();
    vision.engine.faces = [faceOf(50)];
    const passage = vision.verify();
    await vision.passes(1_000);
    expect(vision.verdict(passage)?.accepted).toBe(true);
    for (const at of vision.verdict(passage)?.frameTimes ?? []) expect(at).toBeGreaterThanOrEqual(alone);
  });

  test("the door's turn comes before watching at another camera and before the desk", async () => {
    const vision = await watching();
    vision.engine.takes = 200;
    const photos = [vision.photo("photo"), vision.photo("photo")];
    const passage = vision.verify({ camera: "inside" });
    await vision.passes(900);
    expect(vision.verdict(passage)?.accepted).toBe(true);
    await Promise.all(photos);
  });
});

describe("item by item forgotten", () => {
  test("a face nobody claimed is gone from memory within seconds of leaving", async () => {
    const vision = await watching();
    expect(vision.engine.given.some((values) => !isForgotten(values))).toBe(true);
    vision.engine.faces = [];
    await vision.passes(5_000);
    expect(vision.engine.given.every(isForgotten)).toBe(true);
  });

  test("of a face that stands there for minutes a few frames are kept, no more", async () => {
    const vision = await watching();
    await vision.passes(60_000);
    expect(vision.engine.given.length).toBeGreaterThan(250);
    expect(vision.engine.given.filter((values) => !isForgotten(values)).length).toBeLessThanOrEqual(
      policy.mostLooks,
    );
  });

  test("after a verdict no copy of a descriptor is left either", async () => {
    const vision = await watching();
    const slice = vi.spyOn(Float32Array.prototype, "slice");
    try {
      const passage = vision.verify();
      await vision.passes(100);
      expect(vision.verdict(passage)?.accepted).toBe(true);
      vision.engine.faces = [];
      await vision.passes(5_000);
      const copies = slice.mock.results.map(({ value }) => value as Float32Array); // it does not throw
      expect(copies.length).toBeGreaterThanOrEqual(3);
      expect(copies.every(isForgotten)).toBe(true);
    } finally {
      slice.mockRestore();
    }
  });

  test.each([
    ["the camera is lost", { kind: "unplugged" }],
    ["the camera is covered", { kind: "dark" }],
  ] as const)("where %s, everything is", async (_, scene) => {
    const vision = await watching();
    vision.street.show(scene);
    await vision.passes(1_300);
    expect(vision.engine.given.every(isForgotten)).toBe(true);
  });
});

describe("whatever engine and camera do", () => {
  test("an engine that throws while nobody has a card harms nobody, and is not tried at every frame", async () => {
    const vision = await watching({ framesPerSecond: 20 });
    vision.engine.failure = new Error("out of memory");
    const before = vision.engine.looked.length;
    await vision.passes(3_000);
    expect(vision.engine.looked.length - before).toBeLessThanOrEqual(4);
    vision.engine.failure = undefined;
    const passage = vision.verify();
    await vision.passes(500);
    expect(vision.verdict(passage)?.accepted).toBe(true);
  });

  test("an engine that hangs: cameraFault in time, then another process, and no comparison by this one", async () => {
    const vision = await watching();
    vision.engine.takes = 1e9;
    const passage = vision.verify();
    await vision.passes(600);
    const late = vision.verify();
    await vision.passes(3_400);
    // What was seen before it hung may decide; a card after that gets an answer in time.
    expect(vision.verdict(passage)).toBeDefined();
    expect(vision.verdict(late)).toMatchObject({ accepted: false, reason: "cameraFault" });
    await vision.passes(7_000);
    expect(vision.stuck).toBe(1);
    const after = vision.verify();
    await vision.passes(400);
    expect(vision.verdict(after)).toMatchObject({ accepted: false, reason: "cameraFault" });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 0])("a descriptor of %s is no track", async (value) => {
    const vision = await watching();
    vision.engine.descriptor = new Float32Array(4).fill(value);
    await vision.passes(1_000);
    const passage = vision.verify();
    await vision.passes(4_000);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "poorQuality", framesUsed: 0 });
  });

  test.each([0, Number.NaN, -20])(
    "a box of size %s is never followed, so it proves nobody alive",
    async (side) => {
      const vision = await watching();
      vision.engine.faces = [{ confidence: 0.9, box: { x: 10, y: 10, width: side, height: side } }];
      await vision.passes(700);
      const passage = vision.verify({ liveness: "passive" });
      await vision.passes(4_000);
      expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "poorQuality" });
    },
  );

  test("a camera lost while its frame is looked at: its fault, whatever the look comes to", async () => {
    const vision = new VisionInOneProcess();
    await vision.passes(1_000);
    vision.engine.takes = 1_000;
    const passage = vision.verify();
    await vision.passes(220);
    vision.street.show({ kind: "unplugged" });
    await vision.passes(1_500);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "cameraFault", framesUsed: 0 });
  });

  test("a picture that cannot be believed any more when the engine's turn comes is not asked for again and again", async () => {
    const vision = new VisionInOneProcess();
    await vision.passes(1_000);
    vision.engine.takes = 700;
    const photo = vision.photo("photo");
    const passage = vision.verify();
    await vision.passes(20);
    vision.street.show({ kind: "dark" });
    await vision.passes(4_000);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "cameraFault" });
    await photo;
  });

  test("hundreds of cards at once: everyone gets an answer, and the engine looks once for all of them", async () => {
    const vision = new VisionInOneProcess();
    await vision.passes(1_000);
    const passages = Array.from({ length: 300 }, () => vision.verify());
    await vision.passes(4_000);
    for (const passage of passages) expect(vision.verdict(passage)).toBeDefined();
    expect(vision.engine.looked.length).toBeLessThan(25);
    const accepted = passages.filter((passage) => vision.verdict(passage)?.accepted === true);
    expect(accepted).toHaveLength(64);
  });

  test("cancelled while the face is watched: no verdict, and the next card is judged as ever", async () => {
    const vision = await watching();
    vision.engine.quality = { ...goodQuality, eyeDistance: 5 };
    await vision.passes(600);
    const gone = vision.verify();
    await vision.passes(100);
    vision.send({ type: "cancel", passage: gone });
    vision.engine.quality = goodQuality;
    const next = vision.verify();
    await vision.passes(700);
    expect(vision.verdict(gone)).toBeUndefined();
    expect(vision.verdict(next)?.accepted).toBe(true);
  });
});
