import { expect, test } from "vitest";
import { PictureParts } from "./picture-parts.ts";

const boundary = "--vestibule-picture\r\n";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const part = (picture: string): string =>
  `content-type: image/jpeg\r\ncontent-length: ${picture.length}\r\n\r\n${picture}\r\n${boundary}`;
const texts = (parts: readonly Uint8Array[]): readonly string[] =>
  parts.map((one) => new TextDecoder().decode(one));

test("pictures are found wherever the network cuts the stream", () => {
  const stream = bytes(`${boundary}${part("one")}${part("two\r\n\r\n2")}${part("three")}`);
  for (const size of [1, 2, 7, 64, stream.length]) {
    const reader = new PictureParts();
    const found: string[] = [];
    for (let at = 0; at < stream.length; at += size)
      found.push(...texts(reader.take(stream.subarray(at, at + size))));
    expect(found, `cut into ${size}`).toEqual(["one", "two\r\n\r\n2", "three"]);
  }
});

test("what is no such stream is refused before it fills the memory", () => {
  expect(() => new PictureParts().take(bytes("<html>\r\n\r\n"))).toThrow("without its length");
  expect(() => new PictureParts().take(bytes("content-length: 99999999\r\n\r\n"))).toThrow("length");
  expect(() => new PictureParts().take(new Uint8Array(2_000))).toThrow("no pictures");
});
