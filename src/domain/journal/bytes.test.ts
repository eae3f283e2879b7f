import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64, fromHex, toBase64, toHex, utf8 } from "./bytes.ts";

/** Half characters too. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10_ffff }))
  .map((points) => String.fromCodePoint(...points));

test("base64, hexadecimal and UTF-8 are what Node makes of them", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 70 }),
      (bytes) =>
        toBase64(bytes) === Buffer.from(bytes).toString("base64") &&
        Buffer.from(bytes).equals(fromBase64(toBase64(bytes)) ?? new Uint8Array(1)) &&
        Buffer.from(bytes).equals(fromHex(toHex(bytes)) ?? new Uint8Array(1)),
    ),
  );
  fc.assert(fc.property(anyText, (text) => Buffer.from(text).equals(utf8(text))));
  expect([...utf8("é门😂\ud800")]).toEqual([...Buffer.from("é门😂\ud800")]);
});

test.each(["A", "AA", "AAA", "AB==", "AAB=", "====", "A===", "AA=A", "AA-_", "AAAA\n", " AAA"])(
  "%j is no base64, or not in its one form",
  (text) => expect(fromBase64(text)).toBeUndefined(),
);
