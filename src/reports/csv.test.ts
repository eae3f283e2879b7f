import { describe, expect, test } from "vitest";
import { cellsOf, contentOf, passed, rowsOf } from "../../test/support/report-site.ts";
import { hostileTexts } from "../ports/contracts/hostile-texts.ts";
import { csvLine } from "./csv.ts";

test("RFC 4180: lines end with CR LF; commas, quotes and line breaks are quoted", () => {
  expect(csvLine(["plain", "a,b", 'say "x"', "two\r\nlines", " spaced", ""])).toBe(
    'plain,"a,b","say ""x""","two\r\nlines"," spaced",\r\n',
  );
});

describe("T8: no cell is a formula to a spreadsheet", () => {
  test.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    '=HYPERLINK("http://x","y")',
  ])("%j", (text) => {
    const [[cell = ""] = []] = cellsOf(Buffer.from(csvLine([text])));
    expect(cell).toBe(`'${text}`);
  });

  test.each(["1001", "2026-03-01 09:00:00", "Anna-Lena", "O'Neil", "a=b", "v1", "3.5"])(
    "%j stays as it is",
    (text) => {
      expect(csvLine([text])).toBe(`${text}\r\n`);
    },
  );

  test("the whole corpus as names, cards and ids comes out of the file as it went in, an apostrophe apart", async () => {
    for (const text of hostileTexts) {
      const told = passed("2026-03-01T01:00:00Z", "p1", "outer-entry").map(
        ([at, type, payload]) => [at, type, { ...payload, card: text }] as const,
      );
      const [row] = await rowsOf(told, { name: "passages" }, { names: { p1: text } });
      expect(row?.[1]?.replace(/^'/, "")).toBe(wellFormed(text).replace(/^'/, ""));
      expect(row?.[3]).toBe(row?.[1]);
      expect(row?.[1] ?? "").not.toMatch(/^\s*[=+\-@]/);
      expect(row).toHaveLength(11);
    }
  });
});

/** UTF-8 has no half of a character. */
const wellFormed = (text: string): string => text.toWellFormed();

test("Excel reads Chinese: the file begins with the mark of UTF-8, and has it once", async () => {
  const content = await contentOf(passed("2026-03-01T01:00:00Z", "p1", "outer-entry"), {
    name: "passages",
    language: "zh",
  });
  expect([...content.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(content.indexOf(Buffer.from([0xef, 0xbb, 0xbf]), 3)).toBe(-1);
  expect(cellsOf(content)[0]?.slice(0, 3)).toEqual(["时间", "姓名", "编号"]);
});

test("every line has as many cells as the first", async () => {
  const content = await contentOf(passed("2026-03-01T01:00:00Z", "p1", "outer-entry"), { name: "passages" });
  const lines = cellsOf(content);
  expect(lines.length).toBeGreaterThan(10);
  expect(new Set(lines.map(({ length }) => length))).toEqual(new Set([11]));
});
