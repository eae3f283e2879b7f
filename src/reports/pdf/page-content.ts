import type { Fact } from "../facts.ts";
import type { ReportRow } from "../report.ts";
import type { EmbeddedFont } from "./embedded-font.ts";
import type { PageLine } from "./page-lines.ts";

/** A4 on its side, in points. */
export const pageSize = { width: 842, height: 595 } as const;
const margin = 34;
export const inner = { width: pageSize.width - 2 * margin } as const;

export const fontSize = 7.5;
export const cellPadding = 8;
const lineHeight = 11.5;
const titleSize = 13;
const footSize = 6;
const footLineHeight = 8;

const titleLine = pageSize.height - margin - titleSize;
const headingLine = titleLine - 22;
const firstLine = headingLine - lineHeight - 3;
const footLine = margin + 2.5 * footLineHeight;
export const linesOnPage = Math.floor((firstLine - footLine - 4) / lineHeight);

/**
 * The typeface is drawn from its thinnest weight, which is the one that its files hold outright; lines around the
 * letters, of a share of an em, make the others of it.
 */
const regular = 0.042;
const bold = 0.085;

export interface PageParts {
  readonly title: string;
  readonly heading: ReportRow;
  readonly widths: readonly number[];
  readonly lines: readonly PageLine[];
  readonly facts: readonly Fact[];
  readonly page: string;
}

/** What draws one page (ISO 32000-1, 9.4). */
export function pageContent(font: EmbeddedFont, parts: PageParts): string {
  const { title, heading, widths, lines, facts, page } = parts;
  const drawing = [
    "2 Tr 1 j",
    textAt(font, title, margin, titleLine, titleSize, bold),
    row(font, heading, widths, headingLine, bold),
    rule(headingLine - 4, 0.6),
    weight(fontSize, regular),
  ];
  for (const [index, line] of lines.entries()) {
    const y = firstLine - index * lineHeight;
    if (line === "empty") continue;
    if ("row" in line) {
      drawing.push(cells(font, line.row, widths, y));
      if (index % 2 === 1) drawing.push(rule(y - 3, 0.2, 0.8));
    } else {
      const [label, value] = line.fact;
      drawing.push(cells(font, [label, value], [150, inner.width - 150], y));
    }
  }
  drawing.push(rule(footLine + 3, 0.3), footer(font, facts, page));
  return drawing.join("\n");
}

/** On every page, so that a single one is no loose leaf. */
function footer(font: EmbeddedFont, facts: readonly Fact[], page: string): string {
  const inFull = facts.map(([label, value]) => `${label}: ${value}`);
  const lines = wrapped(font, inFull, inner.width / footSize);
  const texts = lines
    .slice(0, 3)
    .map((line, index) =>
      textAt(font, line, margin, footLine - 6 - index * footLineHeight, footSize, regular),
    );
  const { width } = font.show(page);
  const right = pageSize.width - margin - width * fontSize;
  return [...texts, textAt(font, page, right, titleLine, fontSize, regular)].join("\n");
}

function wrapped(font: EmbeddedFont, items: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const longer = line === "" ? item : `${line}   ${item}`;
    if (line !== "" && font.show(longer).width > width) {
      lines.push(line);
      line = item;
    } else line = longer;
  }
  return [...lines, line];
}

const weight = (size: number, share: number): string => `${number(size * share)} w /F1 ${size} Tf`;

/** `grey` from 0, black, to 1. */
const rule = (y: number, width: number, grey = 0): string =>
  `q ${grey} G ${width} w ${margin} ${number(y)} m ${pageSize.width - margin} ${number(y)} l S Q`;

function textAt(font: EmbeddedFont, text: string, x: number, y: number, size: number, share: number): string {
  return `${weight(size, share)} BT ${number(x)} ${number(y)} Td <${font.show(text).hex}> Tj ET`;
}

const row = (
  font: EmbeddedFont,
  texts: ReportRow,
  widths: readonly number[],
  y: number,
  share: number,
): string => `${weight(fontSize, share)} ${cells(font, texts, widths, y)}`;

function cells(font: EmbeddedFont, texts: ReportRow, widths: readonly number[], y: number): string {
  let drawn = `BT ${margin} ${number(y)} Td`;
  let moved = 0;
  for (const [index, width] of widths.entries()) {
    const text = texts[index] ?? "";
    if (text !== "") {
      drawn += moved === 0 ? "" : ` ${number(moved)} 0 Td`;
      drawn += ` <${fitting(font, text, (width - cellPadding) / fontSize)}> Tj`;
      moved = 0;
    }
    moved += width;
  }
  return `${drawn} ET`;
}

/** As much of a text as there is room for; that something is missing is seen. */
function fitting(font: EmbeddedFont, text: string, width: number): string {
  const whole = font.show(text);
  if (whole.width <= width + 0.05) return whole.hex;
  let kept = "";
  for (const letter of text) {
    if (font.show(`${kept}${letter}…`).width > width) break;
    kept += letter;
  }
  return font.show(`${kept}…`).hex;
}

const number = (value: number): string => String(Math.round(value * 100) / 100);
