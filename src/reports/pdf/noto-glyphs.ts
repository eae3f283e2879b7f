import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as fontkit from "fontkit";

/** An outline on a grid of `unitsPerEm`. */
export interface Glyph {
  readonly advance: number;
  readonly contours: readonly (readonly OutlinePoint[])[];
}

export interface OutlinePoint {
  readonly x: number;
  readonly y: number;
  /** Otherwise it bends the curve between its neighbours. */
  readonly isOnCurve: boolean;
}

export const unitsPerEm = 1000;
/** How far letters reach above and below the line. */
export const ascent = 880;
export const descent = -120;

interface FilePart {
  readonly first: number;
  readonly last: number;
  readonly file: string;
}

const stylesheet = createRequire(import.meta.url).resolve("@fontsource-variable/noto-sans-sc/index.css");

/**
 * The console's own typeface, Noto Sans SC. It comes as a hundred small files by character, of which a report needs
 * a few: which one has a character, its stylesheet says.
 */
export class NotoGlyphs {
  readonly #parts: readonly FilePart[] = partsOf(readFileSync(stylesheet, "utf8"));
  readonly #fonts = new Map<string, fontkit.Font | undefined>();

  /** Undefined for what the typeface does not have. */
  glyphOf(codePoint: number): Glyph | undefined {
    for (const { first, last, file } of this.#parts) {
      if (codePoint < first || codePoint > last) continue;
      const font = this.#font(file);
      if (font?.hasGlyphForCodePoint(codePoint)) return outlineOf(font, codePoint);
    }
    return undefined;
  }

  #font(file: string): fontkit.Font | undefined {
    if (!this.#fonts.has(file)) {
      const opened = fontkit.create(readFileSync(join(dirname(stylesheet), "files", file)));
      this.#fonts.set(file, opened.type === "WOFF2" ? (opened as fontkit.Font) : undefined);
    }
    return this.#fonts.get(file);
  }
}

function partsOf(css: string): readonly FilePart[] {
  const faces = css.matchAll(/url\(\.\/files\/([^)]+\.woff2)\)[^}]*?unicode-range: ([^;]+);/g);
  return [...faces].flatMap(([, file = "", ranges = ""]) =>
    ranges.split(",").map((range) => {
      const [first = "", last = first] = range.trim().replace(/^U\+/i, "").split("-");
      return { file, first: Number.parseInt(first, 16), last: Number.parseInt(last, 16) };
    }),
  );
}

function outlineOf(font: fontkit.Font, codePoint: number): Glyph {
  const glyph = font.glyphForCodePoint(codePoint);
  const scale = unitsPerEm / font.unitsPerEm;
  const contours: OutlinePoint[][] = [];
  const point = (x: number, y: number, isOnCurve: boolean): void => {
    contours.at(-1)?.push({ x: Math.round(x * scale), y: Math.round(y * scale), isOnCurve });
  };
  for (const { command, args } of glyph.path.commands) {
    const [x = 0, y = 0, toX = 0, toY = 0] = args;
    if (command === "moveTo") contours.push([]);
    if (command === "moveTo" || command === "lineTo") point(x, y, true);
    if (command === "quadraticCurveTo") {
      point(x, y, false);
      point(toX, toY, true);
    }
  }
  return { advance: Math.round(glyph.advanceWidth * scale), contours: contours.map(opened) };
}

/** A contour closes by itself: its last point is not its first again. */
function opened(contour: readonly OutlinePoint[]): readonly OutlinePoint[] {
  const [first, last] = [contour[0], contour.at(-1)];
  const repeats = contour.length > 1 && last?.isOnCurve && first?.x === last.x && first.y === last.y;
  return repeats ? contour.slice(0, -1) : contour;
}
