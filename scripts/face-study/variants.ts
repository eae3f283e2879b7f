import { type Chip, cutChip, mirrored } from "../../src/drivers/face-nets/recipe/chip.ts";
import { chipToPicture } from "../../src/drivers/face-nets/recipe/mean-face.ts";
import type { Similarity } from "../../src/drivers/face-nets/recipe/similarity.ts";
import type { Picture, Point } from "../../src/ports/face-engine.ts";

const chipSize = 150;
const middle = chipSize / 2;

/** A face's landmarks after one pass, two without the mirror image, two with it, and three. */
export interface Passes {
  readonly one: readonly Point[];
  readonly plain: readonly Point[];
  readonly two: readonly Point[];
  readonly three: readonly Point[];
}

type Cut = (picture: Picture, passes: Passes) => Chip;

const room = (share: number, pass: keyof Passes = "two"): Cut => {
  return (picture, passes) => cutChip(picture, fitted(passes[pass], share), chipSize);
};

/** Shifted (pixels of the chip), turned (degrees) and scaled about its middle. */
const shaken = (x: number, y: number, degrees: number, scale: number): Cut => {
  return (picture, { two }) => {
    const { a, b, shiftX, shiftY } = fitted(two, 0.25);
    const [c, s] = [scale * Math.cos((degrees * Math.PI) / 180), scale * Math.sin((degrees * Math.PI) / 180)];
    const toX = middle - (c * middle - s * middle) + x;
    const toY = middle - (s * middle + c * middle) + y;
    const map = {
      a: a * c - b * s,
      b: a * s + b * c,
      shiftX: a * toX - b * toY + shiftX,
      shiftY: b * toX + a * toY + shiftY,
    };
    return cutChip(picture, map, chipSize);
  };
};

const changed = (change: (pixels: Float32Array) => Float32Array): Cut => {
  return (picture, passes) => {
    const { size, pixels } = room(0.25)(picture, passes);
    return { size, pixels: change(pixels) };
  };
};

const gamma = (power: number): Cut =>
  changed((pixels) => pixels.map((value) => 255 * (value / 255) ** power));

/** Grey, then as red, green and blue of a face are to each other in colour: what the net was trained on. */
const tinted = changed((pixels) => {
  const tint = [1.15, 0.97, 0.88];
  return pixels.map((_, index) => {
    const first = index - (index % 3);
    const grey = ((pixels[first] ?? 0) + (pixels[first + 1] ?? 0) + (pixels[first + 2] ?? 0)) / 3;
    return Math.min(255, grey * (tint[index % 3] ?? 1));
  });
});

/** Every grey value as often as every other over the face. */
const equalised = changed((pixels) => {
  const counts = new Float64Array(256);
  const greyOf = (first: number): number =>
    Math.floor(((pixels[first] ?? 0) + (pixels[first + 1] ?? 0) + (pixels[first + 2] ?? 0)) / 3);
  for (let row = 25; row < chipSize - 25; row += 1) {
    for (let column = 25; column < chipSize - 25; column += 1) {
      const grey = greyOf((row * chipSize + column) * 3);
      counts[grey] = (counts[grey] ?? 0) + 1;
    }
  }
  let sum = 0;
  const shares = counts.map((count) => (sum += count) / (chipSize - 50) ** 2);
  return pixels.map((_, index) => 255 * (shares[greyOf(index - (index % 3))] ?? 0));
});

function fitted(landmarks: readonly Point[], share: number): Similarity {
  const map = chipToPicture(landmarks, chipSize, share);
  if (map === undefined) throw new RangeError("landmarks of a face that was described make a face");
  return map;
}

const shakes: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 4, 1],
  [0, 0, -4, 1],
  [3, 0, 0, 1],
  [-3, 0, 0, 1],
  [0, 3, 0, 1],
  [0, -3, 0, 1],
  [2, 2, 3, 1.04],
  [-2, 2, -3, 1.04],
  [2, -2, -3, 0.96],
  [-2, -2, 3, 0.96],
  [0, 4, 0, 0.93],
  [0, -4, 0, 1.07],
];

/** Every way of cutting that is tried; each is described as it is and in a mirror. */
export const cuts: ReadonlyMap<string, Cut> = new Map([
  ["one pass", room(0.25, "one")],
  ["two passes, plain", room(0.25, "plain")],
  ["three passes", room(0.25, "three")],
  ...[15, 20, 25, 30, 35].map((percent) => [`room ${percent}`, room(percent / 100)] as const),
  ...shakes.map((shake, index) => [`shaken ${index + 1}`, shaken(...shake)] as const),
  ["gamma 0.7", gamma(0.7)],
  ["gamma 1.4", gamma(1.4)],
  ["equalised", equalised],
  ["tinted", tinted],
]);

export const shakenNames: readonly string[] = shakes.map((_, index) => `shaken ${index + 1}`);

/** Chip and mirror image of every cut, one after the other. */
export const chipsOf = (picture: Picture, passes: Passes): readonly Chip[] =>
  [...cuts.values()].flatMap((cut) => {
    const chip = cut(picture, passes);
    return [chip, mirrored(chip)];
  });
