import type { PixelMeasures } from "../../domain/biometric/liveness/track.ts";
import { type FacePlace, type Look, type Plane, tellingMove } from "./look.ts";

/** Side of the blocks that are followed, in pixels at half the size. */
const blockSide = 8;
const blockPixels = blockSide * blockSide;
/** What is looked at around the face, in distances of the eyes from the middle between them. */
const reach = { across: 4, up: 4, down: 1.2 } as const;
/** Head, hair and ears: nothing within is background. */
const head = { across: 1.75, up: 2.5 } as const;
/** Sum of absolute differences in a block that is more than sensor noise and compression. */
const tellingDifference = 4.5 * blockPixels;
/** How much better one explanation must be than the other. */
const clearly = 0.6;

/**
 * Whether what surrounds the face moved with it. A camera stands still, so a wall does; a sheet, and the edges
 * of a phone, move with the face on them.
 * - `carriedBlocks`, `stillBlocks`: blocks of the surround that moved with the face, that stayed where they were.
 * - `carriedSides`: on how many of the three sides (left, right, above) most telling blocks were carried.
 * - `faceMoved`: the move they were judged by, in pixels.
 * Missing until the face has moved far enough from an earlier look.
 */
export function surroundMeasures(look: Look): PixelMeasures {
  const { anchor } = look;
  if (anchor === undefined) return {};
  const { face } = look;
  const faceMoved = Math.hypot(face.x - anchor.face.x, face.y - anchor.face.y);
  if (faceMoved < tellingMove) return {};
  const sides = { left: noVotes(), right: noVotes(), above: noVotes() };
  for (const { column, row, side } of blocksAround(look.half, face)) {
    const vote = voteOf(look, anchor, column, row);
    if (vote === "carried") sides[side].carried += 1;
    else if (vote === "still") sides[side].still += 1;
  }
  const all = Object.values(sides);
  return {
    faceMoved,
    carriedBlocks: all.reduce((sum, { carried }) => sum + carried, 0),
    stillBlocks: all.reduce((sum, { still }) => sum + still, 0),
    carriedSides: all.filter(({ carried, still }) => carried >= 2 && carried > 2 * still).length,
  };
}

const noVotes = (): { carried: number; still: number } => ({ carried: 0, still: 0 });

interface Block {
  /** Upper left corner, at half the size. */
  readonly column: number;
  readonly row: number;
  readonly side: "left" | "right" | "above";
}

function blocksAround(plane: Plane, face: FacePlace): readonly Block[] {
  const unit = face.unit / 2;
  const [x, y] = [face.x / 2, face.y / 2];
  const found: Block[] = [];
  const step = Math.max(blockSide, Math.round((unit * reach.across) / 12));
  for (let row = y - reach.up * unit; row < y + reach.down * unit; row += step) {
    for (let column = x - reach.across * unit; column < x + reach.across * unit; column += step) {
      const middleX = (column + blockSide / 2 - x) / unit;
      const middleY = (row + blockSide / 2 - y) / unit;
      const beside = Math.abs(middleX) > head.across;
      if (!beside && middleY > -head.up) continue;
      const side = middleY < -head.up ? "above" : middleX < 0 ? "left" : "right";
      const block = { column: Math.round(column), row: Math.round(row), side } as const;
      if (isInside(plane, block)) found.push(block);
    }
  }
  return found;
}

const isInside = ({ width, height }: Plane, { column, row }: Block): boolean =>
  column >= 0 && row >= 0 && column + blockSide <= width && row + blockSide <= height;

/** Compares a block with where it was if it stood still, and with where it was if it moved as the face did. */
function voteOf(look: Look, anchor: Look, column: number, row: number): "carried" | "still" | undefined {
  const still = bestDifference(look.half, anchor.half, column, row, column, row);
  const was = carriedFrom(look.face, anchor.face, column + blockSide / 2, row + blockSide / 2);
  const [fromColumn, fromRow] = [Math.round(was.x - blockSide / 2), Math.round(was.y - blockSide / 2)];
  // Turned or scaled about the face a block may have moved less than can be told apart.
  if (Math.max(Math.abs(fromColumn - column), Math.abs(fromRow - row)) < 2) return undefined;
  const carried = bestDifference(look.half, anchor.half, column, row, fromColumn, fromRow);
  if (still > tellingDifference && carried < clearly * still) return "carried";
  if (carried > tellingDifference && still < clearly * carried) return "still";
  return undefined;
}

/** Where a point at half the size was in the anchor, had it moved, turned and grown with the face. */
function carriedFrom(face: FacePlace, before: FacePlace, x: number, y: number): { x: number; y: number } {
  const scale = before.unit / face.unit;
  const cosine = face.alongX * before.alongX + face.alongY * before.alongY;
  const sine = face.alongX * before.alongY - face.alongY * before.alongX;
  const [fromX, fromY] = [x - face.x / 2, y - face.y / 2];
  return {
    x: before.x / 2 + scale * (cosine * fromX - sine * fromY),
    y: before.y / 2 + scale * (sine * fromX + cosine * fromY),
  };
}

/** The smallest sum of absolute differences within one pixel around the place: landmarks tremble. */
function bestDifference(
  plane: Plane,
  before: Plane,
  column: number,
  row: number,
  fromColumn: number,
  fromRow: number,
): number {
  let best = Number.POSITIVE_INFINITY;
  for (let down = -1; down <= 1; down += 1) {
    for (let across = -1; across <= 1; across += 1) {
      best = Math.min(
        best,
        differenceAt(plane, before, column, row, fromColumn + across, fromRow + down, best),
      );
    }
  }
  return best;
}

function differenceAt(
  plane: Plane,
  before: Plane,
  column: number,
  row: number,
  fromColumn: number,
  fromRow: number,
  limit: number,
): number {
  const { width, height } = before;
  if (fromColumn < 0 || fromRow < 0 || fromColumn + blockSide > width || fromRow + blockSide > height)
    return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let down = 0; down < blockSide && sum < limit; down += 1) {
    const here = (row + down) * width + column;
    const there = (fromRow + down) * width + fromColumn;
    for (let across = 0; across < blockSide; across += 1) {
      const difference = (plane.values[here + across] ?? 0) - (before.values[there + across] ?? 0);
      sum += difference < 0 ? -difference : difference;
    }
  }
  return sum;
}
