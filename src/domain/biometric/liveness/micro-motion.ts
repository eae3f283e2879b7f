import { since } from "../../time.ts";
import { type FaceFigures, figuresOf, medianOf, quantileOf } from "./face-figures.ts";
import { type FaceShape, shapeChanges, shapeOf } from "./head-shape.ts";
import type { CueResult, TrackSample } from "./track.ts";

/** A blink takes 0.1 to 0.4 s; slower lids are tired ones, or another picture. */
const longestBlink = 700;
/** Of what the eyes show around it. A head that moves changes it by 3 %; lids that shut, by 15 % to 60 %. */
const shutUnder = 0.8;
const openOver = 0.9;
/** And by so many times what the figure changes by from frame to frame; in a face seen askew or in shadow it is all noise. */
const overNoise = 5;
/** A frame blurred by movement shows less of the eyes too: of the sharpness around it. */
const sharpOver = 0.75;
/** Degrees beside the frames around it: eyes of a turned head are others. */
const turnedLess = 8;
/** How much the mouth's opening (height by width) changes when somebody speaks; a tilted sheet's by up to 0.06. */
const spoken = 0.15;
/** Unrigid change, root mean square in distances of the eyes: a tilted sheet's is up to 0.0016. */
const alive = 0.0032;
const usualEyes = 57;

/** What a rigid thing in a hand looks like; a face is rarely as rigid, and never while it moves about. */
const rigid = { span: 2_000, samples: 10, rest: 0.0009, depth: 0.04, eyes: 0.15, mouth: 0.06 } as const;
/** Distances of the eyes, radians, share of the size: one of them at least, or it did not move as a whole. */
const moved = { path: 0.25, roll: 0.07, size: 0.08 } as const;

/**
 * Lids, lips, and whatever else is not rigid. A picture in a hand moves as a whole and nothing in it does; that alone
 * says little, for how still living faces can be is not known of this net's landmarks.
 */
export function microMotionCue(samples: readonly TrackSample[]): CueResult {
  const faces = samples.map((sample) => ({ sample, figures: figuresOf(sample) }));
  const shapes = samples.flatMap(({ landmarks }) => shapeOf(landmarks) ?? []);
  const blinks = countBlinks(faces);
  const mouth = mouthRange(faces.map(({ figures }) => figures));
  const changes = shapeChanges(shapes);
  const eyeDistance = medianOf(shapes.map(({ placement }) => placement.eyeDistance)) ?? 0;
  const coarseness = Math.max(1, usualEyes / eyeDistance);
  const rest =
    shapes.length < 6
      ? 0
      : (quantileOf(
          changes.map((change) => change.rest),
          0.7,
        ) ?? 0);
  const figures = { blinks, mouth, rest };
  const hints = [
    blinks > 0 ? 0.6 + 0.1 * Math.min(blinks, 3) : 0,
    mouth > spoken * coarseness ? 0.4 : 0,
    rest > alive * coarseness ? 0.35 : 0,
  ];
  const score = Math.min(0.95, Math.max(...hints) + 0.1 * (hints.filter((hint) => hint > 0).length - 1));
  if (score >= 0.3) return { cue: "microMotion", says: "live", score, figures };
  const isRigid =
    isLong(samples) &&
    changes.length >= rigid.samples &&
    rest < rigid.rest * coarseness &&
    rangeOf(changes.map(({ right }) => right)) < rigid.depth * coarseness &&
    rangeOf(changes.map(({ down }) => down)) < rigid.depth * coarseness &&
    !(relativeRange(faces.map((face) => face.figures.eyes)) > rigid.eyes) &&
    mouth < rigid.mouth;
  if (isRigid && movesAsWhole(shapes)) return { cue: "microMotion", says: "attack", score: -0.4, figures };
  return { cue: "microMotion", says: "silent", score: 0, figures };
}

interface Face {
  readonly sample: TrackSample;
  readonly figures: FaceFigures;
}

/** Lids that were open, shut quickly and opened again, seen shut in a sharp frame of a head that did not turn. */
function countBlinks(faces: readonly Face[]): number {
  const noise = noiseOf(faces.map(({ figures }) => figures.eyes));
  let blinks = 0;
  for (let first = 1; first < faces.length; first += 1) {
    const open = medianOf(faces.slice(Math.max(0, first - 3), first).map(({ figures }) => figures.eyes));
    if (open === undefined || !isOpen(faces[first - 1], open) || isOpen(faces[first], open)) continue;
    const length = faces.slice(first).findIndex((face) => isOpen(face, open));
    if (length < 0) break;
    if (isBlink(faces.slice(first - 1, first + length + 1), open, noise)) blinks += 1;
    first += length;
  }
  return blinks;
}

const isOpen = (face: Face | undefined, open: number): boolean =>
  face !== undefined && face.figures.eyes >= openOver * open;

/** From the last frame with open lids to the next. */
function isBlink(faces: readonly Face[], open: number, noise: number): boolean {
  const [before, after] = [faces[0], faces.at(-1)];
  if (before === undefined || after === undefined) return false;
  if (since(before.sample.at, after.sample.at) > longestBlink) return false;
  return faces.some(
    ({ figures, sample }) =>
      figures.eyes < Math.min(shutUnder * open, open - overNoise * noise) &&
      Math.abs(figures.yaw - before.figures.yaw) < turnedLess &&
      sample.quality.sharpness >= sharpOver * before.sample.quality.sharpness,
  );
}

/** Standard deviation of a figure's noise, from what it changes by between frames; a few blinks do not count in it. */
function noiseOf(values: readonly number[]): number {
  const steps = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? Number.NaN)));
  // Median of the differences of two normal values: 0.954 of the deviation of one.
  return (medianOf(steps) ?? 0) / 0.954;
}

/** Of a head that does not turn: lips seen from the side look parted. */
function mouthRange(figures: readonly FaceFigures[]): number {
  const yaw = medianOf(figures.map((each) => each.yaw)) ?? 0;
  return rangeOf(figures.filter((each) => Math.abs(each.yaw - yaw) < turnedLess).map(({ mouth }) => mouth));
}

const isLong = (samples: readonly TrackSample[]): boolean => {
  const [first, last] = [samples[0], samples.at(-1)];
  return first !== undefined && last !== undefined && since(first.at, last.at) >= rigid.span;
};

function movesAsWhole(shapes: readonly FaceShape[]): boolean {
  const places = shapes.map(({ placement }) => placement);
  const size = medianOf(places.map(({ eyeDistance }) => eyeDistance)) ?? 1;
  const path = Math.hypot(rangeOf(places.map(({ x }) => x)), rangeOf(places.map(({ y }) => y))) / size;
  return (
    path > moved.path ||
    rangeOf(places.map(({ roll }) => roll)) > moved.roll ||
    rangeOf(places.map(({ eyeDistance }) => eyeDistance)) / size > moved.size
  );
}

function relativeRange(values: readonly number[]): number {
  return rangeOf(values) / (medianOf(values) ?? Number.NaN);
}

/** Nine tenths of it: a single bad frame is no movement. */
const rangeOf = (values: readonly number[]): number =>
  (quantileOf(values, 0.95) ?? 0) - (quantileOf(values, 0.05) ?? 0);
