import { inflateSync } from "node:zlib";
import * as fontkit from "fontkit";
import { describe, expect, test } from "vitest";
import { contentOf, passed } from "../../../test/support/report-site.ts";
import { NotoGlyphs } from "./noto-glyphs.ts";
import { trueTypeFont } from "./true-type.ts";

interface OpenedPdf {
  readonly objects: ReadonlyMap<number, string>;
  readonly streams: ReadonlyMap<number, Buffer>;
}

/** By its own table of objects, so that a wrong offset shows. */
function opened(file: Buffer): OpenedPdf {
  const text = file.toString("latin1");
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const offsets = [...text.slice(table).matchAll(/(\d{10}) 00000 n \n/g)].map(([, offset]) => Number(offset));
  const objects = new Map<number, string>();
  const streams = new Map<number, Buffer>();
  for (const [index, offset] of offsets.entries()) {
    const number = index + 1;
    expect(text.startsWith(`${number} 0 obj\n`, offset)).toBe(true);
    const object = text.slice(offset, text.indexOf("endobj", offset));
    objects.set(number, object);
    const length = /\/Length (\d+) \/Filter/.exec(object)?.[1];
    if (length === undefined) continue;
    const begin = offset + object.indexOf("stream\n") + "stream\n".length;
    streams.set(number, inflateSync(file.subarray(begin, begin + Number(length))));
  }
  return { objects, streams };
}

/** What each page says, by the font's own map back to characters. */
function pagesOf(file: Buffer): readonly string[] {
  const { objects, streams } = opened(file);
  const streamNamed = (object: string, name: string) =>
    streams.get(Number(new RegExp(`/${name} (\\d+) 0 R`).exec(object)?.[1]))?.toString("latin1") ?? "";
  const all = [...objects.values()];
  const map = streamNamed(all.find((object) => object.includes("/Subtype /Type0")) ?? "", "ToUnicode");
  const characters = new Map(
    [...map.matchAll(/<([0-9a-f]{4})> <([0-9a-f]+)>/g)].map(([, glyph = "", utf16 = ""]) => [
      glyph,
      Buffer.from(utf16, "hex").swap16().toString("utf16le"),
    ]),
  );
  return all
    .filter((object) => object.includes("/Type /Page "))
    .map((page) =>
      [...streamNamed(page, "Contents").matchAll(/<([0-9a-f]*)> Tj/g)]
        .map(([, hex = ""]) => hex.replace(/.{4}/g, (glyph) => characters.get(glyph) ?? "?"))
        .join("|"),
    );
}

const report = (language: "en" | "zh", count: number, name = "王芳") =>
  contentOf(
    Array.from({ length: count }, () => passed("2026-03-01T01:00:00Z", "p1", "outer-entry")).flat(),
    { name: "passages", format: "pdf", language },
    { names: { p1: name } },
  );

describe("a report as PDF", () => {
  test("says what its records say, and on every page what it belongs to and was made from", async () => {
    const pages = pagesOf(await report("zh", 60));
    expect(pages).toHaveLength(2);
    const hash = /日志哈希: ([0-9a-f]{64})/.exec(pages[0] ?? "")?.[1];
    expect(hash).toBeDefined();
    for (const [index, page] of pages.entries()) {
      expect(page).toContain("通行记录 – 西湖支行");
      expect(page).toContain(`第 ${index + 1} 页，共 2 页`);
      for (const fact of ["站点: 西湖支行 (hz-01)", "统计期间: ", "申请人: auditor", "日志序号: 120", hash]) {
        expect(page).toContain(fact);
      }
    }
    const rows = pages
      .join("|")
      .split("2026-03-01 09:00:00|王芳|p1|1001|v1|外门|外门（进）|卡+人脸|已通行|2.5");
    expect(rows).toHaveLength(61);
  });

  test("the same in English", async () => {
    const [page = ""] = pagesOf(await report("en", 1, "Emma"));
    expect(page).toContain("Passages – West Lake branch");
    expect(page).toContain(
      "|2026-03-01 09:00:00|Emma|p1|1001|v1|Outer door|Outer door, in|Card and face|Passed|2.5",
    );
    expect(page).toContain("Page 1 of 1");
  });

  test("T8: a name of any characters, brackets and controls too, is one text among others", async () => {
    const name = "a) Tj ET <0001> Tj (\\ \u0000\u202e𠀀\uD800";
    const [page = ""] = pagesOf(await report("en", 1, name));
    expect(page).toContain("|2026-03-01 09:00:00|a) Tj ET <0001> Tj (\\ ");
    expect(page).toContain("|p1|1001|v1|Outer door|");
  });

  test("what is too long for its column is cut, and seen to be", async () => {
    const [page = ""] = pagesOf(await report("en", 1, "A name of no end ".repeat(40)));
    expect(page).toMatch(/\|A name of no end [^|]*…\|p1\|/);
  });
});

describe("the typeface", () => {
  test.each(["A", "é", "中", "龘", "1", "：", "–"])("has %s", (character) => {
    const glyph = new NotoGlyphs().glyphOf(character.codePointAt(0) ?? 0);
    expect(glyph?.advance).toBeGreaterThan(100);
    expect(glyph?.contours.length).toBeGreaterThan(0);
  });

  test("what it has not is told", () => {
    expect(new NotoGlyphs().glyphOf(0x1_0ffff)).toBeUndefined();
  });

  test("the font made of some of its glyphs has their outlines, read by another program", () => {
    const source = new NotoGlyphs();
    const glyphs = ["中", "g", " "].map((character) => source.glyphOf(character.codePointAt(0) ?? 0));
    const made = glyphs.filter((glyph) => glyph !== undefined);
    expect(made).toHaveLength(3);
    // fontkit opens no font without these two, which a PDF does not need.
    const font = fontkit.create(trueTypeFont(made));
    if (font.type !== "TTF") throw new Error(font.type);
    expect(font.numGlyphs).toBe(3);
    for (const [index, glyph] of made.entries()) {
      const read = font.getGlyph(index);
      expect(read.advanceWidth).toBe(glyph.advance);
      const points = glyph.contours.flat();
      if (points.length === 0) continue;
      expect(read.path.bbox.minX).toBe(Math.min(...points.map(({ x }) => x)));
      expect(read.path.bbox.maxY).toBe(Math.max(...points.map(({ y }) => y)));
    }
  });
});
