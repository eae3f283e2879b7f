import {
  type Border,
  drawSurface,
  type Paint,
  pictureBorder,
  printLook,
  printPaint,
  type Shown,
  screenLook,
  screenPaint,
  shownFrame,
  shownPortrait,
} from "./artefacts.ts";
import { blank, type Canvas, softened } from "./canvas.ts";
import { livingExpression, livingFace, swaying } from "./genuine-scenes.ts";
import { atRest, normalised } from "./head-shape.ts";
import { drawHead, type HeadPlace, outlineOf, type Portrait, shapeOf } from "./living-head.ts";
import type { Dice } from "./random.ts";
import { body, drawBody, wall } from "./scenery.ts";
import type { ArtefactSpecies } from "./species.ts";
import { bent, flat, handHeld, maskLike, type Pose, type Relief } from "./surfaces.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is held before the camera: how it is held, its shape, and what it looks like at a time. */
interface Artefact {
  readonly pose: (seconds: number) => Pose;
  readonly relief: Relief;
  readonly border: Border;
  readonly paintAt: (seconds: number, pose: Pose) => Paint;
}

/** The scene with an attack instrument before the camera, at any time in seconds. */
export function drawArtefact(
  species: ArtefactSpecies,
  portraits: readonly Portrait[],
  random: Dice,
  size: Size,
): (seconds: number) => Canvas {
  const background = wall(random, size.width, size.height);
  const holder = random.chance(0.6) ? holderBehind(random, size) : undefined;
  const artefact = makers[species](portraits, random);
  return (seconds) => {
    const scene = { ...background, rgb: background.rgb.slice() };
    holder?.(scene);
    const pose = artefact.pose(seconds);
    drawSurface(scene, pose, artefact.relief, artefact.border, artefact.paintAt(seconds, pose));
    return scene;
  };
}

/** Whoever holds it: a body that stands still, mostly hidden. */
function holderBehind(random: Dice, { width, height }: Size): (scene: Canvas) => void {
  const shape = body(random, [random.between(90, 200), random.between(80, 150), random.between(70, 130)]);
  const place = {
    x: width * random.between(0.35, 0.65),
    y: height * random.between(0.3, 0.5),
    unit: random.between(40, 80),
    roll: 0,
  };
  return (scene) => drawBody(scene, shape, place, place);
}

type Maker = (portraits: readonly Portrait[], random: Dice) => Artefact;

const makers: Readonly<Record<ArtefactSpecies, Maker>> = {
  print: (portraits, random) => printed(portraits, random, flat),
  "bent-print": (portraits, random) =>
    printed(portraits, random, bent(random.between(0.04, 0.22) * random.pick([-1, -1, -1, 1]))),
  "cut-out": (portraits, random) => cutOut(portraits, random, flat, handHeld(random, random.between(28, 78))),
  mask: worn,
  phone: (portraits, random) => onScreen(stillShown(portraits, random), random, "phone"),
  tablet: (portraits, random) =>
    onScreen(stillShown(portraits, random), random, random.pick(["tablet", "monitor"])),
  replay: (portraits, random) =>
    onScreen(clipShown(portraits, random), random, random.pick(["phone", "tablet"])),
};

function printed(portraits: readonly Portrait[], random: Dice, relief: Relief): Artefact {
  const portrait = reprinted(random.pick(portraits), random);
  const shown = shownPortrait(portrait);
  const look = printLook(random);
  const margin = random.chance(0.5) ? random.between(0.1, 1) : 0;
  const edge = pictureBorder(shown);
  const cropped = cropTo(edge, random);
  return {
    pose: handHeld(random, random.between(28, 90)),
    relief,
    border: {
      left: cropped.left - margin,
      right: cropped.right + margin,
      top: cropped.top - margin,
      bottom: cropped.bottom + margin,
    },
    paintAt: (_seconds, pose) => printPaint(shown, look, pose, "white"),
  };
}

/** Attackers have pictures of every quality. */
function reprinted(portrait: Portrait, random: Dice): Portrait {
  const sharpEnough = Math.floor(random.between(0, 2.4));
  return { ...portrait, canvas: softened(portrait.canvas, sharpEnough) };
}

/** Large sheets show the whole picture, small ones little more than the head. */
function cropTo(border: Border, random: Dice): Border {
  const reach = random.between(1.5, 5);
  return {
    left: Math.max(border.left, -reach),
    right: Math.min(border.right, reach),
    top: Math.max(border.top, -reach * 1.2),
    bottom: Math.min(border.bottom, reach * 1.3),
  };
}

