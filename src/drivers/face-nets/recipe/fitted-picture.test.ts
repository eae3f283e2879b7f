import { expect, test } from "vitest";
import { fitPicture, searched } from "./fitted-picture.ts";

/** Grey pixels, row by row. */
const grey = (width: number, height: number, values: readonly number[]) => ({
  width,
  height,
  rgb: Uint8Array.from(values.flatMap((value) => [value, value, value])),
});

const reds = (fitted: Float32Array): number[] => [...fitted].filter((_, index) => index % 3 === 0);

test("a picture of the right size stays as it is, its channels in their order", () => {
  const rgb = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect([...fitPicture({ width: 2, height: 2, rgb }, 2)]).toEqual([...rgb]);
});

test("what is not square is filled with black on the right or below", () => {
  expect(reds(fitPicture(grey(2, 1, [10, 20]), 2))).toEqual([10, 20, 0, 0]);
  expect(reds(fitPicture(grey(1, 2, [10, 20]), 2))).toEqual([10, 0, 20, 0]);
});

test("an enlarged picture is interpolated between its pixels, and into the black beside it", () => {
  expect(reds(fitPicture(grey(2, 1, [10, 20]), 4))).toEqual(
    [
      [10, 15, 20, 20],
      [5, 7.5, 10, 10],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ].flat(),
  );
  expect(reds(fitPicture(grey(1, 2, [10, 20]), 4)).slice(0, 8)).toEqual([10, 5, 0, 0, 15, 7.5, 0, 0]);
});

test("a shrunken picture takes the pixels at the cells' upper left corners, as TensorFlow does", () => {
  const values = Array.from({ length: 16 }, (_, index) => index);
  expect(reds(fitPicture(grey(4, 4, values), 2))).toEqual([0, 2, 8, 10]);
});

test.each([7, 16, 31])("as planes the same numbers stand colour by colour (size %i)", (size) => {
  const rgb = Uint8Array.from({ length: 16 * 16 * 3 }, (_, index) => (index * index * 7 + index) % 251);
  const pixels = fitPicture({ width: 16, height: 16, rgb }, size);
  const planes = fitPicture({ width: 16, height: 16, rgb }, size, "planes");
  expect([...planes]).toEqual(
    [0, 1, 2].flatMap((channel) => [...pixels].filter((_, index) => index % 3 === channel)),
  );
});

test("a picture over twice a detector's input is made smaller first, a strip of nothing is not searched", () => {
  const picture = (width: number, height: number) => ({
    width,
    height,
    rgb: new Uint8Array(width * height * 3),
  });
  expect(searched(picture(640, 360), 224)).toMatchObject({ factor: 1, picture: { width: 640 } });
  expect(searched(picture(1280, 720), 224)).toMatchObject({
    factor: 2,
    picture: { width: 640, height: 360 },
  });
  expect(searched(picture(4000, 3), 128)).toBeUndefined();
});
