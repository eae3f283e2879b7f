import type { Point } from "../../src/ports/face-engine.ts";

/** For each point of a coarse grid over the target: where in the source it comes from. */
export interface WarpGrid {
  readonly left: number;
  readonly top: number;
  /** Pixels between two points of the grid. */
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A grid over `extent`, filled by `place`. */
export function gridOver(extent: Extent, step: number, place: (x: number, y: number) => Point): WarpGrid {
  const columns = Math.ceil((extent.right - extent.left) / step) + 2;
  const rows = Math.ceil((extent.bottom - extent.top) / step) + 2;
  const grid = {
    left: extent.left,
    top: extent.top,
    step,
    columns,
    rows,
    x: new Float32Array(columns * rows),
    y: new Float32Array(columns * rows),
  };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const found = place(extent.left + column * step, extent.top + row * step);
      grid.x[row * columns + column] = found.x;
      grid.y[row * columns + column] = found.y;
    }
  }
  return grid;
}

const located = { x: 0, y: 0 };

/** Between the grid's points. The object is one and the same at each call. */
export function locate(grid: WarpGrid, x: number, y: number): { x: number; y: number } {
  const across = (x - grid.left) / grid.step;
  const down = (y - grid.top) / grid.step;
  const column = Math.min(Math.max(across | 0, 0), grid.columns - 2);
  const row = Math.min(Math.max(down | 0, 0), grid.rows - 2);
  const right = across - column;
  const below = down - row;
  const at = row * grid.columns + column;
  const mix = (values: Float32Array): number => {
    const upper = (values[at] ?? 0) + ((values[at + 1] ?? 0) - (values[at] ?? 0)) * right;
    const lower =
      (values[at + grid.columns] ?? 0) +
      ((values[at + grid.columns + 1] ?? 0) - (values[at + grid.columns] ?? 0)) * right;
    return upper + (lower - upper) * below;
  };
  located.x = mix(grid.x);
  located.y = mix(grid.y);
  return located;
}

/**
 * Where a point of the target lies in the source, if `from[i]` of the target is `to[i]` of the source: each pair's shift
 * weighed by nearness (Shepard), so the warp passes through all pairs and is smooth elsewhere.
 * @param near distance under which a pair decides nearly alone, in the target's unit
 */
export function shepard(
  from: readonly Point[],
  to: readonly Point[],
  near: number,
): (x: number, y: number) => Point {
  const soft = near * near * 0.02;
  return (x, y) => {
    let weights = 0;
    let shiftX = 0;
    let shiftY = 0;
    for (let index = 0; index < from.length; index += 1) {
      const a = from[index];
      const b = to[index];
      if (a === undefined || b === undefined) continue;
      const squared = (a.x - x) ** 2 + (a.y - y) ** 2 + soft;
      const weight = 1 / (squared * squared);
      weights += weight;
      shiftX += weight * (b.x - a.x);
      shiftY += weight * (b.y - a.y);
    }
    return { x: x + shiftX / weights, y: y + shiftY / weights };
  };
}
