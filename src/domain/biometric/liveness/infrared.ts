import { between, medianMeasured, silentCue } from "./cue-figures.ts";
import type { CueResult, TrackSample } from "./track.ts";

/** Frames of the pair that must agree. */
const fewest = 3;
/** Mean luma of the infrared picture under which its lamp is off, or the camera covered: nothing can be said. */
const lit = 12;
/** The face's luma as a share of what surrounds it: a screen gives no infrared of its own. */
const dark = { begins: 0.35, sure: 0.15 } as const;
/** Standard deviation as a share of the mean: most inks let infrared through, and the paper behind is even. */
const flat = { begins: 0.1, sure: 0.05 } as const;
/** Eyes are darker than the cheeks below them in the infrared of a lamp beside the camera; skin and eye sockets are not even. */
const relief = { begins: 0.16, sure: 0.26 } as const;

/**
 * What an infrared camera beside the first one sees where the face is. Silent without one. Reads the measures that
 * `vision/liveness/infrared-measures.ts` adds to the colour camera's samples.
 */
export function infraredCue(samples: readonly TrackSample[]): CueResult {
  const light = medianMeasured(samples, "infraredLight", fewest);
  const scene = medianMeasured(samples, "infraredScene", fewest);
  const contrast = medianMeasured(samples, "infraredContrast", fewest);
  const eyes = medianMeasured(samples, "infraredEyes", fewest);
  if (light === undefined || scene === undefined || contrast === undefined || eyes === undefined)
    return silentCue("infrared", {});
  const ofScene = light / Math.max(1, scene);
  const figures = { light, ofScene, contrast, eyes };
  if (Math.max(light, scene) < lit) return silentCue("infrared", figures);
  const against = Math.max(
    between(dark.begins - ofScene, 0, dark.begins - dark.sure),
    between(flat.begins - contrast, 0, flat.begins - flat.sure),
  );
  if (against > 0) return { cue: "infrared", says: "attack", score: -(0.4 + 0.55 * against), figures };
  const alive = Math.min(between(contrast, relief.begins, relief.sure), between(eyes, 0.06, 0.2));
  if (alive > 0) return { cue: "infrared", says: "live", score: 0.3 + 0.4 * alive, figures };
  return silentCue("infrared", figures);
}
