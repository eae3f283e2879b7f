import { describe, expect, test } from "vitest";
import type { Picture, Point } from "../ports/face-engine.ts";
import { HeldPicture } from "./held-picture.ts";
import { LivingPeople } from "./living-people.ts";
import { type Expression, LivingPicture } from "./living-picture.ts";
import { SensorNoise } from "./sensor-noise.ts";

const width = 320;
const height = 240;
const still: Expression = {
  ...{ yaw: 0, pitch: 0, roll: 0, right: 0, down: 0, scale: 1, breath: 0 },
  ...{ lids: 0, mouth: 0 },
};
const noGrain = new Int8Array(1);

/** Eyes 40 pixels apart in the middle of the picture; the landmarks that are read, where a face has them. */
const places: Readonly<Record<number, readonly [number, number]>> = {
  ...{
    5: [-20, 70],
    8: [0, 80],
    11: [20, 70],
    30: [0, 25],
    48: [-16, 48],
    54: [16, 48],
    62: [0, 49],
    66: [0, 50],
  },
};
const face: readonly Point[] = Array.from({ length: 68 }, (_, index) => {
  const eye = index >= 36 && index < 42 ? -20 : index >= 42 && index < 48 ? 20 : undefined;
  const corner = [-8, -3, 3, 8, 3, -3][(index - 36) % 6] ?? 0;
  const lid = [0, -3, -3, 0, 3, 3][(index - 36) % 6] ?? 0;
  const brow = index >= 17 && index < 27 ? ([(index - 21.5) * 6, -14] as const) : undefined;
  const [x, y] = eye === undefined ? (places[index] ?? brow ?? [0, 48]) : [eye + corner, lid];
  return { x: 160 + x, y: 100 + y };
});

/** A chequered wall, so that every movement shows. */
const photograph: Picture = {
  width,
  height,
  rgb: Uint8Array.from({ length: width * height * 3 }, (_, byte) => {
    const pixel = Math.floor(byte / 3);
    return (((pixel % width) >> 3) + (Math.floor(pixel / width) >> 3)) % 2 === 0 ? 60 : 180;
  }),
};

function painted(expression: Expression, living = new LivingPicture(photograph, [face])): Uint8Array {
  const target = new Uint8Array(photograph.rgb);
  living.paint(target, [expression], noGrain, 0);
  return target;
}

/** Mean difference to the photograph around a point, in grey levels. */
function changeAt(picture: Uint8Array, x: number, y: number, reach = 6): number {
  let sum = 0;
  for (let row = y - reach; row <= y + reach; row += 1)
    for (let column = x - reach; column <= x + reach; column += 1) {
      const at = (row * width + column) * 3;
      sum += Math.abs((picture[at] ?? 0) - (photograph.rgb[at] ?? 0));
    }
  return sum / (2 * reach + 1) ** 2;
}

describe("a living picture", () => {
  test("with nobody moving is the photograph", () => {
    expect(painted(still)).toEqual(photograph.rgb);
  });

  test("of a turned head moves the nose further than the eyes, and the wall beside not at all", () => {
    /** How far the column through (x, y) went to the right: the shift at which it fits the photograph best. */
    const shiftAt = (picture: Uint8Array, x: number, y: number): number => {
      const fits = Array.from({ length: 15 }, (_, shift) => {
        let sum = 0;
        for (let row = y - 5; row <= y + 5; row += 1)
          for (let column = x - 5; column <= x + 5; column += 1) {
            const here = picture[(row * width + column) * 3] ?? 0;
            sum += Math.abs(here - (photograph.rgb[(row * width + column - shift) * 3] ?? 0));
          }
        return sum;
      });
      return fits.indexOf(Math.min(...fits));
    };
    const turned = painted({ ...still, yaw: 0.14 });
    expect(shiftAt(turned, 160, 124)).toBeGreaterThan(shiftAt(turned, 184, 98) + 1);
    expect(changeAt(turned, 20, 100)).toBe(0);
    expect(changeAt(turned, 300, 200)).toBe(0);
  });

  test("lids change the eyes only, an open mouth the mouth; and both go back", () => {
    const living = new LivingPicture(photograph, [face]);
    const shut = painted({ ...still, lids: 1 }, living);
    expect(changeAt(shut, 140, 98, 3)).toBeGreaterThan(2);
    expect(changeAt(shut, 160, 150, 3)).toBe(0);
    const open = painted({ ...still, mouth: 1 }, living);
    expect(changeAt(open, 160, 153, 3)).toBeGreaterThan(20);
    expect(changeAt(open, 140, 98, 3)).toBe(0);
    expect(painted(still, living)).toEqual(photograph.rgb);
  });

  test("the photograph itself is never written to, whatever kind of bytes it is", () => {
    const bytes = Buffer.from(photograph.rgb);
    painted(
      { ...still, lids: 1, mouth: 1, yaw: 0.5 },
      new LivingPicture({ width, height, rgb: bytes }, [face]),
    );
    expect(new Uint8Array(bytes)).toEqual(photograph.rgb);
  });

  test("a face at the border, one too small, and landmarks that are none do no harm", () => {
    const moved = (landmarks: readonly Point[]) =>
      painted({ ...still, yaw: 0.4, lids: 1, mouth: 1 }, new LivingPicture(photograph, [landmarks]));
    for (const by of [-150, 150]) {
      expect(moved(face.map(({ x, y }) => ({ x: x + by, y: y + by / 2 })))).toHaveLength(
        photograph.rgb.length,
      );
    }
    expect(
      new LivingPicture(photograph, [face.map(({ x, y }) => ({ x: x / 10, y: y / 10 })), []]).heads,
    ).toBe(0);
    const broken = face.map(({ x }) => ({ x, y: Number.NaN }));
    expect(new LivingPicture(photograph, [broken]).heads).toBe(0);
  });
});

describe("people and pictures of people", () => {
  const noise = () => new SensorNoise(width, height, 5, 0);

  test("who is asked to turn does; who does not obey, and a picture held up, do not", () => {
    const shown = (obeys: boolean) => {
      const people = new LivingPeople({ photograph, faces: [face], noise: noise(), seed: 2, obeys });
      people.perform("turnLeft", 500);
      return people.picture(1_300);
    };
    expect(changeAt(shown(true), 160, 124, 15)).toBeGreaterThan(changeAt(shown(false), 160, 124, 15) + 5);
  });

  test.each(["print", "screen"] as const)(
    "a %s hides what is behind it, has a margin, and moves as a whole",
    (medium) => {
      const background = { width, height, rgb: new Uint8Array(width * height * 3).fill(120) };
      const held = new HeldPicture({ photograph, face, background, medium, noise: noise(), seed: 4 });
      const grey = (picture: Uint8Array, x: number, y: number) => picture[(y * width + x) * 3] ?? 0;
      const column = (picture: Uint8Array) => Array.from({ length: width }, (_, x) => grey(picture, x, 100));
      const row = column(held.picture(0));
      expect(Math.abs((row[2] ?? 0) - 120)).toBeLessThan(20);
      const isMargin = (value: number) => (medium === "print" ? value > 215 : value < 35);
      expect(row.filter(isMargin).length).toBeGreaterThan(4);
      const edge = (picture: Uint8Array) => column(picture).findIndex(isMargin);
      const edges = Array.from({ length: 20 }, (_, second) => edge(held.picture(second * 700)));
      expect(Math.max(...edges) - Math.min(...edges)).toBeGreaterThan(3);
    },
  );
});
