import fc from "fast-check";
import { expect, test } from "vitest";
import { FrameAssembler } from "./frame-assembler.ts";

function ppm(width: number, height: number, value: number): Buffer {
  return Buffer.concat([
    Buffer.from(`P6\n${width} ${height}\n255\n`),
    Buffer.alloc(width * height * 3, value),
  ]);
}

test("pictures come whole however the pipe cuts them, also when their size changes", () => {
  const bytes = Buffer.concat([ppm(4, 2, 1), ppm(6, 4, 2), ppm(1, 1, 80)]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 200 }), (sizes) => {
      const assembler = new FrameAssembler(10, 10);
      const pictures = [];
      let offset = 0;
      for (let index = 0; offset < bytes.length; index++) {
        const size = sizes[index % sizes.length] ?? 1;
        const chunk = assembler.push(bytes.subarray(offset, offset + size));
        expect(chunk.garbage).toBeUndefined();
        pictures.push(...chunk.pictures);
        offset += size;
      }
      expect(pictures.map(({ width, height, rgb }) => [width, height, rgb.length, rgb.at(-1)])).toEqual([
        [4, 2, 24, 1],
        [6, 4, 72, 2],
        [1, 1, 3, 80],
      ]);
    }),
  );
});

test.each([
  ["bytes that are no picture", Buffer.alloc(100, 7)],
  ["a header without end", Buffer.from(`P6\n${"1".repeat(100)}`)],
  ["another depth", Buffer.from("P6\n4 4\n65535\n")],
  ["a picture larger than asked for", Buffer.from("P6\n11 10\n255\n")],
  ["an empty picture", Buffer.from("P6\n0 4\n255\n")],
])("%s end it for good", (_what, bytes) => {
  const assembler = new FrameAssembler(10, 10);
  expect(assembler.push(ppm(4, 2, 1)).pictures).toHaveLength(1);
  expect(assembler.push(bytes).garbage).toBeDefined();
  expect(assembler.push(ppm(4, 2, 1))).toMatchObject({ pictures: [], garbage: expect.any(String) });
});

test("garbage is noticed from its first byte, not after a header's length", () => {
  expect(new FrameAssembler(10, 10).push(Buffer.from("G")).garbage).toBeDefined();
});
