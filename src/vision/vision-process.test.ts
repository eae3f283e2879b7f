import { describe, expect, test } from "vitest";
import {
  annasFace,
  faceOf,
  goodQuality,
  strangersFace,
  VisionInOneProcess,
} from "../../test/support/vision-in-one-process.ts";

async function seeing(changes: ConstructorParameters<typeof VisionInOneProcess>[0] = {}) {
  const vision = new VisionInOneProcess(changes);
  await vision.passes(1_000);
  return vision;
}

describe("a face at the door", () => {
  test("two frames that agree are accepted, with everything the record wants", async () => {
    const vision = await seeing();
    const passage = vision.verify();
    await vision.passes(400);
    expect(vision.verdict(passage)).toMatchObject({
      accepted: true,
      distance: 0,
      threshold: 0.058,
      model: "test/model",
      modelHash: "0a0b",
      framesUsed: 2,
      quality: goodQuality,
      evidence: Uint8Array.of(0xff, 0xd8, 160, 90),
    });
    const [first = 0, second = 0] = vision.verdict(passage)?.frameTimes ?? [];
    expect(second).toBeGreaterThan(first);
  });

  test("a stranger is refused, and not accepted however long it takes", async () => {
    const vision = await seeing();
    vision.engine.descriptor = strangersFace;
    const passage = vision.verify();
    await vision.passes(4_000);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "faceMismatch" });
  });

  test("T17: a frame from long before the card is not looked at", async () => {
    const vision = await seeing({ framesPerSecond: 1 });
    await vision.passes(700); // the newest frame is that old
    const presentedAt = vision.clock.now();
    vision.verify();
    await vision.passes(2_000);
    expect(vision.engine.looked.length).toBeGreaterThan(0);
    for (const at of vision.engine.looked) expect(at).toBeGreaterThanOrEqual(presentedAt - 500);
  });

  test("no frame is compared twice", async () => {
    const vision = await seeing();
    vision.engine.faces = [];
    vision.verify();
    await vision.passes(2_000);
    expect(new Set(vision.engine.looked).size).toBe(vision.engine.looked.length);
  });

  test("T19: of a frame with two people in front nobody is described", async () => {
    const vision = await seeing();
    vision.engine.faces = [faceOf(50), faceOf(40)];
    const passage = vision.verify();
    await vision.passes(4_000);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "multipleFaces" });
    expect(vision.engine.described).toBe(0);
  });

  test("somebody far behind does not matter", async () => {
    const vision = await seeing();
    vision.engine.faces = [faceOf(50), faceOf(10)];
    const passage = vision.verify();
    await vision.passes(500);
    expect(vision.verdict(passage)?.accepted).toBe(true);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 0])("a descriptor of %s is nobody", async (value) => {
    const vision = await seeing();
    vision.engine.descriptor = new Float32Array(4).fill(value);
    const passage = vision.verify();
    await vision.passes(4_000);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "poorQuality" });
  });

  test("a template of NaN matches nobody", async () => {
    const vision = await seeing();
    const passage = vision.verify({ templates: [new Float32Array(4).fill(Number.NaN)] });
    await vision.passes(400);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "faceMismatch" });
  });

  test("somebody with several appearances is compared with the nearest, not with what lies between", async () => {
    const other = Float32Array.from(annasFace.toReversed());
    const judged = async (appearances: readonly string[]): Promise<boolean | undefined> => {
      const vision = await seeing();
      const passage = vision.verify({ templates: [annasFace.slice(), other.slice()], appearances });
      await vision.passes(400);
      return vision.verdict(passage)?.accepted;
    };
    expect(await judged(["usual", "glasses"])).toBe(true);
    expect(await judged(["usual", "usual"])).toBe(false);
  });

  test("a poor picture says what to do about it", async () => {
    const vision = await seeing();
    vision.engine.quality = { ...goodQuality, eyeDistance: 5 };
    const passage = vision.verify();
    await vision.passes(4_000);
    expect(vision.verdict(passage)).toMatchObject({
      reason: "poorQuality",
      detail: "eyeDistance: stepCloser",
    });
  });

  test.each([
    ["an unknown camera", { camera: "roof" }, /roof/],
    ["another model's templates", { model: "old/model" }, /old\/model/],
  ])("%s is no comparison", async (_, changes, detail) => {
    const vision = await seeing();
    const passage = vision.verify(changes);
    await vision.passes(100);
    expect(vision.verdict(passage)).toMatchObject({
      accepted: false,
      reason: "cameraFault",
      detail: expect.stringMatching(detail),
    });
    expect(vision.engine.looked).toEqual([]);
  });
});

