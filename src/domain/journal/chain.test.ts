import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import { chainedText, genesisHash } from "./chain.ts";

// Values after the examples of RFC 8785, sections 3.2.2 and 3.2.3.
test("RFC 8785: keys in UTF-16 order, shortest numbers, no spaces, only the escapes that must be", () => {
  const value = {
    numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0],
    string: '€$\u000f\nA\'B"\\\\"/',
    literals: [null, true, false],
  };
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("RFC 8785: keys sort by UTF-16 units, so an emoji comes before a high BMP letter", () => {
  const value = { "€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😂": 5, "\u0080": 6, ö: 7 };
  expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😂":5,"\ufb33":3}');
});

test("a lone surrogate is escaped, `__proto__` is a key like any other", () => {
  expect(canonicalJson("\ud800")).toBe('"\\ud800"');
  expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}');
});

test.each([[undefined], [Number.NaN], [Infinity], [1n], [Symbol("s")], [{ a: undefined }], [[() => 1]]])(
  "%s is no JSON",
  (value) => expect(() => canonicalJson(value)).toThrow(TypeError),
);

test("nesting is bounded", () => {
  let nested: unknown = 1;
  for (let depth = 0; depth < 32; depth++) nested = [nested];
  expect(canonicalJson(nested)).toHaveLength(65);
  expect(() => canonicalJson([nested])).toThrow(/nested deeper than 32/);
});

test("the chained text is canonical JSON of the whole record under the hash before it", () => {
  const record = { seq: 7, wall: 1.5, at: 2, boot: "b", type: "T", version: 1 };
  const payload = { z: 1, a: [] };
  const text = chainedText(genesisHash, { ...record, payload: canonicalJson(payload) });
  expect(text).toBe(`vestibule journal 1\n${genesisHash}\n${canonicalJson({ ...record, payload })}`);
});
