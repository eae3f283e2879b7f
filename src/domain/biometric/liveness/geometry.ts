import { since } from "../../time.ts";
import { medianOf, quantileOf } from "./face-figures.ts";
import { shapeChanges, shapeOf } from "./head-shape.ts";
import type { CueResult, TrackSample } from "./track.ts";

/*
 * Limits from what the landmark net in use gave on real pictures (eye distance 57 to 84 pixels): its noise is 0.001 to
 * 0.0035 distances of the eyes a point. Of a sheet turned by up to 30° to both sides it shows up to 0.2 of depth that is
 * not there, in proportion to the tilt; of heads turned as far, 0.7 to 1.2.
 */

const fewestSamples = 6;
const shortestSpan = 500;
/** Pixels; noise counts for more the smaller a face is, and below this for too much. */
const smallestEyes = 28;
const usualEyes = 57;
/** Depth that a sheet may show by the net's errors: at rest, and by the sine of its tilt. */
const flatAtRest = 0.06;
const flatByTilt = 0.4;
/** So many times that is a head. Of 326 generated flat presentations 5 came over it. */
const surely = 0.85;
/** A sheet is seen only once it is tilted: the mean face's circle has become an ellipse of this ratio. */
const tilted = 0.955;
/** Depth that a head shows of such a tilt, by its sine; and the share of it under which there is none. */
const headByTilt = 1.3;
const flatShare = 0.3;
/** A face that changes by more than a sheet's noise is no sheet, whatever it lacks in depth. */
const rigidRest = 0.0018;

/**
 * Whether nose, brows and eyes move against each other as they do on a head that turns, or as on a sheet, flat or bent.
 * Silent until something turned far enough to tell. A clip of a person played on a screen shows the depth of the person
 * in it: against that other cues have to speak.
 */
export function geometryCue(samples: readonly TrackSample[]): CueResult {
  const shapes = samples.flatMap(({ landmarks }) => shapeOf(landmarks) ?? []);
  const [first, last] = [samples[0], samples.at(-1)];
  const eyes = medianOf(shapes.map(({ placement }) => placement.eyeDistance)) ?? 0;
  const isLongEnough = first !== undefined && last !== undefined && since(first.at, last.at) >= shortestSpan;
  if (shapes.length < fewestSamples || !isLongEnough || eyes < smallestEyes) return silent({});
  const changes = shapeChanges(shapes);
  const depth = Math.hypot(
    spreadOf(changes.map(({ right }) => right)),
    spreadOf(changes.map(({ down }) => down)),
  );
  const stretch = quantileOf(
    changes.map((change) => change.stretch),
    0.05,
  );
  const rest = medianOf(changes.map((change) => change.rest));
  if (stretch === undefined || rest === undefined || !Number.isFinite(depth)) return silent({});
  const tilt = Math.sqrt(1 - Math.min(1, stretch) ** 2);
  const coarseness = Math.max(1, usualEyes / eyes);
  const figures = { depth, tilt, rest };
  const ofSheet = depth / ((flatAtRest + flatByTilt * tilt) * coarseness);
  if (ofSheet > surely) {
    return { cue: "geometry", says: "live", score: Math.min(0.9, 0.35 + 0.3 * (ofSheet - surely)), figures };
  }
  const ofHead = depth / (headByTilt * tilt);
  if (stretch <= tilted && ofHead < flatShare && rest < rigidRest * coarseness) {
    const score = -Math.min(0.9, 0.5 + 6 * (tilted - stretch) + 0.5 * (flatShare - ofHead));
    return { cue: "geometry", says: "attack", score, figures };
  }
  return silent(figures);
}

const silent = (figures: CueResult["figures"]): CueResult => ({
  cue: "geometry",
  says: "silent",
  score: 0,
  figures,
});

/** Without the furthest twentieth on either side: a single bad frame is no movement. */
const spreadOf = (values: readonly number[]): number =>
  (quantileOf(values, 0.95) ?? Number.NaN) - (quantileOf(values, 0.05) ?? Number.NaN);
