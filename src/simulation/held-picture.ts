import type { Milliseconds } from "../domain/time.ts";
import type { Picture, Point } from "../ports/face-engine.ts";
import { type FacePlace, placeOf } from "./face-relief.ts";
import type { MovingScene } from "./living-people.ts";
import { SeededRandom } from "./seeded-random.ts";
import type { SensorNoise } from "./sensor-noise.ts";

/** What a picture of a person is held up as. */
export type Medium = "print" | "screen";

export interface HeldPictureOptions {
  readonly photograph: Picture;
  readonly face: readonly Point[];
  /** What there is behind it. */
  readonly background: Picture;
  readonly medium: Medium;
  readonly noise: SensorNoise;
  readonly seed: number;
}

/** How much of the photograph is on it, around the face, in distances of the eyes. */
const cut = { across: 1.75, up: 1.5, down: 2.7 } as const;
/** A sheet's white margin and a phone's black one, in distances of the eyes. */
const margin = { print: 0.14, screen: 0.1 } as const;
const marginGrey = { print: 235, screen: 18 } as const;
/** Pixels of the camera that one pixel of the screen covers: near to one, so that both rasters beat. */
const screenPitch = 1.13;
const screenDepth = 0.16;
/** Rows of a rolling band, how much darker it is, and how fast it rolls, in rows a second. */
const band = { rows: 150, depth: 0.1, speed: 70 } as const;
/** A halftone's dots, in pixels, and how much they darken. */
const halftone = { pitch: 2.4, depth: 0.08 } as const;

/** A picture of a person on paper or on a phone, held before the camera by a hand: nothing in it moves. */
export class HeldPicture implements MovingScene {
  readonly #photograph: Picture;
  readonly #place: FacePlace;
  readonly #medium: Medium;
  readonly #noise: SensorNoise;
  readonly #phases: readonly number[];

  constructor({ photograph, face, background, medium, noise, seed }: HeldPictureOptions) {
    const place = placeOf(face);
    if (place === undefined) throw new RangeError("no face to hold up");
    this.#photograph = photograph;
    this.#place = place;
    this.#medium = medium;
    this.#noise = noise;
    const random = new SeededRandom(seed);
    this.#phases = Array.from({ length: 6 }, () => random.between(0, 6_283) / 1_000);
    noise.look(background.rgb, 0);
  }

  /** A picture does nothing it is asked. */
  perform(): void {}

  picture(time: Milliseconds): Uint8Array {
    const picture = this.#noise.picture();
    const { noise, from } = this.#noise.grain();
    const { width, height } = this.#photograph;
    const { x, y, unit } = this.#place;
    const toSheet = this.#heldAt(time);
    const reach = 1.25 * unit;
    const rim = margin[this.#medium];
    const left = Math.max(0, Math.floor(x - cut.across * reach - unit));
    const right = Math.min(width, Math.ceil(x + cut.across * reach + unit));
    const top = Math.max(0, Math.floor(y - cut.up * reach - unit));
    const bottom = Math.min(height, Math.ceil(y + cut.down * reach + unit));
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        const { u, v } = toSheet(column, row);
        const outside = Math.max(Math.abs(u) - cut.across, -cut.up - v, v - cut.down);
        if (outside > rim) continue;
        const pixel = row * width + column;
        const grain = noise[(pixel + from) % noise.length] ?? 0;
        this.#paint(picture, pixel, { u, v, outside, row, time }, grain);
      }
    }
    return picture;
  }

  /** From the camera's pixels to the sheet, in distances of the eyes from their middle. */
  #heldAt(time: Milliseconds): (column: number, row: number) => { u: number; v: number } {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = this.#phases;
    const beat = time / 1_000;
    const { x, y, unit } = this.#place;
    const yaw = 0.14 * Math.sin(1.1 * beat + a);
    const pitch = 0.1 * Math.sin(0.83 * beat + b);
    const roll = 0.05 * Math.sin(0.97 * beat + c);
    const scale = 1 + 0.03 * Math.sin(0.71 * beat + d);
    const shiftX = 0.12 * Math.sin(1.7 * beat + e) + 0.03 * Math.sin(6.1 * beat + a);
    const shiftY = 0.09 * Math.sin(1.37 * beat + f) + 0.02 * Math.sin(5.3 * beat + b);
    const far = this.#photograph.width / unit;
    return (column, row) => {
      const h = (column + 0.5 - x) / unit - shiftX;
      const k = (row + 0.5 - y) / unit - shiftY;
      // A plane turned about both axes, seen from `far`: its points come nearer as the tilt takes them.
      const near = (1 + (h * Math.sin(yaw) - k * Math.sin(pitch)) / far) / scale;
      const p = (h / Math.cos(yaw)) * near;
      const q = (k / Math.cos(pitch)) * near;
      return {
        u: p * Math.cos(roll) + q * Math.sin(roll),
        v: q * Math.cos(roll) - p * Math.sin(roll),
      };
    };
  }

  #paint(
    target: Uint8Array,
    pixel: number,
    { u, v, outside, row, time }: { u: number; v: number; outside: number; row: number; time: Milliseconds },
    grain: number,
  ): void {
    const { x, y, unit, cosine, sine } = this.#place;
    const { width, height, rgb } = this.#photograph;
    if (outside > 0) {
      target.fill(clamp(marginGrey[this.#medium] + grain), pixel * 3, pixel * 3 + 3);
      return;
    }
    const column = Math.min(Math.max(Math.round(x + (u * cosine - v * sine) * unit), 0), width - 1);
    const line = Math.min(Math.max(Math.round(y + (v * cosine + u * sine) * unit), 0), height - 1);
    const source = (line * width + column) * 3;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = rgb[source + channel] ?? 0;
      target[pixel * 3 + channel] = clamp(
        (this.#medium === "print"
          ? printed(value, u * unit, v * unit)
          : lit(value, channel, u * unit, row, time)) + grain,
      );
    }
  }
}

/** Ink never gets as dark or as bright as the world, and is laid on in dots. */
function printed(value: number, across: number, down: number): number {
  const dots =
    Math.sin((2 * Math.PI * (across + down)) / halftone.pitch) *
    Math.sin((2 * Math.PI * (across - down)) / halftone.pitch);
  return (38 + value * 0.72) * (1 + halftone.depth * dots);
}

/** A screen glows, bluish; its columns of red, green and blue beat with the camera's, and bands roll over it. */
function lit(value: number, channel: number, across: number, row: number, time: Milliseconds): number {
  const raster =
    1 + screenDepth * Math.sin((2 * Math.PI * across) / screenPitch + (channel * 2 * Math.PI) / 3);
  const rolling =
    1 - band.depth * Math.max(0, Math.sin((2 * Math.PI * (row + (band.speed * time) / 1_000)) / band.rows));
  const cast = channel === 2 ? 1.14 : channel === 0 ? 0.97 : 1.03;
  return (12 + value * 1.02 * cast) * raster * rolling;
}

const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);
