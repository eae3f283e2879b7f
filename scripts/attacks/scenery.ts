import { blank, type Canvas, type Colour, lay, sample } from "./canvas.ts";
import type { HeadPlace } from "./living-head.ts";
import type { Dice } from "./random.ts";

/** What stands behind people: a plain wall, or one with a door, posters, shelves or a window. Of the camera's size. */
export function wall(random: Dice, width: number, height: number): Canvas {
  const canvas = blank(width, height);
  const tone = random.between(70, 190);
  const tint: Colour = [random.between(-12, 14), random.between(-6, 6), random.between(-14, 12)];
  const slopeX = random.between(-50, 50);
  const slopeY = random.between(-50, 30);
  const plaster = patches(random, 14, random.between(1, 5));
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const at = (row * width + column) * 3;
      const light = tone + (slopeX * column) / width + (slopeY * row) / height + plaster(column, row);
      for (let channel = 0; channel < 3; channel += 1)
        canvas.rgb[at + channel] = light + (tint[channel] ?? 0);
    }
  }
  const things = random.chance(0.3) ? 0 : Math.floor(random.between(2, 9));
  for (let thing = 0; thing < things; thing += 1) furnish(canvas, random);
  return canvas;
}

/** A rectangle of another tone: a door, a poster, a cupboard; every second one has a pattern of its own. */
function furnish(canvas: Canvas, random: Dice): void {
  const { width, height } = canvas;
  const [across, down] = [random.between(0.06, 0.35) * width, random.between(0.1, 0.9) * height];
  const [left, top] = [random.between(-0.1, 0.95) * width, random.between(-0.2, 0.8) * height];
  const colour: Colour = [random.between(20, 230), random.between(20, 230), random.between(20, 230)];
  const grey = random.chance(0.6);
  const texture = random.chance(0.5)
    ? patches(random, random.between(4, 14), random.between(8, 40))
    : () => 0;
  const strength = random.between(0.5, 1);
  for (let row = Math.max(0, Math.round(top)); row < Math.min(height, top + down); row += 1) {
    for (let column = Math.max(0, Math.round(left)); column < Math.min(width, left + across); column += 1) {
      const add = texture(column, row);
      const shades = grey ? [colour[0], colour[0], colour[0]] : colour;
      lay(
        canvas,
        (row * width + column) * 3,
        shades.map((shade) => shade + add),
        strength,
      );
    }
  }
}

/** Smooth random patches of the given size in pixels, −strength to strength. */
function patches(random: Dice, size: number, strength: number): (x: number, y: number) => number {
  const side = 64;
  const values = Float32Array.from({ length: side * side }, () => random.between(-1, 1) * strength);
  return (x, y) => {
    const [across, down] = [x / size + 1000 * side, y / size + 1000 * side];
    const [column, row] = [Math.floor(across), Math.floor(down)];
    const [right, below] = [across - column, down - row];
    const value = (c: number, r: number): number => values[(r % side) * side + (c % side)] ?? 0;
    const upper = value(column, row) + (value(column + 1, row) - value(column, row)) * right;
    const lower = value(column, row + 1) + (value(column + 1, row + 1) - value(column, row + 1)) * right;
    return upper + (lower - upper) * below;
  };
}

/** What somebody wears, and the colour of the neck. */
export interface Body {
  readonly cloth: Colour;
  readonly skin: Colour;
  readonly weave: (x: number, y: number) => number;
}

export function body(random: Dice, skin: Colour): Body {
  const tone = random.between(15, 200);
  return {
    cloth: [tone + random.between(-15, 15), tone + random.between(-15, 15), tone + random.between(-15, 15)],
    skin,
    weave: patches(random, random.between(3, 30), random.between(2, 14)),
  };
}

/** Neck and shoulders below a head; they follow it only in part, as a body does. */
export function drawBody(
  canvas: Canvas,
  { cloth, skin, weave }: Body,
  head: HeadPlace,
  rest: HeadPlace,
): void {
  const { width, height } = canvas;
  const x = rest.x + (head.x - rest.x) * 0.5;
  const y = rest.y + (head.y - rest.y) * 0.4;
  const { unit } = rest;
  const top = Math.max(0, Math.round(y + 1.1 * unit));
  for (let row = top; row < height; row += 1) {
    const down = (row - y) / unit;
    const neck = 0.85;
    const shoulders = down < 2.1 ? 0 : Math.min(3.1, 0.9 + 2.2 * Math.sqrt(Math.min(1, (down - 2.1) / 1.1)));
    const half = Math.max(neck, shoulders) * unit;
    for (let column = Math.max(0, Math.floor(x - half)); column < Math.min(width, x + half); column += 1) {
      const edge = Math.min(1, (half - Math.abs(column + 0.5 - x)) / 2);
      if (edge <= 0) continue;
      const clothed =
        shoulders > 0 && down > 2.15 + 0.5 * Math.max(0, 1 - Math.abs(column - x) / (0.8 * unit));
      const shade = clothed ? weave(column - x, row - y) : -18 + 6 * Math.cos(((column - x) / half) * 1.5);
      const colour = clothed ? cloth : skin;
      lay(
        canvas,
        (row * width + column) * 3,
        [colour[0] + shade, colour[1] + shade, colour[2] + shade],
        edge,
      );
    }
  }
}

/** The mean colour of a portrait's cheeks. */
export function skinOf(canvas: Canvas, spots: readonly { readonly x: number; readonly y: number }[]): Colour {
  const sum: [number, number, number] = [0, 0, 0];
  for (const { x, y } of spots) {
    const [red = 0, green = 0, blue = 0] = sample(canvas, x, y);
    sum[0] += red / spots.length;
    sum[1] += green / spots.length;
    sum[2] += blue / spots.length;
  }
  return sum;
}
