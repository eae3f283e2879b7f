import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64, fromHex, toBase64, toHex, utf8 } from "./bytes.ts";

test("base64, hexadecimal and UTF-8 are what Node makes of them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      expect(fromHex(toHex(bytes))).toEqual(bytes);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect([...utf8(text)]).toEqual([...Buffer.from(text)]);
    }),
  );
  expect([...utf8("é门😂\ud800")]).toEqual([...Buffer.from("é门😂\ud800")]);
});

test.each(["A", "AA", "AAA", "AB==", "AAB=", "====", "A===", "AA=A", "AA-_", "AAAA\n", " AAA"])(
  "%j is no base64, or not in its one form",
  (text) => expect(fromBase64(text)).toBeUndefined(),
);
