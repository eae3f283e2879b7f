import { describe, expect, test } from "vitest";
import { guideOf } from "./guide.ts";
import { poseOf, posesOf } from "./poses.ts";

const good = {
  good: true,
  faces: 1,
  box: { x: 230, y: 110, width: 180, height: 240 },
  width: 640,
  height: 480,
  advice: [],
  quality: { yaw: 2 },
};
const light = { what: "moreLight", en: "More light on the face", zh: "面部光线不足" };
const two = { what: "onePerson", en: "One person alone in the picture", zh: "画面中只能有一人" };

describe("what the person before the camera is told", () => {
  test("that it is good, when nothing is wrong", () => expect(guideOf(good, "en")).toEqual({ is: "good" }));

  test.each([
    ["far away", { box: { x: 300, y: 200, width: 50, height: 70 } }, "closer"],
    ["too near", { box: { x: 120, y: 20, width: 400, height: 450 } }, "back"],
    ["beside the oval", { box: { x: 20, y: 110, width: 180, height: 240 } }, "middle"],
    ["under it", { box: { x: 230, y: 240, width: 180, height: 240 } }, "middle"],
  ])("where to stand before anything about light: %s", (_, change, is) =>
    expect(guideOf({ ...good, ...change, advice: [light] }, "en")).toEqual({ is }),
  );

  test("one thing at a time, in the page's language; two people before everything else", () => {
    expect(guideOf({ ...good, advice: [light] }, "zh")).toEqual({ is: "advice", text: light.zh });
    const far = { x: 300, y: 200, width: 50, height: 70 };
    expect(guideOf({ ...good, box: far, advice: [light, two] }, "en")).toEqual({
      is: "advice",
      text: two.en,
    });
    expect(guideOf({ ...good, box: null, advice: [light] }, "en")).toEqual({ is: "advice", text: light.en });
  });
});

describe("what the photos show", () => {
  test("each way of looking once; glasses only where all of them show some", () => {
    expect(posesOf([], [])).toEqual([
      { pose: "straight", done: false },
      { pose: "left", done: false },
      { pose: "right", done: false },
    ]);
    const shown = posesOf([{ yaw: 1 }, { yaw: -9 }], ["morePhotos", "withoutGlasses"]);
    expect(shown).toEqual([
      { pose: "straight", done: true },
      { pose: "left", done: true },
      { pose: "right", done: false },
      { pose: "withoutGlasses", done: false },
    ]);
  });

  test("a photo that was not measured shows nothing", () => {
    expect(poseOf(undefined)).toBeUndefined();
    expect(posesOf([{}], []).some(({ done }) => done)).toBe(false);
  });
});
