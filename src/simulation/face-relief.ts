import type { Point } from "../ports/face-engine.ts";

/** How a head stands, away from how it was photographed. Angles in radians, lengths in eye distances. */
export interface HeadPose {
  /** Towards the person's own left, which is the picture's right. */
  readonly yaw: number;
  /** Chin towards the chest. */
  readonly pitch: number;
  /** Clockwise in the picture. */
  readonly roll: number;
  readonly right: number;
  readonly down: number;
  /** 1: as far away as it was photographed. */
  readonly scale: number;
  /** Shoulders raised by a breath. */
  readonly breath: number;
}

/** A face in a picture: the middle between the eyes, the distance of their centres as the unit, the tilt. */
export interface FacePlace {
  readonly x: number;
  readonly y: number;
  readonly unit: number;
  readonly cosine: number;
  readonly sine: number;
}

/** Undefined where the landmarks do not make a face. */
export function placeOf(landmarks: readonly Point[]): FacePlace | undefined {
  const right = centreOf(landmarks.slice(36, 42));
  const left = centreOf(landmarks.slice(42, 48));
  const unit = Math.hypot(left.x - right.x, left.y - right.y);
  if (!(unit >= smallestUnit)) return undefined;
  return {
    x: (right.x + left.x) / 2,
    y: (right.y + left.y) / 2,
    unit,
    cosine: (left.x - right.x) / unit,
    sine: (left.y - right.y) / unit,
  };
}

/** A smaller face shows no lids, and nothing that a face engine would take. */
const smallestUnit = 8;

function centreOf(points: readonly Point[]): Point {
  const count = points.length;
  return {
    x: points.reduce((sum, { x }) => sum + x, 0) / count,
    y: points.reduce((sum, { y }) => sum + y, 0) / count,
  };
}

/** The head turns about its neck, so far behind the eyes. */
const neckDepth = 0.6;

/**
 * How far a face stands out towards the camera at (u, v) eye distances right of and below the middle of the eyes, from
 * the plane through them: an ellipsoid with a nose and a mouth on it. The nose is
 * broader than a real one, or a picture warped by it would fold, and therefore higher, to turn as far. Otherwise the
 * proportions of an average adult, good to a tenth.
 */
function reliefAt(u: number, v: number): number {
  const fall = 1 - (u / 1.45) ** 2 - ((v - 0.55) / 1.9) ** 2;
  const skull = 1.25 * (Math.sqrt(Math.max(fall, 0.02)) - 0.92);
  const nose = 0.65 * Math.exp(-0.5 * ((u / 0.22) ** 2 + ((v - 0.58) / 0.28) ** 2));
  const mouth = 0.2 * Math.exp(-0.5 * ((u / 0.45) ** 2 + ((v - 1.12) / 0.35) ** 2));
  return skull + nose + mouth;
}

/** 1 on the head, 0 where the surroundings begin that do not move with it. */
function headShare(u: number, v: number): number {
  const away = Math.hypot(u / 1.5, (v - 0.45) / 2.0);
  return 1 - smoothStep(away, 1, 1.65);
}

/** 1 on the chest, 0 from the chin upwards. */
const chestShare = (v: number): number => smoothStep(v, 2, 2.7) * (1 - smoothStep(v, 2.9, 3.8));

export function smoothStep(value: number, from: number, to: number): number {
  const share = Math.min(Math.max((value - from) / (to - from), 0), 1);
  return share * share * (3 - 2 * share);
}

/** How far around the face, in eye distances, anything moves. */
export const reach = { across: 2.5, up: 2.9, down: 3.8 } as const;

/**
 * Where in the photograph the point lies that a head in `pose` shows at (x, y), as a step from (x, y); in pixels.
 * Solved by repetition: the depth there depends on where it lies, and changes slowly.
 */
export function stepToSource(place: FacePlace, pose: HeadPose, x: number, y: number): Point {
  const { unit, cosine, sine } = place;
  const u = ((x - place.x) * cosine + (y - place.y) * sine) / unit;
  const v = ((y - place.y) * cosine - (x - place.x) * sine) / unit;
  const head = headShare(u, v);
  const rollCosine = Math.cos(pose.roll) / pose.scale;
  const rollSine = Math.sin(pose.roll) / pose.scale;
  const shiftedU = u - pose.right;
  const shiftedV = v - pose.down;
  const turnedU = shiftedU * rollCosine + shiftedV * rollSine;
  const turnedV = shiftedV * rollCosine - shiftedU * rollSine;
  let sourceU = turnedU;
  let sourceV = turnedV;
  for (let step = 0; step < 3 && head > 0; step += 1) {
    const depth = reliefAt(sourceU, sourceV) + neckDepth;
    sourceU = (turnedU - depth * Math.sin(pose.yaw)) / Math.cos(pose.yaw);
    sourceV = (turnedV - depth * Math.sin(pose.pitch)) / Math.cos(pose.pitch);
  }
  const stepU = (sourceU - u) * head;
  const stepV = (sourceV - v) * head + pose.breath * chestShare(v) * (1 - smoothStep(Math.abs(u), 1.6, 2.5));
  return { x: (stepU * cosine - stepV * sine) * unit, y: (stepV * cosine + stepU * sine) * unit };
}
