import { describe, expect, test } from "vitest";
import { faceOf, VisionInOneProcess } from "../../test/support/vision-in-one-process.ts";
import type { DetectedFace } from "../ports/face-engine.ts";
import type { FaceCount } from "../ports/vision-link.ts";

type Changes = ConstructorParameters<typeof VisionInOneProcess>[0];

/** The camera between the doors shows a lit room with nothing in it that the nets would not be told of. */
async function between(changes: Changes = { framesPerSecond: 10 }) {
  const vision = new VisionInOneProcess(changes);
  await vision.passes(1_000);
  return vision;
}

const many = (faces: number, height = 50): readonly DetectedFace[] =>
  Array.from({ length: faces }, () => faceOf(height));

/** What each look in turn shows; the last for ever. */
function shows(vision: VisionInOneProcess, ...looks: readonly (readonly DetectedFace[])[]): void {
  let next = 0;
  Object.defineProperty(vision.engine, "faces", {
    get: () => looks[Math.min(next++, looks.length - 1)],
  });
}

function ask(vision: VisionInOneProcess, camera = "inside", request = "q1"): void {
  vision.send({ type: "countFaces", request, camera });
}

/** "open": no answer yet. */
function answer(vision: VisionInOneProcess, request = "q1"): FaceCount | undefined | "open" {
  const said = vision.told.find((message) => message.type === "facesCounted" && message.request === request);
  return said?.type === "facesCounted" ? said.count : "open";
}

describe("A4, T45: faces between the doors", () => {
  test.each([0, 1, 2, 3, 16])("%s are counted, over several frames, with a picture", async (faces) => {
    const vision = await between();
    vision.engine.faces = many(faces);
    ask(vision);
    await vision.passes(900);
    const count = answer(vision);
    expect(count).toMatchObject({ faces, jpeg: Uint8Array.of(0xff, 0xd8, 160, 90) });
    if (count === undefined || count === "open") throw new Error("no count");
    expect(count.frames).toBeGreaterThanOrEqual(3);
  });

  test("only pictures from after the question are looked at, each once", async () => {
    const vision = await between();
    const asked = vision.clock.now();
    ask(vision);
    await vision.passes(900);
    expect(vision.engine.looked.length).toBeGreaterThanOrEqual(3);
    expect(new Set(vision.engine.looked).size).toBe(vision.engine.looked.length);
    for (const at of vision.engine.looked) expect(at).toBeGreaterThan(asked);
  });

  test("somebody who is seen in two frames only counts", async () => {
    const vision = await between();
    shows(vision, many(1), many(2), many(1), many(2), many(1));
    ask(vision);
    await vision.passes(900);
    expect(answer(vision)).toMatchObject({ faces: 2 });
  });

  test("what a single frame shows is a pattern", async () => {
    const vision = await between();
    shows(vision, many(1), many(1), many(5), many(1));
    ask(vision);
    await vision.passes(900);
    expect(answer(vision)).toMatchObject({ faces: 1 });
  });

  test("a face too small to be recognised is somebody; a speck is not", async () => {
    const vision = await between();
    vision.engine.faces = [faceOf(60), faceOf(16), faceOf(15)];
    ask(vision);
    await vision.passes(900);
    expect(answer(vision)).toMatchObject({ faces: 2 });
  });

  test("with a slow camera it takes longer, and not for ever", async () => {
    const slow = await between({ framesPerSecond: 2 });
    slow.engine.faces = many(2);
    ask(slow);
    await slow.passes(1_600);
    expect(answer(slow)).toMatchObject({ faces: 2, frames: 3 });
    const slower = await between({ framesPerSecond: 1 });
    ask(slower);
    await slower.passes(1_700);
    expect(answer(slower)).toBeUndefined();
  });

  test("an engine that takes too long has counted nothing", async () => {
    const vision = await between();
    vision.engine.takes = 650;
    ask(vision);
    await vision.passes(1_680);
    expect(answer(vision)).toBe("open");
    await vision.passes(40);
    expect(answer(vision)).toBeUndefined();
  });

  test("nor has one that fails", async () => {
    const vision = await between();
    vision.engine.failure = new Error("no memory");
    ask(vision);
    await vision.passes(900);
    expect(answer(vision)).toBeUndefined();
  });

  test("two questions at once are answered both, and no more than eight are under way", async () => {
    const vision = await between();
    vision.engine.faces = many(2);
    for (let number = 1; number <= 9; number++) ask(vision, "inside", `q${number}`);
    await vision.passes(20);
    expect(answer(vision, "q9")).toBeUndefined();
    await vision.passes(1_700);
    expect([answer(vision, "q1"), answer(vision, "q8")]).toMatchObject([{ faces: 2 }, { faces: 2 }]);
    ask(vision, "inside", "again");
    await vision.passes(900);
    expect(answer(vision, "again")).toMatchObject({ faces: 2 });
  });

  test.each([
    ["T18: black", { kind: "dark" }, 4_000],
    ["T17: frozen", { kind: "frozen" }, 2_000],
    ["unplugged", { kind: "unplugged" }, 2_000],
  ] as const)("%s: nobody is said to be alone", async (_, scene, time) => {
    const vision = await between();
    vision.inside.show(scene);
    await vision.passes(time);
    vision.engine.faces = many(1);
    ask(vision);
    await vision.passes(2_000);
    expect(answer(vision)).toBeUndefined();
  });

  test("that goes bad while faces are counted has not counted them", async () => {
    const vision = await between();
    ask(vision);
    await vision.passes(150);
    vision.inside.show({ kind: "unplugged" });
    await vision.passes(1_700);
    expect(answer(vision)).toBeUndefined();
  });

  test("too dark to see a face, though not black", async () => {
    const vision = await between();
    const [width, height] = [160, 90];
    const rgb = Uint8Array.from({ length: width * height * 3 }, (_, byte) => (byte % 97 < 12 ? 90 : 4));
    vision.inside.show({ kind: "picture", picture: { width, height, rgb } });
    await vision.passes(3_000);
    ask(vision);
    await vision.passes(1_700);
    expect(answer(vision)).toBeUndefined();
  });

  test("a camera that nobody knows", async () => {
    const vision = await between();
    ask(vision, "roof");
    await vision.passes(20);
    expect(answer(vision)).toBeUndefined();
  });
});