describe("a camera that cannot be believed", () => {
  test.each([
    ["T18: black", { kind: "dark" }, 4_000, /black/],
    ["T17: frozen", { kind: "frozen" }, 2_000, /still/],
    ["unplugged", { kind: "unplugged" }, 2_000, /unplugged/],
  ] as const)("%s: refused as the camera's fault, no face is looked for", async (_, scene, time, detail) => {
    const vision = await seeing();
    vision.street.show(scene);
    await vision.passes(time);
    const passage = vision.verify();
    await vision.passes(2_000);
    expect(vision.verdict(passage)).toMatchObject({
      accepted: false,
      reason: "cameraFault",
      detail: expect.stringMatching(detail),
    });
    expect(vision.engine.looked).toEqual([]);
  });

  test("that goes bad during the comparison ends it", async () => {
    const vision = await seeing();
    vision.engine.faces = [];
    const passage = vision.verify();
    await vision.passes(500);
    vision.street.show({ kind: "unplugged" });
    await vision.passes(300);
    expect(vision.verdict(passage)).toMatchObject({
      reason: "cameraFault",
      detail: "the simulated camera is unplugged",
    });
  });

  test("from which no picture comes in time", async () => {
    const vision = new VisionInOneProcess({ framesPerSecond: 0.1 });
    await vision.passes(10_900);
    const passage = vision.verify();
    await vision.passes(1_400);
    expect(vision.verdict(passage)).toBeUndefined();
    await vision.passes(200);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "cameraFault" });
  });
});

describe("the engine", () => {
  test("that throws is no judgement of a person, and the next verification works", async () => {
    const vision = await seeing();
    vision.engine.failure = new Error("out of memory");
    const failed = vision.verify();
    await vision.passes(400);
    expect(vision.verdict(failed)).toMatchObject({
      accepted: false,
      reason: "cameraFault",
      detail: expect.stringContaining("out of memory"),
    });
    vision.engine.failure = undefined;
    const passage = vision.verify();
    await vision.passes(500);
    expect(vision.verdict(passage)?.accepted).toBe(true);
  });

  test("that is too slow accepts nobody after time is up", async () => {
    const vision = await seeing();
    vision.engine.takes = 1_700;
    const passage = vision.verify();
    await vision.passes(4_000);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false });
  });

  test("is shared fairly by two people at two doors", async () => {
    const vision = await seeing();
    vision.engine.takes = 200;
    const [first, second] = [vision.verify(), vision.verify({ camera: "inside" })];
    await vision.passes(1_000);
    expect(vision.verdict(first)).toMatchObject({ accepted: true, framesUsed: 2 });
    expect(vision.verdict(second)).toMatchObject({ accepted: true, framesUsed: 2 });
    expect(vision.engine.looked).toHaveLength(4);
  });

  test("looks at nothing for somebody who has gone: others do not wait for it", async () => {
    const vision = await seeing();
    vision.engine.takes = 200;
    vision.verify();
    const gone = Array.from({ length: 20 }, () => vision.verify());
    await vision.passes(20);
    for (const passage of gone) vision.send({ type: "cancel", passage });
    const waiting = vision.verify();
    await vision.passes(1_200);
    expect(vision.verdict(waiting)?.accepted).toBe(true);
    for (const passage of gone) expect(vision.verdict(passage)).toBeUndefined();
  });
});

test("a cancelled verification says nothing and looks at nothing more", async () => {
  const vision = await seeing();
  vision.engine.faces = [];
  const passage = vision.verify();
  await vision.passes(400);
  vision.send({ type: "cancel", passage });
  await vision.passes(20);
  const looked = vision.engine.looked.length;
  await vision.passes(4_000);
  expect(vision.engine.looked).toHaveLength(looked);
  expect(vision.verdict(passage)).toBeUndefined();
});

test("a snapshot is the newest frame; of a camera that is unknown or dead there is none", async () => {
  const vision = await seeing();
  const snapshots = () =>
    Object.fromEntries(
      vision.told.flatMap((told) => (told.type === "snapshot" ? [[told.request, told.jpeg]] : [])),
    );
  vision.send({ type: "snapshot", request: "a", camera: "street" });
  vision.send({ type: "snapshot", request: "b", camera: "roof" });
  vision.street.show({ kind: "unplugged" });
  await vision.passes(500);
  vision.send({ type: "snapshot", request: "c", camera: "street" });
  await vision.passes(20);
  expect(snapshots()).toEqual({ a: Uint8Array.of(0xff, 0xd8, 160, 90), b: undefined, c: undefined });
});

test("a controller that starts anew is told everything that is so, and what is not", async () => {
  const vision = await seeing();
  vision.street.show({ kind: "dark" });
  vision.inside.show({ kind: "unplugged" });
  await vision.passes(4_000);
  vision.restartController();
  expect(vision.told[0]).toMatchObject({ type: "ready", threshold: 0.058, backend: "scripted" });
  const states = vision.told.flatMap((message) =>
    message.type === "cameraState" ? [`${message.camera} ${message.state.phase}`] : [],
  );
  expect(states).toEqual(["street live", "inside lost"]);
  const health = vision.told.flatMap((message) =>
    message.type === "cameraHealth"
      ? [
          `${message.camera} ${message.event.type}${message.event.type === "CameraRestored" ? message.event.from.slice(6) : ""}`,
        ]
      : [],
  );
  expect(health).toEqual([
    "street CameraRestoredLost",
    "street CameraRestoredFrozen",
    "street CameraCovered",
    "inside CameraLost",
    "inside CameraRestoredFrozen",
    "inside CameraRestoredCovered",
  ]);
});

test("stopped, it judges nobody any more", async () => {
  const vision = await seeing();
  vision.engine.takes = 100;
  const passage = vision.verify();
  await vision.passes(20);
  await vision.stop();
  await vision.passes(4_000);
  expect(vision.verdict(passage)).toBeUndefined();
});
