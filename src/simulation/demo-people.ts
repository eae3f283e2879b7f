import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { scenePictureSize } from "../ports/building-link.ts";
import { SeededRandom } from "./seeded-random.ts";

/** Somebody on the sample pictures that ship inside the face-api package, made a cardholder of the demo site. */
export interface DemoPerson {
  readonly card: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly face: FacePosition;
}

/** Where the face stands in `demo/sampleN.jpg`; pixels. */
interface FacePosition {
  readonly sample: number;
  /** Between the eyes and the mouth. */
  readonly x: number;
  readonly y: number;
  /** Chin to hairline. */
  readonly height: number;
  /** Degrees that would set the head upright. */
  readonly upright: number;
  /** How far left of the middle of a view the face stands, to keep a neighbour out; a share of its width. */
  readonly aside?: number;
}

export const demoPeople: readonly DemoPerson[] = [
  {
    card: "1001",
    name: "艾玛 Emma Berg",
    groups: [],
    face: { sample: 3, x: 1170, y: 385, height: 250, upright: -10 },
  },
  {
    card: "1002",
    name: "安娜 Anna Reyes",
    groups: ["manager"],
    face: { sample: 6, x: 365, y: 630, height: 260, upright: 8 },
  },
  {
    card: "1003",
    name: "莉娜 Lina Costa",
    groups: ["custodian"],
    face: { sample: 6, x: 1585, y: 415, height: 250, upright: -12, aside: 0.12 },
  },
];

/** How a picture differs from the photograph it is made from. */
interface View {
  /** Width and height of the picture as multiples of the face's height. */
  readonly across: number;
  readonly down: number;
  /** Where the face's centre stands in it, from the top left; shares. */
  readonly faceX: number;
  readonly faceY: number;
  /** Degrees, clockwise, on top of `upright`. */
  readonly tilt: number;
  readonly brightness: number;
  readonly saturation: number;
  /** Contrast about the middle grey. */
  readonly contrast: number;
  /** Standard deviation of the camera's noise, in grey levels. */
  readonly noise: number;
}

const portraitWidth = 480;
const portraitHeight = 600;

/** What three visits to the enrolment desk would give. */
const portraitViews: readonly View[] = [
  {
    across: 1.85,
    down: 2.3,
    faceX: 0.5,
    faceY: 0.45,
    tilt: 0,
    brightness: 1,
    saturation: 1,
    contrast: 1,
    noise: 0,
  },
  {
    across: 1.7,
    down: 2.12,
    faceX: 0.47,
    faceY: 0.46,
    tilt: -4,
    brightness: 1.12,
    saturation: 0.9,
    contrast: 0.95,
    noise: 2,
  },
  {
    across: 1.95,
    down: 2.43,
    faceX: 0.52,
    faceY: 0.44,
    tilt: 3,
    brightness: 0.9,
    saturation: 1.05,
    contrast: 1.05,
    noise: 2,
  },
];

const { width: sceneWidth, height: sceneHeight } = scenePictureSize;

/** What the camera over a door sees: further off, at another angle, in flatter light, with noise. */
const probeView: View = {
  across: 2.05,
  down: 2.45,
  faceX: 0.5,
  faceY: 0.45,
  tilt: 6,
  brightness: 0.92,
  saturation: 0.85,
  contrast: 0.92,
  noise: 2.5,
};

/** Three JPEG portraits of one person, as they would be enrolled. */
export async function enrolmentPortraits(person: DemoPerson): Promise<readonly Uint8Array[]> {
  const portraits: Uint8Array[] = [];
  for (const view of portraitViews) {
    const cut = await cutView(person.face, view, portraitWidth, portraitHeight);
    portraits.push(await cut.jpeg({ quality: 90 }).toBuffer());
  }
  return portraits;
}

/** A camera's view of one to three people side by side, head and shoulders, 640×360, JPEG. Not an enrolled picture. */
export async function probeScene(people: readonly DemoPerson[]): Promise<Uint8Array> {
  if (people.length < 1 || people.length > 3)
    throw new RangeError(`${people.length} people instead of 1 to 3`);
  const width = Math.round((sceneHeight * probeView.across) / probeView.down);
  const fitting = Math.min(width, Math.floor((sceneWidth * 1.12) / people.length));
  const step = people.length === 1 ? 0 : Math.min(fitting, (sceneWidth - fitting) / (people.length - 1));
  const first = people.length === 1 ? (sceneWidth - fitting) / 2 : 0;
  const layers = [];
  for (const [index, { face }] of people.entries()) {
    const figure = await cutView(
      face,
      { ...probeView, across: (probeView.across * fitting) / width },
      fitting,
      sceneHeight,
    );
    layers.push({
      input: await fadedAtTheSides(figure, fitting),
      left: Math.round(first + index * step),
      top: 0,
    });
  }
  const scene = sharp(await backgroundOf(people[0]?.face)).composite(layers);
  return (await withNoise(scene, probeView.noise)).jpeg({ quality: 85 }).toBuffer();
}

