import { instant } from "../../time.ts";
import type { TrackPoint, TrackSample } from "./track.ts";

/** A head's 68 landmarks in distances of the eyes from their middle: right, down, towards the camera. */
type HeadPoint = readonly [x: number, y: number, z: number];

/** One half and the midline, from the proportions of an average adult; the other half mirrors it. */
const jaw: readonly HeadPoint[] = [
  [-1.1, 0.05, -1.1],
  [-1.08, 0.45, -1.05],
  [-1.02, 0.85, -0.95],
  [-0.93, 1.2, -0.8],
  [-0.76, 1.5, -0.58],
  [-0.54, 1.72, -0.33],
  [-0.3, 1.88, -0.1],
  [-0.14, 1.95, 0.04],
];
const brow: readonly HeadPoint[] = [
  [-0.86, -0.28, -0.2],
  [-0.73, -0.42, -0.02],
  [-0.56, -0.46, 0.08],
  [-0.37, -0.43, 0.13],
  [-0.18, -0.36, 0.15],
];
const eye: readonly HeadPoint[] = [
  [-0.72, 0.02, -0.16],
  [-0.6, -0.08, -0.03],
  [-0.42, -0.08, 0],
  [-0.29, 0.03, -0.07],
  [-0.42, 0.08, -0.02],
  [-0.6, 0.08, -0.05],
];
const mirror = (points: readonly HeadPoint[]): HeadPoint[] => points.map(([x, y, z]) => [-x, y, z]);
const pick = (points: readonly HeadPoint[], order: readonly number[]): HeadPoint[] =>
  order.flatMap((index) => [points[index] ?? ([0, 0, 0] as const)]);

const averageHead: readonly HeadPoint[] = [
  ...jaw,
  [0, 1.98, 0.09],
  ...mirror(jaw).toReversed(),
  ...brow,
  ...mirror(brow).toReversed(),
  [0, -0.02, 0.13],
  [0, 0.2, 0.24],
  [0, 0.42, 0.37],
  [0, 0.64, 0.49],
  [-0.24, 0.8, 0.19],
  [-0.12, 0.83, 0.27],
  [0, 0.86, 0.32],
  [0.12, 0.83, 0.27],
  [0.24, 0.8, 0.19],
  ...eye,
  ...pick(mirror(eye), [3, 2, 1, 0, 5, 4]),
  [-0.42, 1.24, 0.05],
  [-0.25, 1.16, 0.19],
  [-0.09, 1.12, 0.27],
  [0, 1.14, 0.28],
  [0.09, 1.12, 0.27],
  [0.25, 1.16, 0.19],
  [0.42, 1.24, 0.05],
  [0.25, 1.33, 0.18],
  [0.1, 1.38, 0.24],
  [0, 1.39, 0.25],
  [-0.1, 1.38, 0.24],
  [-0.25, 1.33, 0.18],
  [-0.35, 1.24, 0.07],
  [-0.1, 1.22, 0.21],
  [0, 1.23, 0.22],
  [0.1, 1.22, 0.21],
  [0.35, 1.24, 0.07],
  [0.1, 1.25, 0.21],
  [0, 1.26, 0.21],
  [-0.1, 1.25, 0.21],
];

/** One moment of a face before the camera. Angles in degrees, the place in pixels, other lengths in eye distances. */
export interface Moment {
  readonly yaw?: number;
  readonly pitch?: number;
  readonly roll?: number;
  readonly x?: number;
  readonly y?: number;
  readonly eyeDistance?: number;
  /** 1: the lids are shut. */
  readonly lids?: number;
  /** Height by width that the mouth is open. */
  readonly mouth?: number;
  readonly pixels?: Readonly<Record<string, number>>;
  readonly sharpness?: number;
}

/** What is held before the camera: a head; a picture of one, flat; or that bent about an upright axis. */
export type Presented = "head" | "sheet" | "bentSheet";

/** Focal length in widths of a picture 640 wide, and what an eye distance is in reality, in the same unit at 1 m. */
const focal = 640;

export interface TrackOptions {
  readonly presented?: Presented;
  readonly framesPerSecond?: number;
  readonly seconds?: number;
  /**
   * Of one landmark, in eye distances; measured of the net in use on real pictures: 0.001 to 0.0035. Most of it is
   * smooth over the face; what terms of second order leave of it is a quarter.
   */
  readonly noise?: number;
  readonly seed?: number;
}

/** A face's track, moment by moment, with the noise of a landmark net. */
export function trackOf(at: (seconds: number) => Moment, options: TrackOptions = {}): TrackSample[] {
  const { presented = "head", framesPerSecond = 8, seconds = 4, noise = 0.0025, seed = 1 } = options;
  const random = gaussian(seed);
  return Array.from({ length: Math.round(seconds * framesPerSecond) }, (_, index) => {
    const time = index / framesPerSecond;
    const moment = at(time);
    const { eyeDistance = 60 } = moment;
    const error = errorOf(random, noise * eyeDistance);
    const landmarks = averageHead.map((point, landmark) => {
      const { x, y } = project(expressed(point, landmark, moment), moment, presented);
      return { x: x + error.x(point), y: y + error.y(point) };
    });
    return sampleOf(time, moment, landmarks);
  });
}