function cutOut(
  portraits: readonly Portrait[],
  random: Dice,
  relief: Relief,
  pose: (seconds: number) => Pose,
): Artefact {
  const portrait = reprinted(random.pick(portraits), random);
  const look = printLook(random);
  const holes = random.chance(1 / 3);
  const lids = livingExpression(random, false);
  const still = shownPortrait(portrait);
  const outline = insideOutline(portrait);
  return {
    pose,
    relief,
    border: { left: -1.7, right: 1.7, top: -2.4, bottom: 2.4 },
    paintAt: (seconds, at) => {
      const shown = holes ? blinking(portrait, lids(seconds).lids) : still;
      const ink = printPaint(shown, look, at, "repeated");
      return (x, y, column, row, colour) => {
        const inside = outline(x, y);
        return inside > 0 ? inside * ink(x, y, column, row, colour) : 0;
      };
    },
  };
}

/** The picture with the lids of whoever looks through it. */
function blinking(portrait: Portrait, lids: number): Shown {
  const place = { x: 200, y: 250, unit: 100, roll: 0 };
  const canvas = blank(400, 500);
  drawHead(canvas, [{ portrait, share: 1 }], shapeOf(portrait, { ...atRest, lids }), place);
  return shownFrame(canvas, place);
}

/** Opacity within the head's outline, by rows of a sixty-fourth of an eye distance. */
function insideOutline(portrait: Portrait): (x: number, y: number) => number {
  const outline = outlineOf(normalised(portrait.landmarks));
  return (x, y) => {
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    for (let corner = 0; corner < outline.length; corner += 1) {
      const a = outline[corner];
      const b = outline[(corner + 1) % outline.length];
      if (a === undefined || b === undefined || a.y <= y === b.y <= y) continue;
      const crossing = a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x);
      from = Math.min(from, crossing);
      to = Math.max(to, crossing);
    }
    return Math.min(1, Math.max(0, Math.min(x - from, to - x) * 30));
  };
}

/** A mask moves as the head that wears it does. */
function worn(portraits: readonly Portrait[], random: Dice): Artefact {
  const unit = random.between(28, 78);
  const rest = { x: 0, y: 0, unit: 1, roll: 0 };
  const sway = swaying(random, rest);
  const turning = livingExpression(random, true);
  const held = handHeld(random, unit)(0);
  const pose = (seconds: number): Pose => {
    const place = sway(seconds);
    const { yaw, pitch } = turning(seconds);
    return {
      x: held.x + place.x,
      y: held.y + place.y,
      distance: held.distance / place.unit,
      yaw,
      pitch,
      roll: place.roll,
    };
  };
  return cutOut(portraits, random, maskLike(random.between(0.5, 1)), pose);
}

function stillShown(portraits: readonly Portrait[], random: Dice): (seconds: number) => Shown {
  const shown = shownPortrait(reprinted(random.pick(portraits), random));
  return () => shown;
}

/** A clip of the living person, filmed before some other wall, as a phone would have it. */
function clipShown(portraits: readonly Portrait[], random: Dice): (seconds: number) => Shown {
  const size = { width: 300, height: 400 };
  const background = wall(random, size.width, size.height);
  const rest: HeadPlace = { x: 150, y: 170, unit: random.between(50, 75), roll: 0 };
  const sway = swaying(random, rest);
  const face = livingFace(
    portraits.length > 1 && random.chance(0.6) ? "moving" : "turning",
    portraits,
    random,
  );
  const dressed = body(random, [150, 120, 100]);
  return (seconds) => {
    const canvas = { ...background, rgb: background.rgb.slice() };
    const place = sway(seconds);
    drawBody(canvas, dressed, place, rest);
    const { layers, shape } = face.at(seconds);
    drawHead(canvas, layers, shape, place);
    return shownFrame(canvas, rest);
  };
}

function onScreen(
  shownAt: (seconds: number) => Shown,
  random: Dice,
  kind: "phone" | "tablet" | "monitor",
): Artefact {
  const look = screenLook(random, kind);
  const shown = pictureBorder(shownAt(0));
  const room = kind === "phone" ? random.between(1.3, 2.4) : random.between(2, 6);
  const tall = kind === "phone" ? random.between(1.6, 2.1) : random.between(0.65, 1.3);
  const screen: Border = { left: -room, right: room, top: -room * tall * 0.9, bottom: room * tall * 1.1 };
  const fitting: Border = {
    left: Math.max(screen.left, Math.min(shown.left, -room * 0.6)),
    right: Math.min(screen.right, Math.max(shown.right, room * 0.6)),
    top: screen.top,
    bottom: screen.bottom,
  };
  const up = random.between(0, 400);
  return {
    pose: handHeld(random, random.between(30, 90)),
    relief: flat,
    border: {
      left: fitting.left - look.bezel,
      right: fitting.right + look.bezel,
      top: fitting.top - look.bezel,
      bottom: fitting.bottom + look.bezel,
    },
    paintAt: (seconds, pose) => screenPaint(shownAt(seconds), look, pose, fitting, up, seconds),
  };
}
