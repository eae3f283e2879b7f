import { apply, fitSimilarity, type Similarity } from "../../src/drivers/face-nets/recipe/similarity.ts";
import { type Canvas, lay, sample } from "./canvas.ts";
import { normalised } from "./head-shape.ts";
import type { HeadPlace, Portrait } from "./living-head.ts";
import { type Dice, wander } from "./random.ts";
import { focalLength, type Pose, type Relief, surfaceGrid } from "./surfaces.ts";
import { type Extent, locate, type WarpGrid } from "./warp.ts";

/** A picture on a surface. Positions on the surface are in eye distances of its face, from the middle between its eyes. */
export interface Shown {
  readonly canvas: Canvas;
  readonly fromSurface: Similarity;
}

export function shownPortrait({ canvas, landmarks, person }: Portrait): Shown {
  const fromSurface = fitSimilarity(normalised(landmarks), landmarks);
  if (fromSurface === undefined) throw new Error(`${person}: landmarks that make no face`);
  return { canvas, fromSurface };
}

export const shownFrame = (canvas: Canvas, { x, y, unit }: HeadPlace): Shown => ({
  canvas,
  fromSurface: { a: unit, b: 0, shiftX: x, shiftY: y },
});

/** Where the surface ends, in its own unit. */
export interface Border {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What the camera sees at a point of the surface: the colour is laid into `colour`; how opaque it is comes back. */
export type Paint = (x: number, y: number, column: number, row: number, colour: Float32Array) => number;

/** Paints a surface onto the scene. */
export function drawSurface(scene: Canvas, pose: Pose, relief: Relief, border: Border, paint: Paint): void {
  const { width, height } = scene;
  const grid = surfaceGrid(pose, relief, { left: 0, top: 0, right: width, bottom: height }, width, height);
  const soft = pose.distance / focalLength;
  const colour = new Float32Array(3);
  const { left, top, right, bottom } = seenWithin(grid, border, width, height);
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      const { x, y } = locate(grid, column + 0.5, row + 0.5);
      const inside = Math.min(x - border.left, border.right - x, y - border.top, border.bottom - y) / soft;
      if (inside <= -0.5) continue;
      const opacity = paint(x, y, column, row, colour);
      if (opacity > 0) lay(scene, (row * width + column) * 3, colour, opacity * Math.min(1, inside + 0.5));
    }
  }
}

/** The part of the picture in which the surface is seen at all. */
function seenWithin(grid: WarpGrid, border: Border, width: number, height: number): Extent {
  const seen = { left: width, top: height, right: 0, bottom: 0 };
  for (let at = 0; at < grid.x.length; at += 1) {
    const [x, y] = [grid.x[at] ?? 0, grid.y[at] ?? 0];
    if (x < border.left || x > border.right || y < border.top || y > border.bottom) continue;
    const [column, row] = [(at % grid.columns) * grid.step, Math.floor(at / grid.columns) * grid.step];
    seen.left = Math.min(seen.left, column - grid.step);
    seen.right = Math.max(seen.right, column + grid.step);
    seen.top = Math.min(seen.top, row - grid.step);
    seen.bottom = Math.max(seen.bottom, row + grid.step);
  }
  return {
    left: Math.max(0, seen.left),
    top: Math.max(0, seen.top),
    right: Math.min(width, seen.right),
    bottom: Math.min(height, seen.bottom),
  };
}

/** The picture's own edges on the surface. */
export function pictureBorder({ canvas, fromSurface }: Shown): Border {
  const size = Math.hypot(fromSurface.a, fromSurface.b);
  const left = -fromSurface.shiftX / size;
  const top = -fromSurface.shiftY / size;
  return { left, top, right: left + canvas.width / size, bottom: top + canvas.height / size };
}

const everywhere: Border = { left: -99, right: 99, top: -99, bottom: 99 };

export interface PrintLook {
  /** Saturation and contrast that ink keeps. */
  readonly saturation: number;
  readonly contrast: number;
  readonly paper: number;
  /** Dots of the halftone per eye distance, and how strong they are seen. */
  readonly dots: number;
  readonly dotContrast: number;
  /** Side the light comes from, and how much it falls off over an eye distance. */
  readonly falloff: number;
}

export const printLook = (random: Dice): PrintLook => ({
  saturation: random.between(0.55, 1.05),
  contrast: random.between(0.6, 0.98),
  paper: random.between(170, 235),
  dots: random.between(60, 400),
  dotContrast: random.chance(0.5) ? 0 : random.between(0, 0.25),
  falloff: random.between(-0.05, 0.05),
});

/** Ink on paper, with a white margin outside the picture, or, for what is cut out, the picture's border repeated. */
export function printPaint(shown: Shown, look: PrintLook, pose: Pose, margin: "white" | "repeated"): Paint {
  const picture = margin === "white" ? pictureBorder(shown) : everywhere;
  const perPixel = pose.distance / focalLength;
  const dots = look.dotContrast * rasterVisible(look.dots * perPixel, 1);
  const tilt = Math.cos((pose.yaw * Math.PI) / 180 - 0.3) / Math.cos(0.3);
  return (x, y, _column, _row, colour) => {
    const light = tilt * (1 + look.falloff * x);
    if (x < picture.left || x > picture.right || y < picture.top || y > picture.bottom) {
      colour.fill(look.paper * light);
      return 1;
    }
    const at = apply(shown.fromSurface, { x, y });
    const ink = sample(shown.canvas, at.x, at.y);
    const grey = 0.299 * (ink[0] ?? 0) + 0.587 * (ink[1] ?? 0) + 0.114 * (ink[2] ?? 0);
    const raster = 1 + dots * wave((x + y) * look.dots * 0.7071) * wave((x - y) * look.dots * 0.7071);
    const white = look.paper / 255;
    for (let channel = 0; channel < 3; channel += 1) {
      const toned = grey + ((ink[channel] ?? 0) - grey) * look.saturation;
      colour[channel] = (20 * (1 - look.contrast) * 4 + toned * look.contrast) * white * light * raster;
    }
    return 1;
  };
}