/** The photograph's own surroundings, far out of focus; where a neighbour stands, only what is on the other side. */
async function backgroundOf(face: FacePosition | undefined): Promise<Buffer> {
  if (face === undefined) throw new RangeError("nobody to show");
  const wide: View = {
    ...probeView,
    ...(face.aside === undefined ? { across: 3.9, down: 2.2 } : { across: 2.6, down: 1.47, faceX: -0.1 }),
    tilt: 0,
    noise: 0,
    brightness: 0.8,
  };
  const cut = await cutView(face, wide, sceneWidth, sceneHeight);
  return sharp(await cut.png().toBuffer())
    .blur(28)
    .png()
    .toBuffer();
}

const fadeWidth = 72;

async function fadedAtTheSides(figure: Sharp, width: number): Promise<Buffer> {
  const share = fadeWidth / width;
  const mask = `<svg width="${width}" height="${sceneHeight}"><linearGradient id="fade">
    <stop offset="0" stop-color="#fff" stop-opacity="0"/><stop offset="${share}" stop-color="#fff"/>
    <stop offset="${1 - share}" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/>
    </linearGradient><rect width="100%" height="100%" fill="url(#fade)"/></svg>`;
  return sharp(await figure.png().toBuffer())
    .ensureAlpha()
    .composite([{ input: Buffer.from(mask), blend: "dest-in" }])
    .png()
    .toBuffer();
}

/** Turns the photograph about the face's centre, cuts the view out of it, and changes light and colour. */
async function cutView(face: FacePosition, view: View, width: number, height: number): Promise<Sharp> {
  // Everything the turned view can reach, so that the corners show the photograph and not a void.
  const faceX = view.faceX - (face.aside ?? 0);
  const farX = Math.max(faceX, 1 - faceX) * view.across;
  const farY = Math.max(view.faceY, 1 - view.faceY) * view.down;
  const reach = Math.ceil(Math.hypot(farX, farY) * face.height) + 2;
  const square = await (await squareAround(face, reach))
    .rotate(face.upright + view.tilt)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const cutWidth = Math.round(view.across * face.height);
  const cutHeight = Math.round(view.down * face.height);
  const turned = sharp(square.data, {
    raw: { width: square.info.width, height: square.info.height, channels: square.info.channels },
  })
    .extract({
      left: Math.round(square.info.width / 2 - faceX * cutWidth),
      top: Math.round(square.info.height / 2 - view.faceY * cutHeight),
      width: cutWidth,
      height: cutHeight,
    })
    .resize(width, height, { fit: "fill" })
    .modulate({ brightness: view.brightness, saturation: view.saturation })
    .linear(view.contrast, 128 * (1 - view.contrast));
  return withNoise(turned, view.noise);
}

/**
 * The photograph around the face, `reach` pixels to each side, its border repeated where it ends. Nothing else of it
 * is decoded, and nothing kept: the controller, which paints these pictures, lives for months.
 */
async function squareAround({ sample, x, y }: FacePosition, reach: number): Promise<Sharp> {
  const file = await readFile(samplePicture(sample));
  const { width, height } = await sharp(file).metadata();
  const left = Math.max(0, x - reach);
  const top = Math.max(0, y - reach);
  const right = Math.min(width, x + reach);
  const bottom = Math.min(height, y + reach);
  const { data, info } = await sharp(file)
    .extract({ left, top, width: right - left, height: bottom - top })
    .extend({
      left: left - (x - reach),
      top: top - (y - reach),
      right: x + reach - right,
      bottom: y + reach - bottom,
      extendWith: "copy",
    })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}

const samplePicture = (sample: number): string =>
  join(
    dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
    "demo",
    `sample${sample}.jpg`,
  );

/** Grain of a small sensor: the same for every start, so that the demo can be tested. */
async function withNoise(picture: Sharp, deviation: number): Promise<Sharp> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
  if (deviation === 0) return sharp(data, raw);
  const random = new SeededRandom(1);
  // Three even spreads of ± 500 added are near enough to a bell curve, with a deviation of 500.
  const next = (): number => random.between(-500, 500);
  for (let at = 0; at < data.length; at += info.channels) {
    const grain = ((next() + next() + next()) / 500) * deviation;
    for (let channel = 0; channel < info.channels; channel += 1) {
      data[at + channel] = Math.min(255, Math.max(0, (data[at + channel] ?? 0) + grain));
    }
  }
  return sharp(data, raw);
}
