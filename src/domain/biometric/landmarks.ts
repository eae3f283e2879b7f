export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the eyes are, of the 68 landmarks of the iBUG scheme: left and right as the picture shows them. */
export function eyesOf(landmarks: readonly Point[]): { readonly left: Point; readonly right: Point } {
  return { left: centreOf(landmarks, 36, 41), right: centreOf(landmarks, 42, 47) };
}

/** The centre of some landmarks, by the numbers of the first and the last. */
export function centreOf(landmarks: readonly Point[], first: number, last: number): Point {
  let x = 0;
  let y = 0;
  for (const point of landmarks.slice(first, last + 1)) {
    x += point.x;
    y += point.y;
  }
  const count = last - first + 1;
  return { x: x / count, y: y / count };
}
