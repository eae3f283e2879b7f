import { describe, expect, test } from "vitest";
import { hostileTexts } from "../../ports/contracts/hostile-texts.ts";
import { AttributeFrames } from "./attribute-frames.ts";

function begun(): AttributeFrames {
  const frames = new AttributeFrames();
  frames.begin("100 26 1\n");
  return frames;
}

describe("a kernel module's attribute", () => {
  test("tells each frame once, with the zeros it begins with", () => {
    const frames = begun();
    expect(frames.read("100 26 1\n")).toBeUndefined();
    expect(frames.read("101 26 3\n")).toEqual({ bits: `${"0".repeat(24)}11` });
    expect(frames.read("101 26 3\n")).toBeUndefined();
    expect(frames.read("102 4 11\n")).toEqual({ bits: "1011" });
    expect(frames.read("103 4 11\n")).toEqual({ bits: "1011" });
    expect(frames.read(`104 64 ${2n ** 64n - 1n}\n`)).toEqual({ bits: "1".repeat(64) });
  });

  test("T8, T24: what is no frame is refused", () => {
    for (const text of [
      "1 4 16",
      "1 x 1",
      "1 4",
      "1 4 -1",
      "1 999 1",
      "1 4 0x1",
      "1 4 1e3",
      "1 4 99999999999999999999999",
    ])
      expect(begun().read(text)).toHaveProperty("refused");
    for (const text of hostileTexts) expect(begun().read(text) ?? { refused: "" }).not.toHaveProperty("bits");
  });
});
