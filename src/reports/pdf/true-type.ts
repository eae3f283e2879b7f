import { ascent, descent, type Glyph, type OutlinePoint, unitsPerEm } from "./noto-glyphs.ts";

/** A TrueType font of just these glyphs, numbered as they stand here: the tables that a PDF needs (ISO 32000-1, 9.9). */
export function trueTypeFont(glyphs: readonly Glyph[]): Buffer {
  const outlines = glyphs.map(outlineBytes);
  const points = glyphs.flatMap(({ contours }) => contours.flat());
  const box = boxOf(points);
  const loca = Buffer.alloc(4 * (glyphs.length + 1));
  let offset = 0;
  for (const [index, outline] of outlines.entries()) {
    loca.writeUInt32BE(offset, 4 * index);
    offset += outline.length;
  }
  loca.writeUInt32BE(offset, 4 * glyphs.length);
  const most = (count: (glyph: Glyph) => number): number => Math.max(0, ...glyphs.map(count));
  return sfnt([
    ["glyf", Buffer.concat(outlines)],
    ["head", headTable(box)],
    [
      "hhea",
      horizontalHeader(
        most(({ advance }) => advance),
        glyphs.length,
      ),
    ],
    [
      "hmtx",
      Buffer.concat(glyphs.map(({ advance, contours }) => words([advance, boxOf(contours.flat()).left]))),
    ],
    ["loca", loca],
    [
      "maxp",
      Buffer.concat([
        longs([0x0001_0000]),
        words([
          glyphs.length,
          most(({ contours }) => contours.flat().length),
          most(({ contours }) => contours.length),
          ...[0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0],
        ]),
      ]),
    ],
  ]);
}

interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

function boxOf(points: readonly OutlinePoint[]): Box {
  let box = { left: 0, bottom: 0, right: 0, top: 0 };
  for (const [index, { x, y }] of points.entries()) {
    box =
      index === 0
        ? { left: x, right: x, bottom: y, top: y }
        : {
            left: Math.min(box.left, x),
            right: Math.max(box.right, x),
            bottom: Math.min(box.bottom, y),
            top: Math.max(box.top, y),
          };
  }
  return box;
}

/** A simple glyph; coordinates as differences of 16 bits, which the PDF's compression makes small again. */
function outlineBytes({ contours }: Glyph): Buffer {
  const points = contours.flat();
  if (points.length === 0) return Buffer.alloc(0);
  const { left, bottom, right, top } = boxOf(points);
  let end = -1;
  const ends = contours.map(({ length }) => (end += length));
  const differences = (of: (point: OutlinePoint) => number): number[] =>
    points.map((point, index) => of(point) - (index === 0 ? 0 : of(points[index - 1] ?? point)));
  const bytes = Buffer.concat([
    words([contours.length, left, bottom, right, top, ...ends, 0]),
    Buffer.from(points.map(({ isOnCurve }) => (isOnCurve ? 1 : 0))),
    words(differences(({ x }) => x)),
    words(differences(({ y }) => y)),
  ]);
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

function headTable({ left, bottom, right, top }: Box): Buffer {
  return Buffer.concat([
    longs([0x0001_0000, 0x0001_0000, 0, 0x5f0f_3cf5]),
    words([0b1011, unitsPerEm]),
    Buffer.alloc(16), // made and changed: no matter
    words([left, bottom, right, top, 0, 6, 2, 1, 0]),
  ]);
}

const horizontalHeader = (widest: number, glyphs: number): Buffer =>
  Buffer.concat([
    longs([0x0001_0000]),
    words([ascent, descent, 0, widest, 0, 0, widest, 1, 0, 0, 0, 0, 0, 0, 0, glyphs]),
  ]);

function sfnt(tables: readonly (readonly [tag: string, content: Buffer])[]): Buffer {
  const power = Math.floor(Math.log2(tables.length));
  const range = 16 * 2 ** power;
  const header = Buffer.concat([
    longs([0x0001_0000]),
    words([tables.length, range, power, 16 * tables.length - range]),
  ]);
  let offset = header.length + 16 * tables.length;
  const entries: Buffer[] = [];
  const contents: Buffer[] = [];
  for (const [tag, content] of tables) {
    const padded = Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
    entries.push(Buffer.concat([Buffer.from(tag, "latin1"), longs([sumOf(padded), offset, content.length])]));
    contents.push(padded);
    offset += padded.length;
  }
  return Buffer.concat([header, ...entries, ...contents]);
}

function sumOf(padded: Buffer): number {
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}

/** 16 bits each, signed ones as their complement. */
function words(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, 2 * index);
  return bytes;
}

function longs(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * index);
  return bytes;
}
