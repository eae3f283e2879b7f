import type { Picture, Point } from "../ports/face-engine.ts";

/** Lids and mouth; 0 as photographed, 1 closed, and as wide open as somebody shows who is asked to. */
export interface Features {
  readonly lids: number;
  readonly mouth: number;
}

/** A rectangle of whole pixels inside the picture. */
interface Patch {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The colour of an open mouth, as a share of what is there. */
const mouthShade = 0.25;

/**
 * Draws lids and mouth of one upright or slightly tilted face into `canvas`, taking the pixels from `source`, of the
 * same size. Only the patches that `featurePatches` names are written.
 */
export function drawFeatures(
  source: Picture,
  canvas: Uint8Array,
  landmarks: readonly Point[],
  { lids, mouth }: Features,
): void {
  for (const first of [36, 42]) {
    const eye = landmarks.slice(first, first + 6);
    const brow = landmarks.slice(first === 36 ? 17 : 22, first === 36 ? 22 : 27);
    if (lids > 0) closeLid(source, canvas, eye, brow, lids);
  }
  if (mouth > 0) openMouth(source, canvas, landmarks, mouth);
}

/** Gives the patches back as they were photographed. */
export function restoreFeatures(source: Picture, canvas: Uint8Array, landmarks: readonly Point[]): void {
  for (const { left, top, right, bottom } of featurePatches(source, landmarks)) {
    for (let row = top; row < bottom; row += 1) {
      const from = (row * source.width + left) * 3;
      canvas.set(source.rgb.subarray(from, from + (right - left) * 3), from);
    }
  }
}

/** Eyes, and mouth with chin: a chin that drops reaches down by nearly the mouth's width. */
function featurePatches(picture: Picture, landmarks: readonly Point[]): readonly Patch[] {
  const eyes = [36, 42].map((first) => {
    const eye = landmarks.slice(first, first + 6);
    return boundsOf(
      picture,
      [...eye, ...landmarks.slice(first === 36 ? 17 : 22, first === 36 ? 22 : 27)],
      0.4,
    );
  });
  return [...eyes, boundsOf(picture, landmarks.slice(48, 68).concat(landmarks.slice(5, 12)), 1)];
}

function boundsOf({ width, height }: Picture, points: readonly Point[], margin: number): Patch {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const room = margin * (Math.max(...xs) - Math.min(...xs));
  const inside = (value: number, last: number): number => Math.round(Math.min(Math.max(value, 0), last));
  return {
    left: inside(Math.min(...xs) - room, width),
    right: inside(Math.max(...xs) + room, width),
    top: inside(Math.min(...ys) - room, height),
    bottom: inside(Math.max(...ys) + room, height),
  };
}

/** The lid comes down over the eye: the skin between brow and lash line is stretched, column by column. */
function closeLid(
  source: Picture,
  canvas: Uint8Array,
  eye: readonly Point[],
  brow: readonly Point[],
  lids: number,
): void {
  const [outer, , , inner] = eye;
  if (outer === undefined || inner === undefined) return;
  const middle = { x: (outer.x + inner.x) / 2, y: (outer.y + inner.y) / 2 };
  const width = Math.abs(inner.x - outer.x);
  const slope = (inner.y - outer.y) / (inner.x - outer.x || 1);
  const top = Math.min(...eye.map(({ y }) => y));
  const bottom = Math.max(...eye.map(({ y }) => y));
  const skin = (top - Math.max(...brow.map(({ y }) => y))) * 0.8;
  const half = width * 0.62;
  for (let x = Math.ceil(middle.x - half); x <= middle.x + half; x += 1) {
    const across = (x - middle.x) / half;
    const open = 1 - across * across; // an eye is an almond
    const base = middle.y + (x - middle.x) * slope;
    const upper = base - (middle.y - top) * open;
    const lower = base + (bottom - middle.y) * open;
    const fold = upper - Math.max(skin, 2);
    const lash = upper + (lower - upper) * lids;
    for (let y = Math.ceil(fold); y < lash; y += 1) {
      const from = fold + ((y - fold) * (upper - fold)) / (lash - fold || 1);
      copyPixel(source, canvas, x, y, from, lash - y < 1.2 ? 0.75 : 1);
    }
  }
}

/** The lower lip and the chin go down; between the lips it is dark. */
function openMouth(source: Picture, canvas: Uint8Array, landmarks: readonly Point[], mouth: number): void {
  const [right, left, upperLip, lowerLip, chin] = [48, 54, 62, 66, 8].map((index) => landmarks[index]);
  if (!right || !left || !upperLip || !lowerLip || !chin) return;
  const width = left.x - right.x;
  const centre = (right.x + left.x) / 2;
  const slope = (left.y - right.y) / (width || 1);
  const line = (upperLip.y + lowerLip.y) / 2;
  const drop = mouth * 0.6 * width;
  const half = width * 0.8;
  const end = chin.y + drop + 0.3 * width;
  for (let x = Math.ceil(centre - half); x <= centre + half; x += 1) {
    const across = (x - centre) / half;
    const fade = (1 - across * across) ** 2;
    const corner = Math.max(0, 1 - ((x - centre) / (width * 0.5)) ** 2);
    const base = line + (x - centre) * slope;
    const gap = drop * Math.sqrt(corner);
    const shift = Math.max(drop * fade, gap);
    if (shift < 0.25) continue;
    for (let y = Math.ceil(base); y < end; y += 1) {
      if (y < base + gap) copyPixel(source, canvas, x, y, base, mouthShade);
      else {
        // From the lip downwards everything is lower by `shift`, and less so towards the neck.
        const left = Math.max(0, (end - y) / (end - base));
        copyPixel(source, canvas, x, y, y - shift * Math.min(1, left * 1.6), 1);
      }
    }
  }
}

function copyPixel(
  { width, height, rgb }: Picture,
  canvas: Uint8Array,
  x: number,
  y: number,
  fromRow: number,
  shade: number,
): void {
  if (x < 0 || x >= width || y < 0 || y >= height) return;
  const row = Math.min(Math.max(fromRow, 0), height - 1);
  const upper = Math.floor(row);
  const share = row - upper;
  const lower = Math.min(upper + 1, height - 1);
  for (let channel = 0; channel < 3; channel += 1) {
    const above = rgb[(upper * width + x) * 3 + channel] ?? 0;
    const below = rgb[(lower * width + x) * 3 + channel] ?? 0;
    canvas[(y * width + x) * 3 + channel] = (above + (below - above) * share) * shade;
  }
}
