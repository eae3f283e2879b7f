import type { Canvas } from "./canvas.ts";
import { atRest, type Expression } from "./head-shape.ts";
import {
  drawHead,
  type HeadLayer,
  type HeadPlace,
  type HeadShape,
  type Portrait,
  shapeBetween,
  shapeOf,
} from "./living-head.ts";
import { type Dice, wander } from "./random.ts";
import { body, drawBody, skinOf, wall } from "./scenery.ts";
import type { GenuineKind } from "./species.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The scene with a living person before the camera, at any time in seconds. */
export function livingPerson(
  kind: GenuineKind,
  portraits: readonly Portrait[],
  random: Dice,
  size: Size,
): (seconds: number) => Canvas {
  const background = wall(random, size.width, size.height);
  const rest = restingPlace(random, size);
  const face = livingFace(kind, portraits, random);
  const person = body(random, skinOf(face.first.canvas, face.first.landmarks.slice(29, 36)));
  const sway = swaying(random, rest);
  return (seconds) => {
    const scene = { ...background, rgb: background.rgb.slice() };
    const place = sway(seconds);
    drawBody(scene, person, place, rest);
    const { layers, shape } = face.at(seconds);
    drawHead(scene, layers, shape, place);
    return scene;
  };
}

function restingPlace(random: Dice, { width, height }: Size): HeadPlace {
  const unit = random.between(28, 78);
  return {
    x: width / 2 + random.between(-0.25, 0.25) * width * (1 - unit / 110),
    y: Math.max(1.2 * unit, height * random.between(0.3, 0.45)),
    unit,
    roll: random.between(-5, 5),
  };
}

/** How a standing person's head wanders: centimetres, some more, some hardly at all. */
export function swaying(random: Dice, rest: HeadPlace): (seconds: number) => HeadPlace {
  const much = random.pick([0.25, 0.6, 1, 1.6]);
  const [x, y] = [wander(random, 0.3 * much * rest.unit), wander(random, 0.1 * much * rest.unit)];
  const [near, roll] = [wander(random, 0.04 * much), wander(random, 3 * much)];
  return (seconds) => ({
    x: rest.x + x(seconds),
    y: rest.y + y(seconds),
    unit: rest.unit * (1 + near(seconds)),
    roll: rest.roll + roll(seconds),
  });
}

export interface LivingFace {
  readonly first: Portrait;
  at(seconds: number): { readonly layers: readonly HeadLayer[]; readonly shape: HeadShape };
}

export function livingFace(kind: GenuineKind, portraits: readonly Portrait[], random: Dice): LivingFace {
  const expression = livingExpression(random, kind === "turning");
  if (kind === "turning" || portraits.length < 2) {
    const portrait = random.pick(portraits);
    return {
      first: portrait,
      at: (seconds) => ({
        layers: [{ portrait, share: 1 }],
        shape: shapeOf(portrait, expression(seconds)),
      }),
    };
  }
  return passing(portraits, expression, random);
}

/** Goes from one picture of a person to the next, and the next, resting a moment at some. */
function passing(
  portraits: readonly Portrait[],
  expression: (seconds: number) => Expression,
  random: Dice,
): LivingFace {
  const order = [...portraits].sort(() => random.next() - 0.5);
  const each = random.between(0.6, 1.4);
  const [first] = order;
  if (first === undefined) throw new RangeError("a person without pictures");
  return {
    first,
    at(seconds) {
      const along = seconds / each;
      const index = Math.floor(along);
      const share = smooth(Math.min(1, (along - index) * 1.3));
      const one = order[index % order.length] ?? first;
      const other = order[(index + 1) % order.length] ?? first;
      return {
        layers: [
          { portrait: one, share: 1 - share },
          { portrait: other, share },
        ],
        shape: shapeBetween(one, other, share, expression(seconds)),
      };
    },
  };
}

const smooth = (share: number): number => share * share * (3 - 2 * share);

/** Turning, nodding, blinking every few seconds, and now and then a word. */
export function livingExpression(random: Dice, turns: boolean): (seconds: number) => Expression {
  const much = turns ? random.pick([3, 7, 12, 18]) : random.pick([0, 2, 4]);
  const [yaw, pitch] = [wander(random, much), wander(random, much * 0.5)];
  const blinks = Array.from(
    { length: 6 },
    (_, index) => index * random.between(1.6, 4.5) + random.between(0.1, 2),
  );
  const speaks = random.chance(0.3) ? random.between(0.1, 0.5) : 0;
  return (seconds) => ({
    ...atRest,
    yaw: yaw(seconds),
    pitch: pitch(seconds),
    lids: Math.max(0, ...blinks.map((at) => 1 - Math.abs(seconds - at) / 0.16)),
    mouth: speaks * Math.max(0, Math.sin(seconds * 9) * Math.sin(seconds * 2.3)),
  });
}