export interface ScreenLook {
  /** Pixels of the screen per eye distance of the face on it. */
  readonly pixels: number;
  /** How much darker the grid between its pixels is. */
  readonly grid: number;
  /** Pixels of the sensor per pixel of the picture, in one direction. */
  readonly sensor: number;
  readonly gain: number;
  readonly haze: number;
  readonly cast: readonly [number, number, number];
  /** Rolling bands: strength, rows from one to the next, how many pass in a second. */
  readonly bands: { readonly strength: number; readonly rows: number; readonly rate: number };
  readonly glare: {
    readonly strength: number;
    readonly x: number;
    readonly y: number;
    readonly size: number;
  };
  readonly bezel: number;
  readonly flicker: (seconds: number) => number;
}

export function screenLook(random: Dice, kind: "phone" | "tablet" | "monitor"): ScreenLook {
  const pixels = { phone: [380, 640], tablet: [280, 560], monitor: [120, 260] }[kind];
  const shake = random.chance(0.3) ? random.between(0, 0.03) : 0;
  return {
    pixels: random.between(pixels[0] ?? 0, pixels[1] ?? 0),
    grid: random.between(0.3, 0.7),
    sensor: random.pick([1, 1.5, 2, 3]),
    gain: random.between(0.7, 1.25),
    haze: random.between(3, 28),
    cast: [random.between(0.84, 1.02), 1, random.between(0.98, 1.16)],
    bands: {
      strength: random.chance(0.5) ? 0 : random.between(0.008, 0.08),
      rows: random.between(40, 400),
      rate: random.between(-3, 3),
    },
    glare: {
      strength: random.chance(0.5) ? 0 : random.between(20, 140),
      x: random.between(-2, 2),
      y: random.between(-2, 2),
      size: random.between(0.3, 1.2),
    },
    bezel: kind === "phone" ? random.between(0.05, 0.2) : random.between(0.1, 0.5),
    flicker: wander(random, shake),
  };
}

/** A lit screen; letterboxed in black outside the picture, with a bezel around `screen`. */
export function screenPaint(
  shown: Shown,
  look: ScreenLook,
  pose: Pose,
  screen: Border,
  rowsUp: number,
  seconds: number,
): Paint {
  const picture = pictureBorder(shown);
  const frequency = (look.pixels * pose.distance) / focalLength;
  const raster = look.grid * rasterVisible(frequency, look.sensor);
  const { bands, glare } = look;
  const gain = look.gain * (1 + look.flicker(seconds));
  // A reflection stays where it is in the room, so it wanders over a screen that is turned.
  const [glareX, glareY] = [glare.x + pose.yaw / 12, glare.y + pose.pitch / 12];
  return (x, y, _column, row, colour) => {
    if (x < screen.left || x > screen.right || y < screen.top || y > screen.bottom) {
      colour.fill(14);
      return 1;
    }
    const inPicture = x >= picture.left && x <= picture.right && y >= picture.top && y <= picture.bottom;
    const at = apply(shown.fromSurface, { x, y });
    const light = inPicture ? sample(shown.canvas, at.x, at.y) : black;
    const band = 1 + bands.strength * wave((row + rowsUp) / bands.rows + bands.rate * seconds);
    const shine = glare.strength * Math.exp(-((x - glareX) ** 2 + (y - glareY) ** 2) / glare.size ** 2);
    const lines = wave(y * look.pixels);
    for (let channel = 0; channel < 3; channel += 1) {
      // Red, green and blue stripes stand beside each other.
      const columns = raster === 0 ? 0 : wave(x * look.pixels + (channel - 1) / 3);
      const lit =
        (light[channel] ?? 0) *
        (look.cast[channel] ?? 0) *
        gain *
        band *
        (1 + raster * (columns + lines * 0.7));
      colour[channel] = look.haze + lit + shine;
    }
    return 1;
  };
}

const black = new Float32Array(3);
const waveTable = Float32Array.from({ length: 1024 }, (_, index) => Math.cos((2 * Math.PI * index) / 1024));
/** Cosine of whole turns. */
const wave = (turns: number): number => waveTable[((turns - Math.floor(turns)) * 1024) & 1023] ?? 0;

/**
 * What is left of a raster of `frequency` periods per pixel after lens, the sensor's pixels and scaling down by `sensor`
 * pixels each way: near to nothing far above the sensor's own pitch, alias and all below.
 */
function rasterVisible(frequency: number, sensor: number): number {
  const perSensorPixel = frequency / sensor;
  const aperture = Math.abs(Math.sin(Math.PI * perSensorPixel) / (Math.PI * perSensorPixel));
  const lens = Math.exp(-0.7 * perSensorPixel ** 2);
  const scaling = sensor > 1 ? Math.abs(Math.cos((Math.PI * perSensorPixel) / 2)) : 1;
  return aperture * lens * scaling;
}
