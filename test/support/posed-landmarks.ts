import type { TrackPoint } from "../../src/domain/biometric/liveness/track.ts";

export interface Pose {
  /** Aspect of the eyes' opening: 0.3 is open, 0.1 is shut. */
  readonly eyes?: number;
  /** Aspect of the lips' opening. */
  readonly mouth?: number;
}

/** The 68 landmarks of a face of boxes: only what the rules of a challenge look at is where it should be. */
export function posedLandmarks({ eyes = 0.3, mouth = 0.05 }: Pose = {}): readonly TrackPoint[] {
  const points: TrackPoint[] = Array.from({ length: 68 }, () => ({ x: 50, y: 50 }));
  const opening = (left: number, y: number, width: number, aspect: number, indices: readonly number[]) => {
    const [first, upper, other, last, lower, under] = indices;
    const half = (aspect * width) / 2;
    const place = (index: number | undefined, x: number, at: number) => {
      if (index !== undefined) points[index] = { x, y: at };
    };
    place(first, left, y);
    place(last, left + width, y);
    place(upper, left + width / 3, y - half);
    place(under, left + width / 3, y + half);
    place(other, left + (2 * width) / 3, y - half);
    place(lower, left + (2 * width) / 3, y + half);
  };
  opening(30, 40, 12, eyes, [36, 37, 38, 39, 40, 41]);
  opening(58, 40, 12, eyes, [42, 43, 44, 45, 46, 47]);
  opening(40, 70, 20, mouth, [60, 61, 63, 64, 65, 67]);
  points[62] = { x: 50, y: 70 - 10 * mouth };
  points[66] = { x: 50, y: 70 + 10 * mouth };
  return points;
}
