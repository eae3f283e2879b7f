import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostileTexts } from "../../ports/contracts/hostile-texts.ts";
import { ConverterLines } from "./converter-lines.ts";
import { decode, knownFormats } from "./formats.ts";
import { countedLine } from "./frames-for-tests.ts";

const formats = Object.values(knownFormats);
const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8");

describe("wie232", () => {
  test("six characters are a 26-bit card, nine a 37-bit one, their parity being right", () => {
    const lines = new ConverterLines("wie232");
    const cards = lines
      .push(bytes("9F0BB8\r7FFFFFFFF\r"))
      .map((frame) => ("bits" in frame ? decode(frame.bits, formats, true) : frame));
    expect(cards).toEqual([
      { kind: "card", number: "159-3000", format: "wiegand26" },
      { kind: "card", number: `${2n ** 35n - 1n}`, format: "wiegand37" },
    ]);
  });

  test("keys, and cards of other lengths, are counted", () => {
    const lines = new ConverterLines("wie232");
    const bits = `1${"0".repeat(32)}1`;
    expect(lines.push(bytes(`0405\r${countedLine(bits)}`))).toEqual([{ bits: "0101" }, { bits }]);
  });

  test("T24: a 26-bit card whose parity the converter found wrong stays wrong", () => {
    const [frame] = new ConverterLines("wie232").push(bytes("1A00000000\r"));
    expect(frame && "bits" in frame && decode(frame.bits, formats, true)).toEqual({
      kind: "refused",
      reason: "parity",
    });
  });

  test("what is none of these is refused", () => {
    const lines = new ConverterLines("wie232");
    expect(lines.push(bytes("9F0BB\r9F0BB8A\rFFFFFFFFF\rG00000\r"))).toEqual(
      Array.from({ length: 4 }, () => ({ refused: "malformed" })),
    );
  });
});

describe("wie232-generic", () => {
  test("any bits are read back as they were sent, in whatever pieces they arrive", () => {
    const frame = fc
      .array(fc.constantFrom("0", "1"), { minLength: 1, maxLength: 128 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 4 }), fc.integer({ min: 1, max: 9 }), (all, size) => {
        const lines = new ConverterLines("wie232-generic");
        const sent = bytes(all.map(countedLine).join(""));
        const heard = [];
        for (let at = 0; at < sent.length; at += size)
          heard.push(...lines.push(sent.subarray(at, at + size)));
        expect(heard).toEqual(all.map((bits) => ({ bits })));
      }),
    );
  });

  test("T24: more bits than were counted, or fewer, are refused", () => {
    const lines = new ConverterLines("wie232-generic");
    expect(lines.push(bytes("1A1\r00\r1A0000000000\r04F5\r"))).toEqual(
      Array.from({ length: 4 }, () => ({ refused: "malformed" })),
    );
  });
});

describe.each(["wie232", "wie232-generic"] as const)("%s", (protocol) => {
  test("T8: hostile texts are refused, and the next line is read", () => {
    const lines = new ConverterLines(protocol);
    for (const text of hostileTexts)
      for (const frame of lines.push(bytes(`${text}\r`))) expect(frame).toHaveProperty("refused");
    const honest = protocol === "wie232" ? "9F0BB8\r" : "1A01000000\r";
    expect(lines.push(bytes(honest))).toMatchObject([{ bits: expect.stringMatching(/^[01]{26}$/) }]);
  });

  test("T24: any bytes at all come to an end, and a line without one is not kept", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (noise) => {
        const lines = new ConverterLines(protocol);
        for (const frame of lines.push(noise))
          if ("bits" in frame) expect(frame.bits.length).toBeLessThan(256);
      }),
    );
    const lines = new ConverterLines(protocol);
    expect(lines.push(bytes("0".repeat(100_000)))).toEqual([]);
    expect(lines.push(bytes("\r"))).toEqual([{ refused: "overflow" }]);
  });
});
