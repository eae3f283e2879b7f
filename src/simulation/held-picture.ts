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
/** How much larger a hand ever holds it. */
const nearest = 1.1;
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
    const { width, height } = this.#photograph;
    const { x, y, unit } = this.#place;
    // The hand wanders by less than one distance of the eyes.
    const left = Math.max(0, Math.floor(x - (cut.across * nearest + 1) * unit));
    const right = Math.min(width, Math.ceil(x + (cut.across * nearest + 1) * unit));
    const top = Math.max(0, Math.floor(y - (cut.up * nearest + 1) * unit));
    const bottom = Math.min(height, Math.ceil(y + (cut.down * nearest + 1) * unit));
    const hand = this.#handAt(time);
    const { noise, from } = this.#noise.grain();
    for (let row = top; row < bottom; row += 1) {
      this.#paintRow(picture, { row, left, right }, hand, time, noise, from);
    }
    return picture;
  }

  #handAt(time: Milliseconds): Hand {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = this.#phases;
    const beat = time / 1_000;
    return {
      yaw: 0.14 * Math.sin(1.1 * beat + a),
      pitch: 0.1 * Math.sin(0.83 * beat + b),
      roll: 0.05 * Math.sin(0.97 * beat + c),
      scale: 1 + 0.03 * Math.sin(0.71 * beat + d),
      right: 0.12 * Math.sin(1.7 * beat + e) + 0.03 * Math.sin(6.1 * beat + a),
      down: 0.09 * Math.sin(1.37 * beat + f) + 0.02 * Math.sin(5.3 * beat + b),
    };
  }

  #paintRow(
    target: Uint8Array,
    { row, left, right }: { readonly row: number; readonly left: number; readonly right: number },
    hand: Hand,
    time: Milliseconds,
    noise: Int8Array,
    noiseFrom: number,
  ): void {
    const { x, y, unit, cosine, sine } = this.#place;
    const { width, height, rgb } = this.#photograph;
    const medium = this.#medium;
    const rim = margin[medium];
    const far = width / unit;
    const [tiltX, tiltY] = [Math.sin(hand.yaw) / far, Math.sin(hand.pitch) / far];
    const [widthen, heighten] = [1 / Math.cos(hand.yaw) / hand.scale, 1 / Math.cos(hand.pitch) / hand.scale];
    const [rollCosine, rollSine] = [Math.cos(hand.roll), Math.sin(hand.roll)];
    const k = (row + 0.5 - y) / unit - hand.down;
    const rolling = medium === "screen" ? bandAt(row, time) : 1;
    for (let column = left; column < right; column += 1) {
      const h = (column + 0.5 - x) / unit - hand.right;
      // A plane turned about both axes: its points come nearer as the tilt takes them.
      const near = 1 + h * tiltX - k * tiltY;
      const u = h * widthen * near * rollCosine + k * heighten * near * rollSine;
      const v = k * heighten * near * rollCosine - h * widthen * near * rollSine;
      const outside = Math.max(Math.abs(u) - cut.across, -cut.up - v, v - cut.down);
      if (outside > rim) continue;
      const pixel = row * width + column;
      const grain = noise[(pixel + noiseFrom) % noise.length] ?? 0;
      const sourceColumn = inside(Math.round(x + (u * cosine - v * sine) * unit), width - 1);
      const sourceRow = inside(Math.round(y + (v * cosine + u * sine) * unit), height - 1);
      const source = (sourceRow * width + sourceColumn) * 3;
      const dots = medium === "print" ? dotsAt(u * unit, v * unit) : 1;
      for (let channel = 0; channel < 3; channel += 1) {
        const value = rgb[source + channel] ?? 0;
        const shown =
          outside > 0
            ? marginGrey[medium]
            : medium === "print"
              ? printed(value) * dots
              : lit(value, channel) * rasterAt(u * unit, channel) * rolling;
        target[pixel * 3 + channel] = inside(shown + grain, 255);
      }
    }
  }
}

/** How a hand holds something up, away from how it began. Radians, and distances of the eyes. */
interface Hand {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly scale: number;
  readonly right: number;
  readonly down: number;
}

/** Ink never gets as dark or as bright as the world, and is laid on in dots. */
const printed = (value: number): number => 38 + value * 0.72;

const dotsAt = (across: number, down: number): number =>
  1 +
  halftone.depth *
    Math.sin(((across + down) * 2 * Math.PI) / halftone.pitch) *
    Math.sin(((across - down) * 2 * Math.PI) / halftone.pitch);

/** A screen glows, bluish. */
const lit = (value: number, channel: number): number =>
  12 + value * (channel === 2 ? 1.16 : channel === 0 ? 0.99 : 1.05);

/** Its columns of red, green and blue beat with the camera's, and bands roll over it. */
const rasterAt = (across: number, channel: number): number =>
  1 + screenDepth * Math.sin((across / screenPitch + channel / 3) * 2 * Math.PI);

const bandAt = (row: number, time: Milliseconds): number =>
  1 - band.depth * Math.max(0, Math.sin(((row + (band.speed * time) / 1_000) / band.rows) * 2 * Math.PI));

const inside = (value: number, last: number): number => (value < 0 ? 0 : value > last ? last : value);
