import { eyesOf } from "../../src/domain/biometric/landmarks.ts";
import type { Point } from "../../src/ports/face-engine.ts";

/**
 * How far each of the 68 landmarks stands out before the eyes' plane, in distances of the eyes' centres (some 63 mm):
 * rounded from what heads measure; people differ by more than the rounding.
 */
const standsOut: readonly number[] = [
  ...[
    -1.15, -1.1, -1, -0.85, -0.65, -0.4, -0.15, 0.02, 0.08, 0.02, -0.15, -0.4, -0.65, -0.85, -1, -1.1, -1.15,
  ],
  ...[-0.15, 0.05, 0.15, 0.22, 0.27, 0.27, 0.22, 0.15, 0.05, -0.15],
  ...[0.2, 0.32, 0.46, 0.6, 0.3, 0.36, 0.4, 0.36, 0.3],
  ...[-0.1, 0.03, 0.05, 0.05, 0.04, 0.02, 0.05, 0.05, 0.03, -0.1, 0.02, 0.04],
  ...[0.1, 0.22, 0.3, 0.32, 0.3, 0.22, 0.1, 0.22, 0.28, 0.3, 0.28, 0.22],
  ...[0.1, 0.27, 0.28, 0.27, 0.1, 0.26, 0.27, 0.26],
];

/** Where a head turns: the top of the neck, below and behind the eyes. */
const pivot = { down: 1, out: -1.3 } as const;

/** How a head is held and what its face does. Angles in degrees; positive yaw shows more of the picture's left side. */
export interface Expression {
  readonly yaw: number;
  readonly pitch: number;
  /** 0 open, 1 closed. */
  readonly lids: number;
  /** 0 as in the picture, 1 wide open. */
  readonly mouth: number;
}

export const atRest: Expression = { yaw: 0, pitch: 0, lids: 0, mouth: 0 };

/** A face's landmarks in units of its eyes' distance, from the middle between the eyes, upright. */
export function normalised(landmarks: readonly Point[]): readonly Point[] {
  const { left, right } = eyesOf(landmarks);
  const unit = Math.hypot(right.x - left.x, right.y - left.y);
  const [alongX, alongY] = [(right.x - left.x) / unit, (right.y - left.y) / unit];
  const [middleX, middleY] = [(left.x + right.x) / 2, (left.y + right.y) / 2];
  return landmarks.map(({ x, y }) => ({
    x: ((x - middleX) * alongX + (y - middleY) * alongY) / unit,
    y: ((y - middleY) * alongX - (x - middleX) * alongY) / unit,
  }));
}

/** Points of the skull around the face, with which hair and forehead turn along: from the eyes' middle, in their distance. */
const skull: readonly (readonly [x: number, y: number, out: number])[] = [
  [-1.2, -0.7, -0.9],
  [-1.0, -1.3, -0.7],
  [-0.5, -1.8, -0.5],
  [0, -1.95, -0.45],
  [0.5, -1.8, -0.5],
  [1.0, -1.3, -0.7],
  [1.2, -0.7, -0.9],
  [-0.5, -1.1, 0.1],
  [0, -1.1, 0.2],
  [0.5, -1.1, 0.1],
];

export const skullPoints: readonly Point[] = skull.map(([x, y]) => ({ x, y }));

/** Moves normalised landmarks, and the skull's points after them, as the expression has it. */
export function expressed(landmarks: readonly Point[], expression: Expression): readonly Point[] {
  const face = openedMouth(closedLids(landmarks, expression.lids), expression.mouth);
  const outs = [...standsOut, ...skull.map(([, , out]) => out)];
  return [...face, ...skullPoints].map((point, index) => turned(point, outs[index] ?? 0, expression));
}

function turned({ x, y }: Point, out: number, { yaw, pitch }: Expression): Point {
  const [sinYaw, cosYaw] = [Math.sin((yaw * Math.PI) / 180), Math.cos((yaw * Math.PI) / 180)];
  const [sinPitch, cosPitch] = [Math.sin((pitch * Math.PI) / 180), Math.cos((pitch * Math.PI) / 180)];
  const across = x * cosYaw + (out - pivot.out) * sinYaw;
  const forward = -x * sinYaw + (out - pivot.out) * cosYaw;
  const down = (y - pivot.down) * cosPitch + forward * sinPitch;
  const depth = forward * cosPitch - (y - pivot.down) * sinPitch + pivot.out;
  // Somebody stands some ten eye distances before the camera: what is nearer is a little larger.
  const nearer = 10 / (10 - depth);
  return { x: across * nearer, y: (down + pivot.down) * nearer };
}

/** Upper lid, and the lower one it comes down on. */
const lids = [
  [37, 41],
  [38, 40],
  [43, 47],
  [44, 46],
] as const;

function closedLids(landmarks: readonly Point[], closed: number): readonly Point[] {
  return landmarks.map((point, index) => {
    const lid = lids.find(([upper]) => upper === index);
    const lower = lid && landmarks[lid[1]];
    if (lower === undefined) return point;
    return { x: point.x, y: point.y + (lower.y - point.y) * 0.9 * closed };
  });
}

function openedMouth(landmarks: readonly Point[], open: number): readonly Point[] {
  const lower = new Set([5, 6, 7, 8, 9, 10, 11, 55, 56, 57, 58, 59, 65, 66, 67]);
  return landmarks.map((point, index) =>
    lower.has(index) ? { x: point.x, y: point.y + 0.35 * open } : point,
  );
}
