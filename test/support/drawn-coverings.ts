import type { Picture, Point } from "../../src/ports/face-engine.ts";

type Colour = readonly [red: number, green: number, blue: number];
/** A place on the face: eyes' distances right of and below the middle between the eyes. */
type Paint = (x: number, y: number, face: Face) => Colour | undefined;

interface Face {
  readonly at: (point: Point) => Point;
  readonly landmarks: readonly Point[];
}

/** What people hide their faces behind, drawn over a picture where its landmarks are. */
export const coverings: Readonly<Record<string, Paint>> = {
  sunglasses: (x, y) => (inLens(x, y, 0.42, 0.3) || inBridge(x, y) ? [30, 30, 33] : undefined),
  glare: (x, y) =>
    [-0.5, 0.5].some((eye) => ((x - eye) / 0.24) ** 2 + (y / 0.14) ** 2 <= 1) ? [252, 252, 252] : undefined,
  hair: (x, y) => {
    if (x < 0.15 + 0.25 * (y + 1) || x > 1.2 || y > 0.5) return undefined;
    const dark = 35 + 18 * Math.sin(x * 60 + 8 * y);
    return [dark, dark, dark];
  },
  mask: (x, y, { at, landmarks }) => {
    const nose = at(point(landmarks, 29)).y;
    const chin = at(point(landmarks, 8)).y;
    const side = x > 0 ? at(point(landmarks, 14)).x : -at(point(landmarks, 2)).x;
    if (y < nose + Math.abs(x) * 0.25 || y > chin + 0.12 || Math.abs(x) > side) return undefined;
    const fold = 6 * Math.sin(y * 28);
    return [120 + fold, 165 + fold, 205 + fold];
  },
};

function inLens(x: number, y: number, width: number, height: number): boolean {
  return [-0.5, 0.5].some((eye) => ((x - eye) / width) ** 4 + ((y - 0.06) / height) ** 4 <= 1);
}
const inBridge = (x: number, y: number): boolean => Math.abs(x) < 0.15 && Math.abs(y + 0.08) < 0.05;

export function covered(picture: Picture, landmarks: readonly Point[], paint: Paint): Picture {
  const left = middle(landmarks.slice(36, 42));
  const right = middle(landmarks.slice(42, 48));
  const distance = Math.hypot(right.x - left.x, right.y - left.y);
  const [along, down] = [(right.x - left.x) / distance ** 2, (right.y - left.y) / distance ** 2];
  const origin = middle([left, right]);
  const at = ({ x, y }: Point): Point => ({
    x: (x - origin.x) * along + (y - origin.y) * down,
    y: -(x - origin.x) * down + (y - origin.y) * along,
  });
  const rgb = Uint8Array.from(picture.rgb);
  const face = { at, landmarks };
  for (let row = 0; row < picture.height; row += 1) {
    for (let column = 0; column < picture.width; column += 1) {
      const { x, y } = at({ x: column, y: row });
      const colour = Math.abs(x) < 2 && Math.abs(y) < 3 ? paint(x, y, face) : undefined;
      if (colour !== undefined)
        rgb.set(
          colour.map((value) => Math.min(255, Math.max(0, value))),
          (row * picture.width + column) * 3,
        );
    }
  }
  return { ...picture, rgb };
}

const point = (landmarks: readonly Point[], index: number): Point => landmarks[index] ?? { x: 0, y: 0 };

function middle(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