/** One frame's error of the net at each point, along each axis. */
function errorOf(random: () => number, size: number) {
  const along = () => {
    const [whole, right, down, curved, twisted] = [random(), random(), random(), random(), random()];
    return ([x, y]: HeadPoint): number => {
      const v = y - 0.5;
      const smooth =
        0.6 * whole +
        0.5 * right * x +
        0.5 * down * v +
        0.3 * curved * (x * x - v * v) +
        0.3 * twisted * x * v;
      return (smooth + 0.25 * random()) * size;
    };
  };
  return { x: along(), y: along() };
}

function sampleOf(time: number, moment: Moment, landmarks: readonly TrackPoint[]): TrackSample {
  const { eyeDistance = 60, lids = 0, pixels = {}, sharpness = 40 } = moment;
  const xs = landmarks.map(({ x }) => x);
  const ys = landmarks.map(({ y }) => y);
  const box = { x: Math.min(...xs), y: Math.min(...ys) };
  return {
    at: instant(1_000 + time * 1_000),
    frameWidth: 640,
    frameHeight: 360,
    box: { ...box, width: Math.max(...xs) - box.x, height: Math.max(...ys) - box.y },
    landmarks,
    quality: {
      ...{ eyeDistance, sharpness, brightness: 120, contrast: 40, roll: moment.roll ?? 0 },
      yaw: yawOf(landmarks),
    },
    pixels: { eyeOpenness: 0.12 * (1 - 0.45 * lids), ...pixels },
  };
}

/** Lids and lips of the head itself; the net lowers the lids' landmarks by a few hundredths only. */
function expressed([x, y, z]: HeadPoint, landmark: number, { lids = 0, mouth = 0 }: Moment): HeadPoint {
  if ([37, 38, 43, 44].includes(landmark)) return [x, y + 0.01 * lids, z];
  const lower = landmark >= 55 && landmark <= 59 ? 1 : landmark >= 65 ? 1 : 0;
  const chin = landmark >= 5 && landmark <= 11 ? 0.8 : 0;
  return [x, y + mouth * 0.7 * Math.max(lower, chin), z];
}

function project([x, y, z]: HeadPoint, moment: Moment, presented: Presented): TrackPoint {
  const { yaw = 0, pitch = 0, roll = 0, x: left = 320, y: top = 150, eyeDistance = 60 } = moment;
  const depth = presented === "head" ? z : presented === "sheet" ? 0 : 0.6 - 0.35 * x * x;
  const turnedX = x * Math.cos(radians(yaw)) + depth * Math.sin(radians(yaw));
  const turnedZ = depth * Math.cos(radians(yaw)) - x * Math.sin(radians(yaw));
  const noddedY = y * Math.cos(radians(pitch)) + turnedZ * Math.sin(radians(pitch));
  const noddedZ = turnedZ * Math.cos(radians(pitch)) - y * Math.sin(radians(pitch));
  const tiltedX = turnedX * Math.cos(radians(roll)) - noddedY * Math.sin(radians(roll));
  const tiltedY = turnedX * Math.sin(radians(roll)) + noddedY * Math.cos(radians(roll));
  const nearer = focal / (focal - noddedZ * eyeDistance);
  return { x: left + tiltedX * eyeDistance * nearer, y: top + tiltedY * eyeDistance * nearer };
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The engine's coarse yaw: where the nose's tip stands between the eyes. */
function yawOf(landmarks: readonly TrackPoint[]): number {
  const middle = (first: number): TrackPoint => {
    const points = landmarks.slice(first, first + 6);
    return {
      x: points.reduce((sum, { x }) => sum + x, 0) / 6,
      y: points.reduce((sum, { y }) => sum + y, 0) / 6,
    };
  };
  const [right, left, tip] = [middle(36), middle(42), landmarks[30] ?? middle(36)];
  const distance = Math.hypot(left.x - right.x, left.y - right.y);
  const along = { x: (left.x - right.x) / distance, y: (left.y - right.y) / distance };
  const shift = (tip.x - (left.x + right.x) / 2) * along.x + (tip.y - (left.y + right.y) / 2) * along.y;
  return (Math.atan2(shift, 0.6 * distance) * 180) / Math.PI;
}

function gaussian(seed: number): () => number {
  let bits = Math.imul(seed | 0, 0x9e3779b1) >>> 0 || 1;
  const next = (): number => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    bits >>>= 0;
    return bits / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(next() || 1e-9)) * Math.cos(2 * Math.PI * next());
}

/** A blink at these seconds, 0.3 s long. */
export const blinkAt =
  (...times: readonly number[]) =>
  (seconds: number): number =>
    times.some((time) => seconds >= time && seconds < time + 0.3) ? 1 : 0;

/** A hand that holds something: pixels and degrees. */
export const inHand = (seconds: number): Moment => ({
  x: 320 + 12 * Math.sin(1.9 * seconds) + 5 * Math.sin(5.3 * seconds),
  y: 150 + 9 * Math.sin(2.3 * seconds + 1),
  roll: 4 * Math.sin(1.3 * seconds),
  eyeDistance: 60 + 3 * Math.sin(0.9 * seconds),
});
