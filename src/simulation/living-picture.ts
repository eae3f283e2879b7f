import type { Picture, Point } from "../ports/face-engine.ts";
import { drawFeatures, type Features, restoreFeatures } from "./face-features.ts";
import { type FacePlace, type HeadPose, placeOf, reach, stepToSource } from "./face-relief.ts";

/** One head's part in a moment: how it stands and what its lids and mouth do. */
export type Expression = HeadPose & Features;

/** Distance of the grid's nodes in pixels; between them the warp is interpolated. */
const cell = 8;

interface LivingFace {
  readonly landmarks: readonly Point[];
  readonly place: FacePlace;
}

/**
 * A photograph in which every head can turn, nod, blink and open its mouth: warped by the relief of an average head, so
 * that what stands out moves further than what lies behind, as it does before a camera. Only the surroundings of the
 * faces are computed anew, about two milliseconds for one of ordinary size.
 */
export class LivingPicture {
  readonly #photograph: Picture;
  readonly #faces: readonly LivingFace[];
  /** The photograph with lids and mouths as they are now. */
  readonly #canvas: Picture;
  readonly #columns: number;
  readonly #rows: number;
  readonly #stepX: Float32Array;
  readonly #stepY: Float32Array;
  /** 1 for the cells, named by their upper left node, of which something may move. */
  readonly #reached: Uint8Array;

  constructor(photograph: Picture, faces: readonly (readonly Point[])[]) {
    this.#photograph = photograph;
    this.#faces = faces.flatMap((landmarks) => {
      const place = placeOf(landmarks);
      return place === undefined ? [] : [{ landmarks, place }];
    });
    this.#canvas = { ...photograph, rgb: new Uint8Array(photograph.rgb) };
    this.#columns = Math.ceil(photograph.width / cell) + 1;
    this.#rows = Math.ceil(photograph.height / cell) + 1;
    this.#stepX = new Float32Array(this.#columns * this.#rows);
    this.#stepY = new Float32Array(this.#columns * this.#rows);
    this.#reached = new Uint8Array(this.#columns * this.#rows);
    for (const { place } of this.#faces)
      this.#eachNodeAround(place, (_, __, node) => {
        this.#reached[node] = 1;
      });
  }

  /** Heads there are; `paint` takes one expression for each. */
  get heads(): number {
    return this.#faces.length;
  }

  /**
   * Paints this moment over `target`, of the photograph's size, adding `grain` (a sensor's noise in grey levels, read
   * round from `grainFrom`). What no head reaches is left as it is.
   */
  paint(target: Uint8Array, expressions: readonly Expression[], grain: Int8Array, grainFrom: number): void {
    this.#bend(expressions);
    for (const [index, { landmarks }] of this.#faces.entries()) {
      const expression = expressions[index];
      restoreFeatures(this.#photograph, this.#canvas.rgb, landmarks);
      if (expression !== undefined) drawFeatures(this.#photograph, this.#canvas.rgb, landmarks, expression);
    }
    for (let row = 0; row + 1 < this.#rows; row += 1) {
      for (let column = 0; column + 1 < this.#columns; column += 1) {
        if (this.#reached[row * this.#columns + column] === 1)
          this.#paintCell(target, row, column, grain, grainFrom);
      }
    }
  }

  #bend(expressions: readonly Expression[]): void {
    this.#stepX.fill(0);
    this.#stepY.fill(0);
    for (const [index, { place }] of this.#faces.entries()) {
      const pose = expressions[index];
      if (pose === undefined) continue;
      this.#eachNodeAround(place, (x, y, node) => {
        const step = stepToSource(place, pose, x, y);
        this.#stepX[node] = (this.#stepX[node] ?? 0) + step.x;
        this.#stepY[node] = (this.#stepY[node] ?? 0) + step.y;
      });
    }
  }

  #eachNodeAround({ x, y, unit }: FacePlace, visit: (x: number, y: number, node: number) => void): void {
    const first = Math.max(0, Math.floor((x - reach.across * unit) / cell));
    const last = Math.min(this.#columns - 1, Math.ceil((x + reach.across * unit) / cell));
    const top = Math.max(0, Math.floor((y - reach.up * unit) / cell));
    const bottom = Math.min(this.#rows - 1, Math.ceil((y + reach.down * unit) / cell));
    for (let row = top; row <= bottom; row += 1) {
      for (let column = first; column <= last; column += 1) {
        visit(column * cell, row * cell, row * this.#columns + column);
      }
    }
  }

  #paintCell(target: Uint8Array, row: number, column: number, grain: Int8Array, grainFrom: number): void {
    const { width, height, rgb } = this.#canvas;
    const stepX = this.#stepX;
    const stepY = this.#stepY;
    const node = row * this.#columns + column;
    const below = node + this.#columns;
    const right = Math.min(cell, width - column * cell);
    const bottom = Math.min(cell, height - row * cell);
    for (let y = 0; y < bottom; y += 1) {
      const down = y / cell;
      const leftX = (stepX[node] ?? 0) * (1 - down) + (stepX[below] ?? 0) * down;
      const leftY = (stepY[node] ?? 0) * (1 - down) + (stepY[below] ?? 0) * down;
      const alongX = ((stepX[node + 1] ?? 0) * (1 - down) + (stepX[below + 1] ?? 0) * down - leftX) / cell;
      const alongY = ((stepY[node + 1] ?? 0) * (1 - down) + (stepY[below + 1] ?? 0) * down - leftY) / cell;
      for (let x = 0; x < right; x += 1) {
        const pixelX = column * cell + x;
        const pixelY = row * cell + y;
        const sourceX = inside(pixelX + leftX + alongX * x, width - 1);
        const sourceY = inside(pixelY + leftY + alongY * x, height - 1);
        const floorX = sourceX | 0;
        const floorY = sourceY | 0;
        // Weights of the four neighbours, in 256ths of 256ths.
        const shareX = ((sourceX - floorX) * 256) | 0;
        const shareY = ((sourceY - floorY) * 256) | 0;
        const source = (floorY * width + floorX) * 3;
        const toRight = floorX + 1 < width ? 3 : 0;
        const toBelow = floorY + 1 < height ? width * 3 : 0;
        const pixel = pixelY * width + pixelX;
        const noise = grain[(pixel + grainFrom) % grain.length] ?? 0;
        const weight00 = (256 - shareX) * (256 - shareY);
        const weight01 = shareX * (256 - shareY);
        const weight10 = (256 - shareX) * shareY;
        const weight11 = shareX * shareY;
        for (let channel = 0; channel < 3; channel += 1) {
          const at = source + channel;
          const value =
            (((rgb[at] ?? 0) * weight00 +
              (rgb[at + toRight] ?? 0) * weight01 +
              (rgb[at + toBelow] ?? 0) * weight10 +
              (rgb[at + toRight + toBelow] ?? 0) * weight11) >>
              16) +
            noise;
          target[pixel * 3 + channel] = value < 0 ? 0 : value > 255 ? 255 : value;
        }
      }
    }
  }
}

const inside = (value: number, last: number): number => (value < 0 ? 0 : value > last ? last : value);
