import { type Instant, type Milliseconds, since } from "../domain/time.ts";
import { blockColumns, blockRows, type FrameMeasure } from "./frame-measure.ts";

export interface ViewPolicy {
  /** A view that was there for so long is the camera's own. */
  readonly viewLearnedAfter: Milliseconds;
  /** Another view, steady for so long, is an alarm: people stand before a door for a minute or two. */
  readonly turnedAfter: Milliseconds;
  /** Steady for so long, it is the camera's own from then on. */
  readonly viewAcceptedAfter: Milliseconds;
}

/**
 * Whether the camera looks where it used to (T18). What is compared is where edges are and how they run, not how bright
 * anything is: lamps and daylight change the one and hardly the other.
 */
export interface ViewWatch {
  readonly own: View | undefined;
  /** What it shows instead, and since when that has been steady. */
  readonly other: View | undefined;
  readonly isTurned: boolean;
  readonly lookedAt: Instant | undefined;
}

interface View {
  /** For each block, direction and clearness of its edge as a vector at twice the angle. */
  readonly edges: Float32Array;
  readonly since: Instant;
  readonly seenFor: Milliseconds;
}

export const unknownView: ViewWatch = {
  own: undefined,
  other: undefined,
  isTurned: false,
  lookedAt: undefined,
};

/** Views change slowly: one look a second is plenty. */
const lookInterval: Milliseconds = 900;
/** What a view is learned over: long enough that people walking by leave no trace. */
const memory: Milliseconds = 300_000;
/** Luma between neighbouring blocks at which an edge is half as clear as it gets. */
const halfClear = 6;
/** Tiles of 8×9 blocks are judged one by one: whoever stands there hides some of them. */
const tileColumns = 8;
const tileRows = 9;
/** Cosine over a tile's edges from which it shows the same. */
const tileAlike = 0.5;
/** Mean square of the edges of a tile below which there is nothing to compare. */
const tileTextured = 0.01;
/** A view with fewer such tiles says too little. */
const fewestTiles = 8;
/** So many of the tiles have to be alike, or nothing of the old view is left. */
const shareAlike = 0.2;

export function observeView(before: ViewWatch, measure: FrameMeasure, policy: ViewPolicy): ViewWatch {
  const { own, other, lookedAt } = before;
  const { at } = measure;
  const step = lookedAt === undefined ? lookInterval : since(lookedAt, at);
  if (step < lookInterval) return before;
  const edges = edgesOf(measure);
  const looked = { ...before, lookedAt: at };
  if (own === undefined) return { ...looked, own: begun(edges, at) };
  const alike = shareOfTilesAlike(own.edges, edges);
  // Too little to see in the one or the other: nothing is said.
  if (alike === undefined) return looked;
  if (alike >= shareAlike)
    return { ...looked, own: learned(own, edges, step), other: undefined, isTurned: false };
  // Not learned yet: what came first may have been somebody at the lens.
  if (own.seenFor < policy.viewLearnedAfter) return { ...looked, own: begun(edges, at), other: undefined };
  const steady = other !== undefined && (shareOfTilesAlike(other.edges, edges) ?? 0) >= shareAlike;
  const now = steady ? learned(other, edges, step) : begun(edges, at);
  const length = since(now.since, at);
  if (length >= policy.viewAcceptedAfter) return { ...looked, own: now, other: undefined, isTurned: false };
  return { ...looked, other: now, isTurned: before.isTurned || length >= policy.turnedAfter };
}

const begun = (edges: Float32Array, at: Instant): View => ({ edges, since: at, seenFor: 0 });

function learned(view: View, edges: Float32Array, step: Milliseconds): View {
  const seenFor = view.seenFor + Math.min(step, 10 * lookInterval);
  const share = Math.max(step / Math.max(seenFor, step), Math.min(1, step / memory));
  const mixed = view.edges.map((value, index) => value + share * ((edges[index] ?? 0) - value));
  return { ...view, edges: mixed, seenFor };
}

/** Share of the tiles in which both show the same, of those in which the first one shows anything. */
function shareOfTilesAlike(one: Float32Array, other: Float32Array): number | undefined {
  let textured = 0;
  let alike = 0;
  for (let row = 0; row < blockRows; row += tileRows) {
    for (let column = 0; column < blockColumns; column += tileColumns) {
      const { both, first, second } = tileProducts(one, other, row, column);
      if (first < tileTextured * tileRows * tileColumns) continue;
      textured += 1;
      if (both >= tileAlike * Math.sqrt(first * second)) alike += 1;
    }
  }
  return textured < fewestTiles ? undefined : alike / textured;
}

function tileProducts(one: Float32Array, other: Float32Array, row: number, column: number) {
  const products = { both: 0, first: 0, second: 0 };
  for (let y = row; y < row + tileRows; y++) {
    const start = 2 * (y * blockColumns + column);
    for (let index = start; index < start + 2 * tileColumns; index++) {
      const [a, b] = [one[index] ?? 0, other[index] ?? 0];
      products.both += a * b;
      products.first += a * a;
      products.second += b * b;
    }
  }
  return products;
}

function edgesOf({ blocks }: FrameMeasure): Float32Array {
  const edges = new Float32Array(2 * blocks.length);
  const lumaOf = (x: number, y: number): number => blocks[y * blockColumns + x] ?? 0;
  for (let y = 1; y < blockRows - 1; y++) {
    for (let x = 1; x < blockColumns - 1; x++) {
      const across = lumaOf(x + 1, y) - lumaOf(x - 1, y);
      const down = lumaOf(x, y + 1) - lumaOf(x, y - 1);
      const steepness = Math.hypot(across, down);
      if (steepness === 0) continue;
      const clearness = steepness / (steepness + halfClear) / (steepness * steepness);
      const index = 2 * (y * blockColumns + x);
      // Twice the angle: an edge stays the same when light and dark change places.
      edges[index] = clearness * (across * across - down * down);
      edges[index + 1] = clearness * 2 * across * down;
    }
  }
  return edges;
}
