import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placesOf } from "./bit-ranges.ts";
import { decode, knownFormats, mostBits, type WiegandFormat } from "./formats.ts";
import { frameFor } from "./frames-for-tests.ts";

const formats = Object.values(knownFormats);
/** A layout of a maker's own: several ranges, parity over every second bit, as HID's 35-bit Corporate 1000 has it. */
const corporate: WiegandFormat = {
  name: "corporate35",
  bits: 35,
  facility: "3-14",
  card: "15-34",
  parity: [
    { kind: "even", bits: "2,3,4,6,7,9,10,12,13,15,16,18,19,21,22,24,25,27,28,30,31,33,34" },
    { kind: "odd", bits: "3,5,6,8,9,11,12,14,15,17,18,20,21,23,24,26,27,29,30,32,33,35" },
    { kind: "odd", bits: "1-35" },
  ],
  number: "{facility:4}{card:7}",
};

const flipped = (bits: string, place: number): string =>
  `${bits.slice(0, place)}${bits[place] === "1" ? "0" : "1"}${bits.slice(place + 1)}`;

const anyFormat = fc.constantFrom(...formats);
const someCard = anyFormat.chain((format) =>
  fc.record({
    format: fc.constant(format),
    card: fc.bigInt({ min: 0n, max: 2n ** BigInt(placesOf(format.card).length) - 1n }),
    facility: fc.bigInt({
      min: 0n,
      max: format.facility === undefined ? 0n : 2n ** BigInt(placesOf(format.facility).length) - 1n,
    }),
  }),
);

describe("known cards", () => {
  test("as worked out by hand from the layout", () => {
    // Even parity over 6 ones, 159, 3000, odd parity over 7 ones.
    expect(decode(["0", "10011111", "0000101110111000", "0"].join(""), formats, true)).toEqual({
      kind: "card",
      number: "159-3000",
      format: "wiegand26",
    });
    expect(decode("00000000000000000000000001", formats, true)).toEqual({
      kind: "card",
      number: "0-0",
      format: "wiegand26",
    });
  });

  test("a number may be written with leading zeros, and without its facility", () => {
    const wiegand26 = knownFormats["wiegand26"];
    if (wiegand26 === undefined) throw new Error("there is no wiegand26");
    const bits = frameFor(wiegand26, 678n, 12n);
    const as = (number: string) => decode(bits, [{ ...wiegand26, number }], true);
    expect(as("{facility:3}{card:5}")).toMatchObject({ number: "01200678" });
    expect(as("{card}")).toMatchObject({ number: "678" });
  });

  test("a format of a maker's own, its bits not in a row", () => {
    expect(decode(frameFor(corporate, 1_000_000n, 4095n), [corporate], true)).toEqual({
      kind: "card",
      number: "40951000000",
      format: "corporate35",
    });
  });
});

describe("any card", () => {
  test("is read back as it was written", () => {
    fc.assert(
      fc.property(someCard, ({ format, card, facility }) => {
        const number = format.facility === undefined ? `${card}` : `${facility}-${card}`;
        const decoded = decode(frameFor(format, card, facility), [format], true);
        expect(decoded).toEqual({ kind: "card", number, format: format.name });
      }),
    );
  });

  test("T24: with any one bit wrong is refused", () => {
    fc.assert(
      fc.property(someCard, fc.nat(), ({ format, card, facility }, at) => {
        const bits = frameFor(format, card, facility);
        const decoded = decode(flipped(bits, at % bits.length), [format], true);
        // A bit that two rules cover breaks both, any other the one it is in.
        expect(decoded).toEqual({ kind: "refused", reason: "parity" });
      }),
    );
  });

  test("T24: with one bit lost or one too many is refused", () => {
    fc.assert(
      fc.property(someCard, fc.nat(), fc.constantFrom("0", "1"), ({ format, card, facility }, at, bit) => {
        const bits = frameFor(format, card, facility);
        const place = at % bits.length;
        const lost = bits.slice(0, place) + bits.slice(place + 1);
        const more = bits.slice(0, place) + bit + bits.slice(place);
        for (const wrong of [lost, more])
          expect(decode(wrong, [format], true)).toEqual({ kind: "refused", reason: "length" });
      }),
    );
  });

  test("T24: whatever bits arrive, what comes of them is a card of the format, one key, or a refusal", () => {
    const bits = fc.array(fc.constantFrom("0", "1"), { maxLength: mostBits }).map((all) => all.join(""));
    fc.assert(
      fc.property(bits, fc.boolean(), (frame, keypad) => {
        const decoded = decode(frame, [...formats, corporate], keypad);
        if (decoded.kind === "card") expect(decoded.number).toMatch(/^\d{1,20}(-\d{1,20})?$/);
        if (decoded.kind === "key") expect([4, 8]).toContain(frame.length);
        if (!keypad) expect(decoded.kind).not.toBe("key");
      }),
    );
  });
});

describe("two formats of one length", () => {
  const plain37: WiegandFormat = { name: "plain37", bits: 37, card: "1-37", parity: [], number: "{card}" };
  const known = knownFormats["wiegand37"];

  test("are told apart by their parity, the first that fits is taken, always the same one", () => {
    if (known === undefined) throw new Error("there is no wiegand37");
    const right = frameFor(known, 12345n);
    expect(decode(right, [known, plain37], true)).toMatchObject({ format: "wiegand37" });
    expect(decode(flipped(right, 5), [known, plain37], true)).toMatchObject({ format: "plain37" });
    expect(decode(right, [plain37, known], true)).toMatchObject({ format: "plain37" });
  });
});

describe("keys", () => {
  test("of four bits, and of eight of which the first four are their complement", () => {
    const read = (bits: string) => decode(bits, formats, true);
    expect(Array.from("0123456789").map((_, digit) => read(digit.toString(2).padStart(4, "0")))).toEqual(
      Array.from("0123456789").map((key) => ({ kind: "key", key })),
    );
    expect(read("1010")).toEqual({ kind: "key", key: "*" });
    expect(read("1011")).toEqual({ kind: "key", key: "#" });
    expect(read("11100001")).toEqual({ kind: "key", key: "1" });
    expect(read("01001011")).toEqual({ kind: "key", key: "#" });
    expect(read("1100")).toEqual({ kind: "refused", reason: "length" });
    expect(read("11100011")).toEqual({ kind: "refused", reason: "parity" });
  });

  test("are none where the reader has no keypad", () => {
    expect(decode("0001", formats, false)).toEqual({ kind: "refused", reason: "length" });
  });
});
