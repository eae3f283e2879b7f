import { readdirSync, readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "./support/console-page.ts";

const folder = new URL("../docs/wiring/", import.meta.url);
const drawings = readdirSync(folder).filter((file) => file.endsWith(".svg"));
const read = (file: string): string => readFileSync(new URL(file, folder), "utf8");
const paper = { width: 1188, height: 840 };
/** The reader's fonts are not ours: a narrow one and a wide one. */
const fonts = ["Noto Sans CJK SC", "DejaVu Sans"];
/** Line boxes of two lines of one label touch, their letters do not. Pixels. */
const lineGap = 6;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

interface Text {
  readonly words: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

async function textsOf(page: Page): Promise<readonly Text[]> {
  const texts = await page.locator("text").all();
  return Promise.all(
    texts.map(async (text): Promise<Text> => {
      const [words, box] = await Promise.all([text.textContent(), text.boundingBox()]);
      if (words === null || box === null) throw new Error("a text that is not drawn");
      return { words, left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
    }),
  );
}

/** Which texts lie over one another, or leave the page. */
function illegible(texts: readonly Text[]): string[] {
  const outside = texts.filter(
    ({ left, top, right, bottom }) => left < 0 || top < 0 || right > paper.width || bottom > paper.height,
  );
  const covered = texts.flatMap((a, index) =>
    texts.slice(index + 1).flatMap((b) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      return across > 1 && down > lineGap ? [`${a.words} over ${b.words}`] : [];
    }),
  );
  return [...outside.map(({ words }) => `${words} outside`), ...covered];
}

describe("the wiring drawings", () => {
  test("are all there, each one page of A4, in English and Chinese, on paper of their own", () => {
    expect(drawings).toHaveLength(7);
    for (const file of drawings) {
      expect(read(file)).toContain(`viewBox="0 0 ${paper.width} ${paper.height}"`);
      expect(read(file)).toContain(`<rect width="${paper.width}" height="${paper.height}" fill="#fff"/>`);
      expect(read(file)).toMatch(/<title id="title">.+ · .*\p{Script=Han}.*<\/title>/u);
    }
  });

  describe.each(fonts)("in %s", (font) => {
    test.each(drawings)("%s can be read: no text lies over another or leaves the page", async (file) => {
      await using page = await browser.newPage({ viewport: paper });
      const family = `<style>body { margin: 0 } text { font-family: "${font}", "Noto Sans CJK SC" }</style>`;
      await page.setContent(read(file) + family);
      const texts = await textsOf(page);
      expect(texts.length).toBeGreaterThan(20);
      expect(illegible(texts)).toEqual([]);
    });
  });
});
