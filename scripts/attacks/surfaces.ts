import type { Point } from "../../src/ports/face-engine.ts";
import { type Dice, wander } from "./random.ts";
import { type Extent, gridOver, type WarpGrid } from "./warp.ts";

/** A sheet, a screen or a mask in space. Lengths in eye distances of the face shown on it; angles in degrees. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly distance: number;
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/** How far the surface stands out (towards the camera) at a point of it, in eye distances. */
export type Relief = (x: number, y: number) => number;

export const flat: Relief = () => 0;

/** Bent about an upright axis, as a sheet between two hands. */
export const bent =
  (bend: number): Relief =>
  (x) =>
    bend * x * x;

/** A print glued onto a rough head: round both ways, with a nose. */
export const maskLike =
  (depth: number): Relief =>
  (x, y) =>
    -depth * (0.42 * x * x + 0.14 * (y - 0.4) ** 2) +
    depth * 0.4 * Math.exp(-((x / 0.24) ** 2) - ((y - 0.62) / 0.45) ** 2);

/** Focal length in pixels of a camera that sees 70 degrees across 640 pixels. */
export const focalLength = 457;

/** For a grid over the picture: which point of the surface is seen there. */
export function surfaceGrid(
  pose: Pose,
  relief: Relief,
  extent: Extent,
  width: number,
  height: number,
): WarpGrid {
  const turn = rotation(pose);
  const origin = turned(turn, { x: -pose.x, y: -pose.y, z: -pose.distance });
  return gridOver(extent, 6, (column, row): Point => {
    const ray = turned(turn, {
      x: (column - width / 2) / focalLength,
      y: (row - height / 2) / focalLength,
      z: 1,
    });
    // Towards the camera is negative z on the surface; a few steps find where the ray meets the relief.
    let along = -origin.z / ray.z;
    for (let step = 0; step < 5; step += 1) {
      const out = relief(origin.x + along * ray.x, origin.y + along * ray.y);
      along = (-out - origin.z) / ray.z;
    }
    return { x: origin.x + along * ray.x, y: origin.y + along * ray.y };
  });
}

interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Rows of the matrix that turns the camera's directions into the surface's. */
function rotation({ yaw, pitch, roll }: Pose): readonly [Vector, Vector, Vector] {
  const [sinY, cosY] = sinCos(yaw);
  const [sinP, cosP] = sinCos(pitch);
  const [sinR, cosR] = sinCos(roll);
  return [
    { x: cosY * cosR + sinY * sinP * sinR, y: cosP * sinR, z: -sinY * cosR + cosY * sinP * sinR },
    { x: -cosY * sinR + sinY * sinP * cosR, y: cosP * cosR, z: sinY * sinR + cosY * sinP * cosR },
    { x: sinY * cosP, y: -sinP, z: cosY * cosP },
  ];
}

const sinCos = (degrees: number): readonly [number, number] => [
  Math.sin((degrees * Math.PI) / 180),
  Math.cos((degrees * Math.PI) / 180),
];

const dot = (one: Vector, other: Vector): number => one.x * other.x + one.y * other.y + one.z * other.z;

const turned = (matrix: readonly [Vector, Vector, Vector], vector: Vector): Vector => ({
  x: dot(matrix[0], vector),
  y: dot(matrix[1], vector),
  z: dot(matrix[2], vector),
});

/** How somebody holds it: on a stand, held still, moved about, or turned on purpose to look like a turning head. */
export function handHeld(random: Dice, unit: number): (seconds: number) => Pose {
  const manner = random.next();
  const shake = manner < 0.12 ? 0.02 : manner < 0.45 ? 0.4 : manner < 0.8 ? 1 : 1.3;
  const turns = manner < 0.8 ? shake * 5 : 16;
  const distance = focalLength / unit;
  const rest = {
    x: random.between(-1.6, 1.6),
    y: random.between(-0.7, 0.5),
    yaw: random.between(-9, 9),
    pitch: random.between(-9, 9),
    roll: random.between(-7, 7),
  };
  const [x, y, near] = [
    wander(random, 0.5 * shake),
    wander(random, 0.3 * shake),
    wander(random, 0.05 * shake),
  ];
  const [yaw, pitch, roll] = [wander(random, turns), wander(random, turns * 0.6), wander(random, 3 * shake)];
  return (seconds) => ({
    x: rest.x + x(seconds),
    y: rest.y + y(seconds),
    distance: distance * (1 + near(seconds)),
    yaw: rest.yaw + yaw(seconds),
    pitch: rest.pitch + pitch(seconds),
    roll: rest.roll + roll(seconds),
  });
}
