import { describe, expect, test } from "vitest";
import {
  bitsOf,
  chipInfoOf,
  descriptorOf,
  flag,
  lineEventsOf,
  lineInfoOf,
  lineInfoRequest,
  lineRequest,
  lineValues,
  requests,
  sizes,
} from "./gpio-uapi.ts";

// Sizes, places and numbers as a C compiler gives them for <linux/gpio.h>.
test("the calls are those of the kernel's header, on both architectures", () => {
  expect(requests).toEqual({
    getChipInfo: 0x8044b401,
    getLineInfo: 0xc100b405,
    getLine: 0xc250b407,
    getValues: 0xc010b40e,
    setValues: 0xc010b40f,
  });
});

describe("a request for lines", () => {
  const offsetsAt = 0;
  const consumerAt = 256;
  const flagsAt = 288;
  const attributeCountAt = 296;
  const attributesAt = 320;
  const linesAt = 560;
  const attribute = (bytes: Buffer, index: number) => {
    const at = attributesAt + index * 24;
    return {
      id: bytes.readUInt32LE(at),
      value: bytes.readBigUInt64LE(at + 8),
      mask: bytes.readBigUInt64LE(at + 16),
    };
  };

  test("R10: outputs carry the level inactive with them, whatever their polarity", () => {
    const lock = flag.output | flag.pullDown;
    const inverted = flag.output | flag.activeLow | flag.pullUp;
    const bytes = lineRequest(
      [
        { offset: 17, flags: lock },
        { offset: 27, flags: inverted },
        { offset: 12, flags: lock },
      ],
      "vestibule",
    );
    expect(bytes).toHaveLength(592);
    expect([0, 1, 2].map((index) => bytes.readUInt32LE(offsetsAt + index * 4))).toEqual([17, 27, 12]);
    expect(bytes.toString("latin1", consumerAt, consumerAt + 10)).toBe("vestibule\0");
    expect(bytes.readBigUInt64LE(flagsAt)).toBe(lock);
    expect(bytes.readUInt32LE(attributeCountAt)).toBe(2);
    expect(attribute(bytes, 0)).toEqual({ id: 2, value: 0n, mask: 0b111n });
    expect(attribute(bytes, 1)).toEqual({ id: 1, value: inverted, mask: 0b010n });
    expect(bytes.readUInt32LE(linesAt)).toBe(3);
  });

  test("inputs set no level", () => {
    const bytes = lineRequest([{ offset: 5, flags: flag.input }], "vestibule");
    expect(bytes.readUInt32LE(attributeCountAt)).toBe(0);
  });

  test("64 lines of every kind there is fit into one", () => {
    const kinds = [flag.pullUp, flag.pullDown, flag.noPull].flatMap((bias) => [bias, bias | flag.activeLow]);
    const lines = Array.from({ length: 64 }, (_, offset) => ({ offset, flags: kinds[offset % 6] ?? 0n }));
    const bytes = lineRequest(lines, "vestibule");
    expect(bytes.readUInt32LE(attributeCountAt)).toBe(5);
    const masks = [0, 1, 2, 3, 4].map((index) => attribute(bytes, index).mask);
    expect(masks.reduce((all, mask) => all | mask, 0n)).toBe(
      lines.reduce((all, { flags }, index) => (flags === kinds[0] ? all : all | (1n << BigInt(index))), 0n),
    );
  });

  test("the kernel's answer is a descriptor at its end", () => {
    const bytes = lineRequest([{ offset: 5, flags: flag.input }], "vestibule");
    bytes.writeInt32LE(42, 588);
    expect(descriptorOf(bytes)).toBe(42);
  });
});

test("levels are one bit a line", () => {
  const bytes = lineValues(0b10n, (1n << 64n) - 1n);
  expect(bytes).toHaveLength(sizes.lineValues);
  expect(bytes.readBigUInt64LE(8)).toBe(0xffff_ffff_ffff_ffffn);
  expect(bitsOf(bytes)).toBe(2n);
});

test("a chip's and a line's description end at their first zero", () => {
  const chip = Buffer.alloc(sizes.chipInfo);
  chip.write("gpiochip0\0rubbish", 0, "latin1");
  chip.write("a label of 32 bytes has no zero.", 32, "latin1");
  chip.writeUInt32LE(54, 64);
  expect(chipInfoOf(chip)).toEqual({
    name: "gpiochip0",
    label: "a label of 32 bytes has no zero.",
    lines: 54,
  });

  const line = lineInfoRequest(17);
  expect(line).toHaveLength(256);
  expect(line.readUInt32LE(64)).toBe(17);
  line.write("GPIO17", 0, "latin1");
  line.write("vestibule", 32, "latin1");
  line.writeBigUInt64LE(flag.used | flag.output, 72);
  expect(lineInfoOf(line)).toEqual({ name: "GPIO17", consumer: "vestibule", flags: 9n });
});

test("events: what the kernel wrote, whole ones only", () => {
  const bytes = Buffer.alloc(2 * sizes.lineEvent + 7);
  for (const [index, id] of [1, 2].entries()) {
    const at = index * 48;
    bytes.writeBigUInt64LE(5_000_000_000n + BigInt(index), at);
    bytes.writeUInt32LE(id, at + 8);
    bytes.writeUInt32LE(23, at + 12);
    bytes.writeUInt32LE(7 + index, at + 16);
  }
  expect(lineEventsOf(bytes)).toEqual([
    { nanoseconds: 5_000_000_000n, active: true, offset: 23, number: 7 },
    { nanoseconds: 5_000_000_001n, active: false, offset: 23, number: 8 },
  ]);
});
