import { apply, fitSimilarity, type Similarity } from "../../src/drivers/face-nets/recipe/similarity.ts";
import type { Point } from "../../src/ports/face-engine.ts";
import { type Canvas, lay, sample } from "./canvas.ts";
import { type Expression, expressed, normalised, skullPoints } from "./head-shape.ts";
import { type Extent, gridOver, locate, shepard } from "./warp.ts";

/** A picture of somebody, with where the face is. */
export interface Portrait {
  readonly person: string;
  readonly canvas: Canvas;
  readonly landmarks: readonly Point[];
}

/** How a head stands in the camera's picture: the middle between its eyes, their distance, its tilt in degrees. */
export interface HeadPlace {
  readonly x: number;
  readonly y: number;
  readonly unit: number;
  readonly roll: number;
}

/** One picture of a head, and how much of it shows: two are mixed while one pose goes over into the next. */
export interface HeadLayer {
  readonly portrait: Portrait;
  readonly share: number;
}

/** Shape of the face to be shown, normalised (`head-shape.ts`), with the skull's points after the 68 landmarks. */
export type HeadShape = readonly Point[];

/** Outline of what is cut from the portraits, in eye distances: the dome of the skull above the jaw's landmarks. */
const dome = { across: 1.28, up: 1.85 } as const;
/** Over how much the outline goes over into the background, in eye distances. */
const feather = 0.14;

/** Draws a head of the given shape, warped out of one or more portraits, onto the canvas. */
export function drawHead(
  canvas: Canvas,
  layers: readonly HeadLayer[],
  shape: HeadShape,
  place: HeadPlace,
): void {
  const onto = ontoPicture(place);
  const outline = outlineOf(shape).map((point) => apply(onto, point));
  const extent = extentOf(outline, canvas);
  if (extent.right <= extent.left || extent.bottom <= extent.top) return;
  const sources = layers.map((layer) => ({
    ...layer,
    grid: sourceGrid(layer.portrait, shape, onto, extent),
  }));
  const edges = rowEdges(outline, extent);
  const soft = feather * place.unit;
  for (let row = extent.top; row < extent.bottom; row += 1) {
    const { from, to } = edges[row - extent.top] ?? { from: 0, to: 0 };
    for (
      let column = Math.max(extent.left, Math.floor(from));
      column < Math.min(extent.right, to);
      column += 1
    ) {
      const inside = Math.min(column + 0.5 - from, to - column - 0.5) / soft;
      if (inside <= 0) continue;
      let [red, green, blue] = [0, 0, 0];
      for (const { portrait, share, grid } of sources) {
        const { x, y } = locate(grid, column + 0.5, row + 0.5);
        const colour = sample(portrait.canvas, x, y);
        red += share * (colour[0] ?? 0);
        green += share * (colour[1] ?? 0);
        blue += share * (colour[2] ?? 0);
      }
      lay(canvas, (row * canvas.width + column) * 3, [red, green, blue], Math.min(1, inside));
    }
  }
}

function ontoPicture({ x, y, unit, roll }: HeadPlace): Similarity {
  const turn = (roll * Math.PI) / 180;
  return { a: unit * Math.cos(turn), b: unit * Math.sin(turn), shiftX: x, shiftY: y };
}

/** The jaw from ear to ear, then over the top of the skull back. */
export function outlineOf(shape: HeadShape): readonly Point[] {
  const jaw = shape.slice(0, 17).map(({ x, y }) => ({ x: x * 1.05, y: y * 1.03 }));
  const [first, last] = [jaw[0], jaw[16]];
  if (first === undefined || last === undefined) return jaw;
  const middle = (first.x + last.x) / 2;
  const over = Array.from({ length: 15 }, (_, index) => {
    const angle = (Math.PI * (index + 0.5)) / 15;
    return { x: middle + dome.across * Math.cos(angle), y: -0.1 - dome.up * Math.sin(angle) };
  });
  return [...jaw, ...over];
}

function extentOf(outline: readonly Point[], { width, height }: Canvas): Extent {
  const xs = outline.map(({ x }) => x);
  const ys = outline.map(({ y }) => y);
  return {
    left: Math.max(0, Math.floor(Math.min(...xs))),
    top: Math.max(0, Math.floor(Math.min(...ys))),
    right: Math.min(width, Math.ceil(Math.max(...xs))),
    bottom: Math.min(height, Math.ceil(Math.max(...ys))),
  };
}

/** Where each row enters and leaves the outline. */
function rowEdges(
  outline: readonly Point[],
  { top, bottom }: Extent,
): readonly { from: number; to: number }[] {
  return Array.from({ length: bottom - top }, (_, index) => {
    const y = top + index + 0.5;
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    for (const [corner, a] of outline.entries()) {
      const b = outline[(corner + 1) % outline.length];
      if (b === undefined || a.y <= y === b.y <= y) continue;
      const x = a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x);
      from = Math.min(from, x);
      to = Math.max(to, x);
    }
    return from <= to ? { from, to } : { from: 0, to: 0 };
  });
}

function sourceGrid(portrait: Portrait, shape: HeadShape, onto: Similarity, extent: Extent) {
  const own = [...normalised(portrait.landmarks), ...skullPoints];
  const warp = shepard(shape, own, 0.3);
  const back = fitSimilarity(own.slice(0, 68), portrait.landmarks);
  if (back === undefined) throw new Error(`${portrait.person}: landmarks that make no face`);
  const { a, b, shiftX, shiftY } = onto;
  const size = a * a + b * b;
  const step = Math.max(3, Math.round(Math.sqrt(size) / 24));
  return gridOver(extent, step, (x, y) => {
    const [fromX, fromY] = [x - shiftX, y - shiftY];
    const inShape = warp((a * fromX + b * fromY) / size, (a * fromY - b * fromX) / size);
    return apply(back, inShape);
  });
}

/** The shape of a single portrait with another expression. */
export const shapeOf = (portrait: Portrait, expression: Expression): HeadShape =>
  expressed(normalised(portrait.landmarks), expression);

/** Between two portraits' own shapes. */
export function shapeBetween(
  one: Portrait,
  other: Portrait,
  share: number,
  expression: Expression,
): HeadShape {
  const [from, to] = [normalised(one.landmarks), normalised(other.landmarks)];
  const mixed = from.map(({ x, y }, index) => {
    const target = to[index] ?? { x, y };
    return { x: x + (target.x - x) * share, y: y + (target.y - y) * share };
  });
  return expressed(mixed, expression);
}
