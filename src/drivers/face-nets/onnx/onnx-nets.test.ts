import { describe, expect, test } from "vitest";
import type { Picture } from "../../../ports/face-engine.ts";
import { NotANumberError, surestApart } from "./found-boxes.ts";
import { onnxNets } from "./onnx-nets.ts";
import type { FloatTensor, NetSession } from "./session.ts";

const picture: Picture = { width: 512, height: 256, rgb: new Uint8Array(512 * 256 * 3).fill(7) };

/** A net that gives always the same, and keeps what it was given. */
function scripted(outputs: Readonly<Record<string, FloatTensor>>) {
  const given: FloatTensor[] = [];
  const session: NetSession = {
    inputs: [],
    outputs: [],
    run: async ({ input }) => {
      if (input === undefined) throw new Error("the nets' only input is called input");
      given.push(input);
      return outputs;
    },
    dispose: async () => {},
  };
  return { session, given };
}
const silent = scripted({}).session;
const tensor = (shape: readonly number[], data: readonly number[]): FloatTensor => ({
  shape,
  data: Float32Array.from(data),
});

describe("SSD", () => {
  const ssdOf = (boxes: readonly number[], scores: readonly number[]) =>
    onnxNets({
      ssd: scripted({
        boxes: tensor([1, scores.length, 4], boxes),
        scores: tensor([1, scores.length, 1], scores),
      }).session,
      tiny: silent,
      landmark: silent,
      recognition: silent,
    });

  test("boxes are shares of the square; of those over each other the surest stays", async () => {
    const boxes = [0.1, 0.2, 0.3, 0.4, 0.11, 0.2, 0.31, 0.4, 0.2, 0.6, 0.4, 0.8];
    const found = await ssdOf(boxes, [0.7, 0.9, 0.6]).findThoroughly(picture, 0.5);
    expect(found.map(({ confidence }) => confidence)).toEqual([
      expect.closeTo(0.9, 5),
      expect.closeTo(0.6, 5),
    ]);
    expect(found[1]?.box).toEqual({
      x: expect.closeTo(307.2, 3),
      y: expect.closeTo(102.4, 3),
      width: expect.closeTo(102.4, 3),
      height: expect.closeTo(102.4, 3),
    });
  });

  test("what lies over the border ends there", async () => {
    const [found] = await ssdOf([-0.1, -0.2, 0.4, 1.3], [0.9]).findThoroughly(picture, 0.5);
    expect(found?.box).toMatchObject({ x: 0, y: 0, width: 512 });
  });

  test("a score or an edge that is not a number is a fault of the net, not an empty picture", async () => {
    const faulty = [ssdOf([0, 0, 1, 1], [Number.NaN]), ssdOf([0, Number.NaN, 1, 1], [0.9])];
    for (const nets of faulty)
      await expect(nets.findThoroughly(picture, 0.5)).rejects.toThrow(NotANumberError);
    expect(await ssdOf([Number.NaN, 0, 1, 1], [0.1]).findThoroughly(picture, 0.5)).toEqual([]);
  });
});

describe("tiny detector", () => {
  const cellsOf = (cells: readonly (readonly number[])[]) =>
    onnxNets({
      ssd: silent,
      tiny: scripted({ cells: tensor([1, 1, 1, 25], cells.flat()) }).session,
      landmark: silent,
      recognition: silent,
    });
  const nothing = [0, 0, 0, 0, -9];

  test("a box is its anchor's, moved and stretched; the picture is the square's upper half", async () => {
    const face = [0, 0, Math.log(0.25), 0, 3];
    const [found, ...others] = await cellsOf([face, nothing, nothing, nothing, nothing]).findQuickly(
      picture,
      512,
      0.5,
    );
    expect(others).toEqual([]);
    expect(found?.confidence).toBeCloseTo(1 / (1 + Math.exp(-3)), 6);
    // The only cell's middle, in a square of 512 pixels; the anchor is 1.603 × 2.094 cells.
    expect(found?.box.width).toBeCloseTo(0.25 * 1.603231 * 512, 2);
    expect(found?.box.height).toBeCloseTo(2.094468 * 512, 2);
    expect((found?.box.x ?? 0) + (found?.box.width ?? 0) / 2).toBeCloseTo(256, 2);
    expect((found?.box.y ?? 0) + (found?.box.height ?? 0) / 2).toBeCloseTo(256, 2);
  });

  test.each([
    ["a confidence", [0, 0, 0, 0, Number.NaN]],
    ["a place", [Number.NaN, 0, 0, 0, 3]],
    ["a size", [0, 0, 0, Number.NaN, 3]],
  ])("%s that is not a number is a fault of the net", async (_, face) => {
    const nets = cellsOf([face, nothing, nothing, nothing, nothing]);
    await expect(nets.findQuickly(picture, 512, 0.5)).rejects.toThrow(NotANumberError);
  });
});

describe("chips", () => {
  const chip = (size: number, value: number) => ({
    size,
    pixels: new Float32Array(size * size * 3).fill(value),
  });

  test("the colours stand in planes, a chip after the other; no more than four at once", async () => {
    const net = scripted({ descriptors: tensor([4, 2], [1, 2, 3, 4, 5, 6, 7, 8]) });
    const nets = onnxNets({ ssd: silent, tiny: silent, landmark: silent, recognition: net.session });
    const pixels = Float32Array.from({ length: 12 }, (_, index) => index);
    const rows = await nets.describe([{ size: 2, pixels }, chip(2, 9), chip(2, 9), chip(2, 9), chip(2, 5)]);
    expect(net.given.map(({ shape }) => shape)).toEqual([
      [4, 3, 2, 2],
      [1, 3, 2, 2],
    ]);
    expect([...(net.given[0]?.data.subarray(0, 13) ?? [])]).toEqual([
      0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11, 9,
    ]);
    expect(rows.map((row) => [...row])).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
      [1, 2],
    ]);
  });

  test("landmarks are asked of 112 pixels and told in the chip's own", async () => {
    const net = scripted({
      landmarks: tensor(
        [1, 136],
        Array.from({ length: 136 }, () => 0.5),
      ),
    });
    const nets = onnxNets({ ssd: silent, tiny: silent, landmark: net.session, recognition: silent });
    const [points = []] = await nets.landmarks([chip(150, 3)]);
    expect(net.given[0]?.shape).toEqual([1, 3, 112, 112]);
    expect(points).toHaveLength(68);
    expect(points[67]).toEqual({ x: 75, y: 75 });
  });
});

test("what is no box does not push out one that is", () => {
  const box = (score: number, left: number, width: number) => ({
    score,
    top: 0,
    left,
    bottom: 1,
    right: left + width,
  });
  expect(surestApart([box(0.9, 0, 0), box(0.8, 0, 1), box(0.7, 0.6, 1)], 0.5, 16)).toHaveLength(3);
  expect(surestApart([box(0.8, 0, 1), box(0.7, 0.2, 1)], 0.5, 16)).toHaveLength(1);
  expect(surestApart([box(0.8, 0, 1), box(0.7, 5, 1)], 0.5, 1)).toHaveLength(1);
});
